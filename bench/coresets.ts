/** `bench coresets`: what selecting takes, method by method, as the number of pictures grows. */
import { matMul, tensor2d, tidy } from '@tensorflow/tfjs-core';
import { DEFAULT_TRAINING_SETTINGS } from '../src/contracts/training.ts';
import { METHOD_METAS, METHODS } from '../src/core/methods/registry.ts';
import { LabError } from '../src/core/errors.ts';
import { SILENT_PULSE } from '../src/core/pulse.ts';
import { createGenerator, permutation } from '../src/core/random.ts';
import type { Pretraining, Selection, SelectionAccount } from '../src/core/selection/method.ts';
import type { MatrixProduct, NetworkProbe } from '../src/core/selection/probe.ts';
import { plainProduct } from '../src/core/testing/selecting.ts';
import { useWasm } from '../src/learning/testing/nodeBackend.ts';
import { generatePictures, type LearnedPictures } from './learnedPictures.ts';
import { machineName } from './machine.ts';
import { Options } from './options.ts';
import { round } from './timings.ts';

const CHOOSING = METHOD_METAS.all.filter(({ needsNetwork }) => needsNetwork).map(({ name }) => name);

export const CORESETS_USAGE = `bench coresets [--n 6000,20000,60000] [--fractions 0.1] [--methods ${CHOOSING.join(',')}]
  [--classes 10] [--features 84] [--product wasm|plain] [--seed N] [--json]
Times one selection of every method by features and scores as a trained network might give them, generated. Seconds are of
the processor, which other programs disturb less: of picking, of looking through the network (here only what the method
makes of its scores), and of observing the epochs on every picture. Growth is the power of n since the n before. Bytes are
the most that the method accounts for. Matrix products by WebAssembly, as in the training worker, or in plain loops.`;

const FLAGS = new Set(['json', 'help']);
/** Pictures that go through a network at once. */
const BATCH = 128;

function processorSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

const wasmProduct: MatrixProduct = async (a, b) => {
  const result = tidy(() =>
    matMul(tensor2d(a.values, [a.rows, a.columns]), tensor2d(b.values, [b.rows, b.columns]), false, true),
  );
  try {
    return (await result.data<'float32'>()).slice();
  } finally {
    result.dispose();
  }
};

/** A network that gives what was generated, and the seconds that were spent looking through it. */
function probeOf(
  pictures: LearnedPictures,
  product: MatrixProduct,
): { probe: NetworkProbe; looked: () => number } {
  const { classes, features, labels, logits, hidden } = pictures;
  let seconds = 0;
  async function* batches(records: Uint32Array): ReturnType<NetworkProbe['batches']> & AsyncGenerator {
    const began = processorSeconds();
    for (let first = 0; first < records.length; first += BATCH) {
      const some = records.subarray(first, first + BATCH);
      const seen = {
        records: some,
        labels: Uint16Array.from(some, (record) => labels[record]),
        logits: new Float32Array(some.length * classes),
        features: new Float32Array(some.length * features),
      };
      some.forEach((record, k) => {
        seen.logits.set(logits.subarray(record * classes, (record + 1) * classes), k * classes);
        seen.features.set(hidden.subarray(record * features, (record + 1) * features), k * features);
      });
      yield seen;
    }
    seconds += processorSeconds() - began;
  }
  return {
    probe: { classes, features, product, pulse: SILENT_PULSE, phase: 'Selecting', batches },
    looked: () => seconds,
  };
}

/** Shows a method the epochs on every picture: scores that become what was generated, unsteadily. @returns its seconds */
function observe(
  { epochs, records, observer }: Pretraining,
  { classes, logits }: LearnedPictures,
  seed: number,
): number {
  if (observer === null) return 0;
  const generator = createGenerator(seed);
  let seconds = 0;
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const met = permutation(records.length, generator).map((place) => records[place]);
    const scores = Float32Array.from({ length: met.length * classes }, (_, at) => {
      const wanted = logits[met[Math.floor(at / classes)] * classes + (at % classes)];
      return (wanted * epoch) / epochs + generator.next() / 2 ** 31;
    });
    const began = processorSeconds();
    observer.begin(epoch);
    for (let first = 0; first < met.length; first += BATCH) {
      observer.trained({
        records: met.subarray(first, first + BATCH),
        logits: scores.subarray(first * classes, (first + BATCH) * classes),
      });
    }
    observer.end(epoch);
    seconds += processorSeconds() - began;
  }
  return seconds;
}

interface Task {
  method: string;
  fraction: number;
  seed: number;
  pictures: LearnedPictures;
  product: MatrixProduct;
}

interface Measured {
  method: string;
  fraction: number;
  n: number;
  picked: number;
  pickSeconds: number;
  lookSeconds: number;
  observeSeconds: number;
  /** By the clock, all together. */
  clockSeconds: number;
  bytes: number;
  filled: number;
}

/** Why a method does not select here. */
interface Refused extends Pick<Measured, 'method' | 'fraction' | 'n'> {
  refused: string;
}

function accountOf({ account }: Selection): SelectionAccount {
  if (account === undefined) throw new Error('The selection does not say what it took.');
  return account;
}

async function select({ method, fraction, seed, pictures, product }: Task): Promise<Measured> {
  const { labels, classes } = pictures;
  const settings = { ...DEFAULT_TRAINING_SETTINGS, method, fraction, seed };
  const train = Uint32Array.from(labels, (_, record) => record);
  const selector = METHODS.byName(method).create({ train, labels, classes, settings });
  const observeSeconds =
    selector.pretraining === null ? 0 : observe(selector.pretraining, pictures, settings.seed);
  const { probe, looked } = probeOf(pictures, product);
  const clock = performance.now();
  const began = processorSeconds();
  // The first selection of those that choose anew is drawn at random.
  const selection = await selector.select(settings.reselect + 1, probe);
  const spent = processorSeconds() - began;
  const { bytes, filled } = accountOf(selection);
  return {
    ...{ method, fraction, n: labels.length, picked: selection.records.length },
    pickSeconds: round(spent - looked(), 3),
    lookSeconds: round(looked(), 3),
    observeSeconds: round(observeSeconds, 3),
    clockSeconds: round((performance.now() - clock) / 1000, 3),
    ...{ bytes, filled },
  };
}

async function measure(task: Task): Promise<Measured | Refused> {
  try {
    return await select(task);
  } catch (thrown) {
    if (!(thrown instanceof LabError)) throw thrown;
    const { method, fraction } = task;
    return { method, fraction, n: task.pictures.labels.length, refused: `${thrown.code}: ${thrown.message}` };
  }
}

/** The power of n that the seconds of picking grow with; null where there are none. */
function growthOf(before: Measured, measured: Measured): number | null {
  const growth = Math.log(measured.pickSeconds / before.pickSeconds) / Math.log(measured.n / before.n);
  return Number.isFinite(growth) ? growth : null;
}

const HEADINGS = [
  'method',
  'share',
  'n',
  'picked',
  'pick s',
  'look s',
  'observe s',
  'clock s',
  'MB',
  'filled',
  'growth',
];
const line = (cells: readonly string[]): string =>
  cells.map((cell, k) => (k === 0 ? cell.padEnd(12) : cell.padStart(9))).join(' ');

/** @param growth power of n, null of the least n */
function row(measured: Measured | Refused, growth: number | null): string {
  const { method, fraction, n } = measured;
  const task = [method, `${100 * fraction} %`, n.toLocaleString('en-US')];
  if ('refused' in measured) return `${line(task)}  ${measured.refused}`;
  const { picked, pickSeconds, lookSeconds, observeSeconds, clockSeconds, bytes, filled } = measured;
  return line([
    ...task,
    picked.toLocaleString('en-US'),
    ...[pickSeconds, lookSeconds, observeSeconds, clockSeconds].map((seconds) => seconds.toFixed(2)),
    (bytes / 1024 ** 2).toFixed(1),
    filled.toLocaleString('en-US'),
    growth === null ? '' : `n^${growth.toFixed(2)}`,
  ]);
}

function readOptions(options: Options) {
  const asked = {
    counts: options.wholes('n', [6_000, 20_000, 60_000]).toSorted((a, b) => a - b),
    fractions: (options.names('fractions') ?? ['0.1']).map(Number),
    methods: options.names('methods') ?? CHOOSING,
    classes: options.number('classes', 10),
    features: options.number('features', 84),
    product: options.oneOf('product', ['wasm', 'plain'], 'wasm'),
    seed: options.number('seed', DEFAULT_TRAINING_SETTINGS.seed),
    asJson: options.flag('json'),
  };
  options.end();
  if (asked.fractions.some((share) => !(share > 0 && share <= 1)))
    throw new Error('--fractions takes shares above 0 and up to 1.');
  for (const [name, value] of Object.entries({ classes: asked.classes, features: asked.features })) {
    if (!(Number.isInteger(value) && value >= 2))
      throw new Error(`--${name} takes a whole number from 2 on.`);
  }
  for (const name of asked.methods) {
    if (!METHOD_METAS.byName(name).needsNetwork)
      throw new Error(`${name} looks at no picture; there is nothing to time.`);
  }
  return asked;
}

export async function benchCoresets(args: readonly string[]): Promise<void> {
  const options = new Options(args, FLAGS);
  if (options.flag('help')) {
    console.log(CORESETS_USAGE);
    return;
  }
  const { counts, fractions, methods, classes, features, product, seed, asJson } = readOptions(options);
  if (product === 'wasm') await useWasm();
  const by = product === 'wasm' ? wasmProduct : plainProduct;
  console.log(asJson ? JSON.stringify({ machine: machineName(), product }) : `${machineName()}, ${product}`);
  if (!asJson) console.log(line(HEADINGS));
  for (const method of methods) {
    for (const fraction of fractions) {
      // Compiled by then: the least n would look slow.
      await measure({
        method,
        fraction,
        seed,
        product: by,
        pictures: generatePictures(1_000, classes, features, seed),
      });
      let before: Measured | null = null;
      for (const n of counts) {
        const pictures = generatePictures(n, classes, features, seed);
        const measured = await measure({ method, fraction, seed, product: by, pictures });
        const isTimed = !('refused' in measured);
        const growth = isTimed && before !== null ? growthOf(before, measured) : null;
        console.log(
          asJson
            ? JSON.stringify({ ...measured, ...(growth !== null && { growth: round(growth, 3) }) })
            : row(measured, growth),
        );
        if (isTimed) before = measured;
      }
    }
  }
}
