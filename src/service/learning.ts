/** Training calls: closed form, resumable gradient descent, and one cell of a sweep. */
import type {
  ClosedFormResult,
  DescendRequest,
  DescentState,
  ExperimentSettings,
  Method,
  SampleStorage,
  SweepCell,
} from '../contracts/codec.ts';
import { LabError } from '../core/errors.ts';
import { makeArchive } from '../core/experiment/archiving.ts';
import { runClosedForm, samplesOf, score } from '../core/experiment/training.ts';
import type { WeightedSamples } from '../core/condense/clusters.ts';
import { SILENT_PULSE, type Pulse } from '../core/pulse.ts';
import type { Design } from '../core/regression/design.ts';
import { descend, startDescent, type DescentProgress } from '../core/regression/gradientDescent.ts';
import { rawFloat64Bytes } from '../core/table/table.ts';
import type { OpenDataset } from './datasets.ts';

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
): Promise<ClosedFormResult> {
  const design = await workbench.design(settings);
  const samples = await samplesOf(workbench, settings, method);
  const { theta: _, ...result } = runClosedForm(design, samples);
  const { train } = await workbench.prepare(settings);
  // A record without its target is left out under either policy.
  const leftOut = train.records - design.used.length;
  return { method, leftOut, filled: design.incomplete.train - leftOut, ...result };
}

/** Iterations whose work keeps the worker busy for some milliseconds. */
function chunkIterations({ rows, width }: WeightedSamples): number {
  return Math.max(1, Math.floor(CHUNK_CELLS / (rows * width)));
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

function resume(from: DescentState | null, width: number): DescentProgress {
  if (from === null) return startDescent(width);
  if (from.theta.length !== width)
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
  const { settings, method, from } = request;
  const design = await workbench.design(settings);
  const samples = await samplesOf(workbench, settings, method);
  const progress = resume(from, samples.width);
  const curve = new LossCurve(from);
  const end = Math.min(settings.iterations, progress.iteration + request.budget);
  const chunk = chunkIterations(samples);
  let seconds = from?.seconds ?? 0;
  const state = (): DescentState => ({
    ...score(design, progress.theta),
    method,
    samples: samples.rows,
    width: samples.width,
    iteration: progress.iteration,
    theta: progress.theta.slice(),
    lossAt: [...curve.at],
    losses: [...curve.losses],
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
      // Chunks end where the curve wants a loss, so that the curve does not depend on the machine's speed.
      const before = progress.iteration;
      const budget = Math.min(chunk, end - before, curve.untilNext(before));
      descend(samples, progress, settings.learningRate, settings.iterations, budget);
      seconds += (performance.now() - started) / 1000;
      curve.add(progress.iteration - 1, progress.loss);
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

/** What full training of a split gives; kept, so that the cells of one split share it. */
async function train(
  design: Design,
  samples: WeightedSamples,
  settings: ExperimentSettings,
  pulse: Pulse,
): Promise<Omit<SweepCell, 'beta' | 'split' | 'trainRows' | 'bytes' | 'bytesStored' | 'rawFloat64Bytes'>> {
  const closed = runClosedForm(design, samples);
  const progress = startDescent(samples.width);
  const chunk = chunkIterations(samples);
  let seconds = 0;
  while (progress.stop === 'running') {
    const started = performance.now();
    descend(samples, progress, settings.learningRate, settings.iterations, chunk);
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
  const scored = score(design, progress.theta);
  return {
    samples: samples.rows,
    gdMse: scored.testMse,
    gdIterations: progress.iteration,
    gdStop: progress.stop === 'converged' ? 'converged' : 'limit',
    gdSeconds: seconds,
    closedFormMse: closed.testMse,
    closedFormSeconds: closed.seconds,
    floorMse: scored.floorMse,
  };
}

/** Bytes of the training part, with condensed samples on demand and stored; full training has none to store. */
async function storage({ workbench, summary }: OpenDataset, settings: ExperimentSettings, method: Method) {
  const { id, name, fileName, csvBytes } = summary;
  const label = { datasetId: id, name, fileName, csvBytes: csvBytes ?? 0 };
  const bytesOf = async (samples: SampleStorage): Promise<number> =>
    (await makeArchive(workbench, { ...settings, samples }, label, SILENT_PULSE)).bytes.train;
  const bytes = await bytesOf('on-demand');
  return { bytes, bytesStored: method === 'full' ? bytes : await bytesOf('stored') };
}

/** One cell of a sweep: encodes in memory, trains, and writes nothing. */
export async function sweepCell(
  dataset: OpenDataset,
  request: { settings: ExperimentSettings; beta: number | null; split: number },
  pulse: Pulse,
): Promise<SweepCell> {
  const { workbench } = dataset;
  const { beta, split } = request;
  const settings: ExperimentSettings = { ...request.settings, split, beta: beta ?? request.settings.beta };
  const { table, train: group } = await workbench.prepare(settings);
  const design = await workbench.design(settings);
  const method: Method = beta === null ? 'full' : 'condensed';
  const samples = await samplesOf(workbench, settings, method);
  const trained = await train(design, samples, settings, pulse);
  return {
    beta,
    split,
    trainRows: group.records,
    rawFloat64Bytes: rawFloat64Bytes(group.records, table.columns.length),
    ...trained,
    ...(await storage(dataset, settings, method)),
  };
}
