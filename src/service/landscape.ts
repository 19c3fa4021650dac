/** The loss over two coefficients, with the ways of three descents over it. */
import type { ExperimentSettings, Method } from '../contracts/codec.ts';
import type {
  Descender,
  Landscape,
  LandscapeAxes,
  LandscapeOptimum,
  LandscapePath,
  LandscapeRequest,
} from '../contracts/landscape.ts';
import { LabError } from '../core/errors.ts';
import { Kept } from '../core/experiment/kept.ts';
import { TABLE_SETTINGS } from '../core/experiment/settings.ts';
import { samplesOf, solve } from '../core/experiment/training.ts';
import type { Workbench } from '../core/experiment/workbench.ts';
import type { Pulse } from '../core/pulse.ts';
import { solveSymmetric } from '../core/regression/cholesky.ts';
import { normalEquations } from '../core/regression/closedForm.ts';
import type { Design } from '../core/regression/design.ts';
import { objectiveOf, type Objective } from '../core/regression/gradientDescent.ts';
import {
  boundsOf,
  columnsPlane,
  lossOnPlane,
  placeOn,
  principalPlane,
  type Place,
  type Plane,
} from '../core/regression/landscape.ts';
import { miniBatchLimit, miniBatchWork } from '../core/regression/landscapeWork.ts';
import { MiniBatchDescent } from '../core/regression/miniBatch.ts';
import { quadraticObjective } from '../core/regression/quadratic.ts';
import { batchSteps, miniBatchSteps, RecordedDescent } from '../core/regression/recordedDescent.ts';
import { miniBatchStepSize, stepSize } from '../core/regression/stepSize.ts';

/** Most columns that are offered as an axis. */
const MOST_COLUMNS = 40;
/** Records in a mini-batch: fewer are one record's noise, more are no mini-batch. */
const BATCH = { least: 1, most: 4_096 };
/** Seed of the order of the records in mini-batches. */
const ORDER_SEED = 1;
/** A loss so many times that of the start is one of a descent that diverges, whether or not it is a number still. */
const DIVERGED = 1_000;
/** Seconds that full descent gets before the landscape is drawn: it often needs no more. */
const HEAD_START = 0.3;
/** Milliseconds between two states sent to the page. */
const STATE_INTERVAL = 250;

/** What one method trains on, its optimum, and its descent. */
interface Side {
  theta: Float64Array;
  ridge: number;
  converged: boolean;
  /** The loss of what it trains on. */
  objective: Objective;
  descent: RecordedDescent;
}

/** What is the same for any two axes, kept for as long as the table is open. */
class Sides {
  readonly full = new Kept<Side>();
  readonly condensed = new Kept<Side>();
  readonly miniBatch = new Kept<RecordedDescent>();
}

const kept = new WeakMap<Workbench, Sides>();

function sidesOf(workbench: Workbench): Sides {
  const sides = kept.get(workbench) ?? new Sides();
  kept.set(workbench, sides);
  return sides;
}

/** What a method's optimum and its descent depend on. */
function keyOf(settings: ExperimentSettings, method: Method): string[] {
  const parts =
    method === 'full'
      ? (['fullClosedForm', 'fullDescent'] as const)
      : (['condensedClosedForm', 'condensedDescent'] as const);
  return parts.map((part) => TABLE_SETTINGS.keyOf(part, settings));
}

async function sideOf(
  workbench: Workbench,
  settings: ExperimentSettings,
  method: Method,
  pulse: Pulse,
): Promise<Side> {
  const design = await workbench.design(settings);
  const samples = await samplesOf(workbench, settings, method);
  const learningRate = await stepSize(settings.learningRate, design.task, samples, pulse);
  const { rows, width } = samples;
  let objective = objectiveOf(design.task, samples);
  let stepWork = 2 * rows * width;
  let optimum: Pick<Side, 'theta' | 'ridge' | 'converged'>;
  if (design.task === 'regression') {
    const { gram, right } = await normalEquations(samples, pulse);
    const { solution: theta, ridge } = solveSymmetric(gram, right);
    optimum = { theta, ridge, converged: true };
    if (width < 2 * rows) {
      objective = quadraticObjective(samples, gram, theta);
      stepWork = width * width;
    }
  } else optimum = await solve(design, samples, pulse);
  if (!optimum.theta.every(Number.isFinite)) {
    throw new LabError(
      'MODEL_OVERFLOW',
      'The numbers of the features or of the target are too large to calculate with.',
    );
  }
  const { theta, ridge, converged } = optimum;
  const limit = settings.iterations;
  const descent = new RecordedDescent(batchSteps(objective, samples, learningRate, limit), {
    ...{ samplesPerStep: rows, learningRate, limit, stepWork },
  });
  return { theta, ridge, converged, objective, descent };
}

function miniBatchOf(
  design: Design,
  settings: ExperimentSettings,
  size: number,
  rateOfAll: number,
): RecordedDescent {
  const { task, train } = design;
  const learningRate = miniBatchStepSize(settings.learningRate, task, train, size, rateOfAll);
  const descent = new MiniBatchDescent(task, train, size, learningRate, ORDER_SEED);
  const stepWork = miniBatchWork(descent.size, train.width);
  const limit = miniBatchLimit(settings.iterations, stepWork);
  return new RecordedDescent(miniBatchSteps(descent, limit), {
    ...{ samplesPerStep: descent.size, learningRate, limit, stepWork },
  });
}

const PHASES: Record<Descender, string> = {
  full: 'Descending on all records',
  condensed: 'Descending on the condensed samples',
  miniBatch: 'Descending on mini-batches',
};

/** The descents of one call, and how long they may take. */
class Descents {
  readonly all: Record<Descender, RecordedDescent>;
  /** Seconds that the rest of a descent takes that was stopped where it stands. */
  readonly left: Partial<Record<Descender, number>> = {};
  private readonly allowed: number;
  private readonly before: number;
  private readonly pulse: Pulse;

  constructor(all: Record<Descender, RecordedDescent>, allowed: number, pulse: Pulse) {
    this.all = all;
    this.allowed = allowed;
    this.pulse = pulse;
    this.before = this.seconds();
  }

  private seconds(): number {
    return Object.values(this.all).reduce((sum, { seconds }) => sum + seconds, 0);
  }

  /**
   * Goes on with one of them to its end, for so many seconds at most, or to where the rest of it takes too long. Mini-batches
   * have few steps and are never too long.
   *
   * @param onBeat after each piece that took long enough to be told of
   */
  async run(descender: Descender, most: number, onBeat: () => void = () => undefined): Promise<void> {
    const descent = this.all[descender];
    const end = descent.seconds + most;
    while (descent.stop === 'running' && descent.seconds < end) {
      descent.advance();
      const left = descent.secondsLeft();
      if (descender !== 'miniBatch' && left !== null && this.seconds() - this.before + left > this.allowed) {
        if (descent.stop === 'running') this.left[descender] = left;
        return;
      }
      if (!this.pulse.due()) continue;
      onBeat();
      await this.pulse.beat({
        phase: PHASES[descender],
        done: descent.iteration,
        total: descent.facts.limit,
        unit: 'steps',
      });
    }
  }
}

/** Columns that can be an axis: those that vary, the largest coefficients first, and the intercept. */
function columnsOf({ map }: Design, theta: Float64Array): Landscape['columns'] {
  const columns: number[] = [];
  for (let j = 1; j < map.width; j++) if (map.scales[j] !== 0) columns.push(j);
  columns.sort((j, k) => Math.abs(theta[k]) - Math.abs(theta[j]));
  if (columns.length === 0) {
    throw new LabError('FEATURES_NONE', 'Every feature has the same value in all training records.');
  }
  return [
    ...columns.slice(0, MOST_COLUMNS).map((column) => ({ column, name: map.names[column] })),
    { column: 0, name: 'intercept' },
  ];
}

/** The columns that are asked for, where there are such; else the first two. */
function chosenColumns(
  axes: LandscapeAxes,
  columns: Landscape['columns'],
): { kind: 'columns'; across: number; up: number } {
  if (typeof axes !== 'string') {
    const [across, up] = axes;
    const has = (wanted: number) => columns.some(({ column }) => column === wanted);
    if (across !== up && has(across) && has(up)) return { kind: 'columns', across, up };
  }
  return { kind: 'columns', across: columns[0].column, up: columns[1].column };
}

/** Mean loss of coefficients over what an objective is of. */
function meanLoss({ weight, pass }: Objective, theta: Float64Array): number {
  return pass(theta, new Float64Array(theta.length)) / weight;
}

/**
 * Draws the landscape and descends over it. The descents are kept: the next call draws the same ones over other axes, and
 * goes on with one that had been stopped.
 *
 * @param onDrawn told the landscape as soon as there is one, and then how the descent on all records goes on
 * @throws FEATURES_NONE where nothing varies, SETTING_OUT_OF_RANGE of the size of a mini-batch, INTERNAL of more than two
 *   classes, and what `design` and `solve` throw
 */
export async function landscape(
  workbench: Workbench,
  { settings, axes, batch, seconds }: Omit<LandscapeRequest, 'source'>,
  pulse: Pulse,
  onDrawn: (drawn: Landscape) => void,
): Promise<Landscape> {
  if (!Number.isInteger(batch) || batch < BATCH.least || batch > BATCH.most) {
    throw new LabError(
      'SETTING_OUT_OF_RANGE',
      `A mini-batch has ${batch} records; it has to have a whole number from ${BATCH.least} to ${BATCH.most}.`,
    );
  }
  const design = await workbench.design(settings);
  if (design.train.outputs !== 1) {
    throw new LabError(
      'INTERNAL',
      `The loss over two coefficients was asked for of ${design.train.outputs} classes.`,
    );
  }
  const sides = sidesOf(workbench);
  const fullKey = keyOf(settings, 'full');
  const full = await sides.full.get(fullKey, () => sideOf(workbench, settings, 'full', pulse));
  const condensed = await sides.condensed.get(keyOf(settings, 'condensed'), () =>
    sideOf(workbench, settings, 'condensed', pulse),
  );
  const miniBatch = await sides.miniBatch.get([fullKey, batch], () =>
    miniBatchOf(design, settings, batch, full.descent.facts.learningRate),
  );
  const columns = columnsOf(design, full.theta);
  const all = { full: full.descent, condensed: condensed.descent, miniBatch };
  const descents = new Descents(all, seconds, pulse);

  /** What there is to draw now. */
  const draw = async (): Promise<{ plane: Plane; drawn: Landscape }> => {
    const { plane, shown } = planeOf();
    const placesOf = ({ path }: RecordedDescent) => path.thetas.map((theta) => placeOn(plane, theta));
    const start = all.full.path.thetas[0];
    const bounds = boundsOf(
      [start, full.theta, condensed.theta].map((theta) => placeOn(plane, theta)),
      // One that diverges goes anywhere.
      Object.values(all).flatMap((descent) => (isAstray(descent) ? [] : [placesOf(descent)])),
    );
    const drawn: Landscape = {
      task: design.task,
      axes: shown,
      columns,
      width: design.train.width,
      bounds,
      surface: await lossOnPlane(design.task, design.train, full.theta, plane, bounds, pulse),
      trainRows: design.train.rows,
      optima: { full: optimumOf(full, plane), condensed: optimumOf(condensed, plane) },
      paths: pathsOn(plane),
    };
    return { plane, drawn };
  };

  function isAstray({ stop, theta }: RecordedDescent): boolean {
    const most = DIVERGED * meanLoss(full.objective, new Float64Array(theta.length));
    return stop === 'diverged' || !(meanLoss(full.objective, theta) <= most);
  }

  function planeOf(): { plane: Plane; shown: Landscape['axes'] } {
    if (axes !== 'principal') {
      const shown = chosenColumns(axes, columns);
      return { plane: columnsPlane(full.theta, shown.across, shown.up), shown };
    }
    const of = all.full.stop === 'running' || isAstray(all.full) ? 'condensed' : 'full';
    const plane = principalPlane(all[of].path.thetas, full.theta);
    return { plane, shown: { kind: 'principal', of, share: plane.share } };
  }

  function optimumOf({ theta, ridge, converged }: Side, plane: Plane): LandscapeOptimum {
    const [a, b] = placeOn(plane, theta);
    return { a, b, loss: meanLoss(full.objective, theta), ridge, converged };
  }

  function pathsOn(plane: Plane): LandscapePath[] {
    return (Object.keys(all) as Descender[]).map((descender) => {
      const { path, facts, theta } = all[descender];
      const places: Place[] = path.thetas.map((one) => placeOn(plane, one));
      return {
        descender,
        samplesPerStep: facts.samplesPerStep,
        learningRate: facts.learningRate,
        at: [...path.at],
        a: Float64Array.from(places, ([a]) => a),
        b: Float64Array.from(places, ([, b]) => b),
        stop: isAstray(all[descender]) ? 'diverged' : all[descender].stop,
        secondsLeft: descents.left[descender] ?? null,
        loss: meanLoss(full.objective, theta),
      };
    });
  }

  await descents.run('condensed', Infinity);
  await descents.run('miniBatch', Infinity);
  await descents.run('full', HEAD_START);
  const { plane, drawn } = await draw();
  if (all.full.stop !== 'running' || descents.left.full !== undefined) return drawn;
  onDrawn(drawn);
  let told = performance.now();
  await descents.run('full', Infinity, () => {
    if (performance.now() - told < STATE_INTERVAL) return;
    onDrawn({ ...drawn, paths: pathsOn(plane) });
    told = performance.now();
  });
  return (await draw()).drawn;
}
