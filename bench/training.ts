/** `bench training`: times of a training step on the backends that Node has. */
import { dispose, memory, tensor1d, tensor4d, tidy } from '@tensorflow/tfjs-core';
import { initialWeights } from '../src/core/networks/initialWeights.ts';
import type { NetworkPlan, NetworkWidth } from '../src/core/networks/network.ts';
import { planNetwork } from '../src/core/networks/plan.ts';
import { median } from '../src/core/quantiles.ts';
import { createGenerator } from '../src/core/random.ts';
import { createNetwork } from '../src/learning/network/network.ts';
import { MomentumSgd } from '../src/learning/network/optimiser.ts';
import { createSums, disposeSums, trainStep, type Batch } from '../src/learning/network/step.ts';
import { useCpu, useWasm } from '../src/learning/testing/nodeBackend.ts';
import { bareLenet5 } from './bareLenet5.ts';
import { machineName } from './machine.ts';
import { Options } from './options.ts';
import { round } from './timings.ts';

export const TRAINING_USAGE = `bench training [--widths 8,64] [--batch 128] [--steps 15] [--cpu-steps 3] [--json]
Times a training step: LeNet5 on WebAssembly against bare tfjs calls there and on the CPU backend of tfjs, and ResNet18
of the given widths (batch 128; 32 from width 32). The middle one of several steps, after a first one to warm up.`;

const FLAGS = new Set(['json', 'help']);
const RATE = 0.05;

/** Milliseconds of a step: by the clock, and of the processor, which other programs disturb less. */
interface StepTime {
  ms: number;
  processorMs: number;
}

function processorNow(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Times steps of several programs in turn, so that whatever else the machine does meets all of them alike. */
function timeSteps(programs: readonly (() => void)[], steps: number): StepTime[] {
  const taken = programs.map(() => ({ clock: [] as number[], processor: [] as number[] }));
  for (const run of programs) run();
  for (let k = 0; k < steps; k++) {
    programs.forEach((run, which) => {
      const [clock, processor] = [performance.now(), processorNow()];
      run();
      taken[which].processor.push(processorNow() - processor);
      taken[which].clock.push(performance.now() - clock);
    });
  }
  return taken.map(({ clock, processor }) => ({
    ms: round(median(clock), 4),
    processorMs: round(median(processor), 4),
  }));
}

/** How many times as long the first takes. */
function ratio(one: StepTime, other: StepTime): StepTime {
  return {
    ms: round(one.ms / other.ms, 3),
    processorMs: round(one.processorMs / other.processorMs, 3),
  };
}

function makeBatch(plan: NetworkPlan, size: number): Batch {
  const generator = createGenerator(1);
  const { width, height, channels } = plan.input;
  const pixels = new Float32Array(size * width * height * channels);
  for (let i = 0; i < pixels.length; i++) pixels[i] = generator.next() / 2 ** 31;
  return tidy(() => {
    const mask = tensor1d(new Float32Array(size).fill(1));
    return {
      pictures: tensor4d(pixels, [size, height, width, channels]),
      labels: tensor1d(
        Array.from({ length: size }, (_, n) => n % plan.classes),
        'int32',
      ),
      mask,
      weights: mask,
    };
  });
}

/** The lab's step on the backend that is in use now. */
class LabStep {
  readonly #network;
  readonly #optimiser;
  readonly #sums = createSums();
  readonly #batch;
  peakBytes = 0;

  constructor(plan: NetworkPlan, batch: Batch) {
    this.#batch = batch;
    this.#network = createNetwork(plan, initialWeights(plan, 1));
    this.#optimiser = new MomentumSgd(this.#network, { momentum: 0.9, nesterov: true, weightDecay: 5e-4 });
  }

  readonly run = (): void => {
    this.peakBytes = trainStep(this.#network, this.#optimiser, this.#batch, RATE, this.#sums);
  };

  dispose(): void {
    this.#network.dispose();
    this.#optimiser.dispose();
    disposeSums(this.#sums);
    dispose([this.#batch.pictures, this.#batch.labels, this.#batch.mask]);
  }
}

async function measureLenet(batch: number, steps: number, cpuSteps: number) {
  const plan = planNetwork('lenet5', { width: 28, height: 28, channels: 1 }, 10, 8);
  await useWasm();
  const data = makeBatch(plan, batch);
  const lab = new LabStep(plan, data);
  const bare = bareLenet5(initialWeights(plan, 1));
  const runBare = (): void => dispose(bare.step(data.pictures, data.labels, RATE));
  const [wasm, bareTime] = timeSteps([lab.run, runBare], steps);
  const tensors = memory().numTensors;
  lab.run();
  if (memory().numTensors !== tensors) throw new Error('A step leaves tensors behind.');
  const { peakBytes } = lab;
  lab.dispose();
  bare.dispose();
  await useCpu();
  // Its own bare step, so that nothing written with WebAssembly in mind counts against it.
  const slowData = makeBatch(plan, batch);
  const slow = bareLenet5(initialWeights(plan, 1));
  const [cpu] = timeSteps([() => dispose(slow.step(slowData.pictures, slowData.labels, RATE))], cpuSteps);
  slow.dispose();
  dispose([slowData.pictures, slowData.labels, slowData.mask]);
  return {
    network: 'lenet5',
    batch,
    wasm,
    bare: bareTime,
    cpu,
    peakTensorBytes: peakBytes,
    cpuToWasm: ratio(cpu, wasm),
    wasmToBare: ratio(wasm, bareTime),
  };
}

async function measureResnet(width: NetworkWidth, batch: number, steps: number) {
  const plan = planNetwork('resnet18', { width: 32, height: 32, channels: 3 }, 10, width);
  await useWasm();
  const lab = new LabStep(plan, makeBatch(plan, batch));
  const [wasm] = timeSteps([lab.run], steps);
  const { peakBytes } = lab;
  lab.dispose();
  // Forward once, backward about twice as much.
  const operations = 3 * plan.multiplyAdds * batch;
  return {
    network: 'resnet18',
    width,
    batch,
    wasm,
    peakTensorBytes: peakBytes,
    multiplyAddsPerSecond: round(operations / (wasm.ms / 1000), 3),
  };
}

export async function benchTraining(args: readonly string[]): Promise<void> {
  const options = new Options(args, FLAGS);
  if (options.flag('help')) {
    console.log(TRAINING_USAGE);
    return;
  }
  const widths = options.wholes('widths', [8, 64]) as NetworkWidth[];
  const batch = options.number('batch', 128);
  const steps = options.number('steps', 15);
  const cpuSteps = options.number('cpu-steps', 3);
  const asJson = options.flag('json');
  options.end();
  const print = (result: object): void => console.log(JSON.stringify(result, null, asJson ? undefined : 2));
  print({ machine: machineName() });
  if (batch > 0) print(await measureLenet(batch, steps, cpuSteps));
  for (const width of widths) {
    const isWide = width >= 32;
    print(await measureResnet(width, isWide ? 32 : 128, Math.max(1, Math.ceil(steps / (isWide ? 5 : 3)))));
  }
}
