/** Training calls: the exact optimum, resumable gradient descent, and one cell of a sweep. */
import type {
  ClosedFormResult,
  DescendRequest,
  DescentState,
  ExperimentSettings,
  Method,
  ModelScore,
  SampleStorage,
  SweepCell,
  SweepPart,
} from '../contracts/codec.ts';
import { LabError } from '../core/errors.ts';
import { makeArchive } from '../core/experiment/archiving.ts';
import { runExact, samplesOf, score } from '../core/experiment/training.ts';
import type { WeightedSamples } from '../core/condense/clusters.ts';
import { drawOf } from '../core/contenders/contest.ts';
import type { Pulse } from '../core/pulse.ts';
import type { Design } from '../core/regression/design.ts';
import { descend, startDescent, type DescentProgress } from '../core/regression/gradientDescent.ts';
import { stepSize } from '../core/regression/stepSize.ts';
import { rawFloat64Bytes } from '../core/table/table.ts';
import type { OpenDataset } from './datasets.ts';
import { keepOptimum } from './optima.ts';
import { TestCurve } from './testCurve.ts';

/** Most points of a loss curve; beyond, every second one goes and the spacing doubles. */
const MAX_LOSSES = 400;
/** Milliseconds between two states sent to the page. */
const STATE_INTERVAL = 120;
/** Design cells per chunk of iterations: some milliseconds of work. */
const CHUNK_CELLS = 2_000_000;

export async function closedForm(
  { workbench }: OpenDataset,
  settings: ExperimentSettings,
  method: Method,
  pulse: Pulse,
): Promise<ClosedFormResult> {
  const design = await workbench.design(settings);
  const samples = await samplesOf(workbench, settings, method);
  const { theta, ...result } = await runExact(design, samples, pulse);
  keepOptimum(design, settings, method, theta);
  const { train } = await workbench.prepare(settings);
  // A record without its target is left out under either policy.
  const leftOut = train.records - design.used.length;
  const weights = { least: Infinity, most: 0 };
  for (const weight of samples.weights) {
    if (weight < weights.least) weights.least = weight;
    if (weight > weights.most) weights.most = weight;
  }
  return { method, leftOut, filled: design.incomplete.train - leftOut, weights, ...result };
}

/** Iterations whose work keeps the worker busy for some milliseconds. */
function chunkIterations({ rows, width, outputs }: WeightedSamples): number {
  return Math.max(1, Math.floor(CHUNK_CELLS / (rows * width * outputs)));
}

/** Loss curve that thins itself out as it grows. */
class LossCurve {
  readonly at: number[];
  readonly losses: number[];
  private spacing = 1;

  constructor(from: DescentState | null) {
    this.at = from === null ? [] : [...from.lossAt];
    this.losses = from === null ? [] : [...from.losses];
    if (this.at.length > 1) this.spacing = Math.max(1, this.at[1] - this.at[0]);
  }

  add(iteration: number, loss: number): void {
    if (this.at.length > 0 && iteration - this.at[this.at.length - 1] < this.spacing) return;
    this.at.push(iteration);
    this.losses.push(loss);
    if (this.at.length <= MAX_LOSSES) return;
    for (let k = 0; 2 * k < this.at.length; k++) {
      this.at[k] = this.at[2 * k];
      this.losses[k] = this.losses[2 * k];
    }
    this.at.length = this.losses.length = Math.ceil(this.at.length / 2);
    this.spacing = Math.max(this.spacing * 2, this.at[1] - this.at[0]);
  }

  /** Iterations until the next point that the curve takes. */
  untilNext(iteration: number): number {
    if (this.at.length === 0) return 1;
    return Math.max(1, this.at[this.at.length - 1] + this.spacing - iteration);
  }
}

function resume(from: DescentState | null, samples: WeightedSamples): DescentProgress {
  if (from === null) return startDescent(samples);
  if (from.theta.length !== samples.width * samples.outputs)
    throw new LabError('INTERNAL', 'The saved descent belongs to another design.');
  return {
    theta: from.theta.slice(),
    iteration: from.iteration,
    loss: from.losses.at(-1) ?? NaN,
    windowLoss: from.windowLoss,
    windowIteration: from.windowIteration,
    // The limit may have changed meanwhile; convergence is convergence.
    stop: from.stop === 'limit' ? 'running' : from.stop,
  };
}

/** Gradient descent in chunks: reports states, and on cancel resolves with the state reached. */
export async function runDescent(
  { workbench }: OpenDataset,
  request: DescendRequest,
  pulse: Pulse,
  onState: (state: DescentState) => void,
): Promise<DescentState> {
  const { settings, method, drawn, from } = request;
  const design = await workbench.design(settings);
  const samples =
    drawn === undefined
      ? await samplesOf(workbench, settings, method)
      : await drawOf(workbench, settings, drawn, pulse);
  const progress = resume(from, samples);
  const rate = from?.learningRate ?? (await stepSize(settings.learningRate, design.task, samples, pulse));
  const curve = new LossCurve(from);
  const testCurve = new TestCurve(design, from);
  const end = Math.min(settings.iterations, progress.iteration + request.budget);
  const chunk = chunkIterations(samples);
  let seconds = from?.seconds ?? 0;
  const state = (): DescentState => ({
    method,
    score: score(design, progress.theta),
    samples: samples.rows,
    width: samples.width,
    learningRate: rate,
    iteration: progress.iteration,
    theta: progress.theta.slice(),
    lossAt: [...curve.at],
    losses: [...curve.losses],
    testCurve: testCurve.report(),
    windowLoss: progress.windowLoss,
    windowIteration: progress.windowIteration,
    seconds,
    touched: progress.iteration * samples.rows,
    stop: progress.stop,
  });
  let reported = performance.now();
  try {
    while (progress.stop === 'running' && progress.iteration < end) {
      const started = performance.now();
      // Chunks end where a curve wants a point, so that the curves do not depend on the machine's speed.
      const before = progress.iteration;
      const budget = Math.min(chunk, end - before, curve.untilNext(before), testCurve.untilNext(before));
      descend(design.task, samples, progress, rate, settings.iterations, budget);
      seconds += (performance.now() - started) / 1000;
      curve.add(progress.iteration - 1, progress.loss);
      testCurve.add(progress.iteration, progress.theta);
      if (!pulse.due()) continue;
      if (performance.now() - reported > STATE_INTERVAL) {
        onState(state());
        reported = performance.now();
      }
      await pulse.beat({
        phase: method === 'full' ? 'Gradient descent, all records' : 'Gradient descent, condensed samples',
        done: progress.iteration,
        total: settings.iterations,
        unit: 'iterations',
      });
    }
  } catch (thrown) {
    if (!(thrown instanceof LabError) || thrown.code !== 'CANCELLED') throw thrown;
  }
  if (progress.stop === 'running' && progress.iteration >= settings.iterations) progress.stop = 'limit';
  return state();
}

type Trained = Pick<SweepCell, 'gd' | 'exact'> & { score: ModelScore };

/** Solves for the optimum. */
async function solveWhole(design: Design, samples: WeightedSamples, pulse: Pulse): Promise<Trained> {
  const { score: reached, seconds } = await runExact(design, samples, pulse);
  return { score: reached, exact: { test: reached.test, seconds }, gd: null };
}

/** Descends to the end. */
async function descendWhole(
  design: Design,
  samples: WeightedSamples,
  settings: ExperimentSettings,
  pulse: Pulse,
): Promise<Trained> {
  const rate = await stepSize(settings.learningRate, design.task, samples, pulse);
  const progress = startDescent(samples);
  const chunk = chunkIterations(samples);
  let seconds = 0;
  while (progress.stop === 'running') {
    const started = performance.now();
    descend(design.task, samples, progress, rate, settings.iterations, chunk);
    seconds += (performance.now() - started) / 1000;
    if (pulse.due()) {
      await pulse.beat({
        phase: 'Training',
        done: progress.iteration,
        total: settings.iterations,
        unit: 'iterations',
      });
    }
  }
  const reached = score(design, progress.theta);
  const stop = progress.stop === 'converged' ? 'converged' : 'limit';
  const gd: SweepCell['gd'] = { test: reached.test, iterations: progress.iteration, stop, seconds };
  return { score: reached, gd, exact: null };
}

/** Bytes of the training part, with condensed samples on demand and stored; full training has none to store. */
async function storage(
  { workbench, summary }: OpenDataset,
  settings: ExperimentSettings,
  method: Method,
  pulse: Pulse,
): Promise<Pick<SweepCell, 'bytes' | 'bytesStored' | 'encodeSeconds'>> {
  const { id, name, fileName, csvBytes } = summary;
  const label = { datasetId: id, name, fileName, csvBytes: csvBytes ?? 0 };
  const make = (samples: SampleStorage) => makeArchive(workbench, { ...settings, samples }, label, pulse);
  const onDemand = await make('on-demand');
  const bytes = onDemand.bytes.train;
  const bytesStored = method === 'full' ? bytes : (await make('stored')).bytes.train;
  return { bytes, bytesStored, encodeSeconds: onDemand.encodeSeconds };
}

/** One part of a run of a sweep: trains, encodes in memory with the descent, and writes nothing. */
export async function sweepCell(
  dataset: OpenDataset,
  { settings, method, part }: { settings: ExperimentSettings; method: Method; part: SweepPart },
  pulse: Pulse,
): Promise<SweepCell> {
  const { workbench } = dataset;
  const { table, train: group } = await workbench.prepare(settings);
  const design = await workbench.design(settings);
  const samples = await samplesOf(workbench, settings, method);
  const { score: reached, ...trained } =
    part === 'exact'
      ? await solveWhole(design, samples, pulse)
      : await descendWhole(design, samples, settings, pulse);
  const counts = await workbench.condensedCounts(settings, pulse);
  const rawBytes = rawFloat64Bytes(group.records, table.columns.length);
  return {
    method,
    split: settings.split,
    // A codec may have fewer base bits than were asked for.
    beta: Math.min(settings.beta, counts.length - 1),
    samples: samples.rows,
    trainRows: group.records,
    task: design.task,
    ...trained,
    floor: reached.floor,
    ...(part === 'exact' ? NOT_ENCODED : await storage(dataset, settings, method, pulse)),
    rawFloat64Bytes: rawBytes,
    // The bias is no column, the weight is one.
    sampleBytes: method === 'full' ? rawBytes : 8 * samples.rows * (samples.width + samples.outputs),
  };
}

const NOT_ENCODED = { bytes: null, bytesStored: null, encodeSeconds: null };
