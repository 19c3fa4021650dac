/**
 * What a sweep says: statistics over splits for every point of its grid.
 * A ratio is taken within one split (condensed error ÷ full error of the same split) and then averaged, because the
 * error of full training itself differs from split to split. Its error is the mean squared one, of classes the log loss.
 */
import {
  errorRatio,
  ratioError,
  type MetricName,
  type Metrics,
  type SweepCell,
} from '../../../contracts/codec.ts';
import type { AxisValue, SweepPlan } from '../../../contracts/link.ts';
import type { SweepRun } from '../../lab/sweep.ts';
import { statistic, type Statistic } from '../../statistic.ts';
import { fullKey } from './plan.ts';

/** What a model is measured by: a metric on the test records, or its error as a multiple of full training's. */
export type Measure = MetricName | 'rmse' | 'ratio';

/** How the model was trained: gradient descent, or the exact optimum (closed form, Newton's method). */
export type Solver = 'gd' | 'exact';

const METRICS: readonly MetricName[] = ['mse', 'r2', 'accuracy', 'balancedAccuracy', 'logLoss', 'rocArea'];

export type Scores = Partial<Record<Measure, Statistic>>;

/** Models of one kind over the splits done so far; what comes with the descents is null until then. */
interface Trained {
  scores: Record<Solver, Scores>;
  gdSeconds: Statistic | null;
  gdIterations: Statistic | null;
  exactSeconds: Statistic | null;
  /** Splits whose gradient descent stopped at the limit instead of converging, of those descended. */
  atLimit: number;
  descended: number;
}

/** One point of the grid over the splits done so far. What needs full training is null until a split has both. */
export interface SweepRow extends Trained {
  point: AxisValue[];
  splits: number;
  /** β that was used. */
  beta: Statistic;
  samples: Statistic;
  /** Condensed samples ÷ training rows. */
  sampleShare: Statistic;
  /** Archive bytes ÷ float64 bytes of the training part. */
  storage: Statistic | null;
  storageStored: Statistic | null;
  encodeSeconds: Statistic | null;
  /** Seconds of full gradient descent ÷ seconds of condensed. */
  gdSpeedUp: Statistic | null;
}

/** Training on all rows, over the splits, for the points that share it. */
export interface FullRow extends Trained {
  /** The first of the points that it is the measure of. */
  point: AxisValue[];
  splits: number;
  /** Always predicting the training mean, or the larger class. */
  floor: Scores;
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return [...groups.values()];
}

/** In the order of the plan's values, the first axis first. */
function byPoint({ axes }: SweepPlan) {
  return (a: { point: AxisValue[] }, b: { point: AxisValue[] }): number => {
    for (const [k, { values }] of axes.entries()) {
      const order = values.indexOf(a.point[k]) - values.indexOf(b.point[k]);
      if (order !== 0) return order;
    }
    return 0;
  };
}

/** One row per point that has a run, in the plan's order. */
export function summarise(plan: SweepPlan, full: readonly SweepRun[], runs: readonly SweepRun[]): SweepRow[] {
  const fullOf = new Map(full.map(({ point, cell }) => [fullKey(plan, point, cell.split), cell]));
  return groupBy(runs, ({ point }) => JSON.stringify(point))
    .map((group) => summarisePoint(plan, group, fullOf))
    .sort(byPoint(plan));
}

function summarisePoint(
  plan: SweepPlan,
  group: readonly SweepRun[],
  fullOf: ReadonlyMap<string, SweepCell>,
): SweepRow {
  const [{ point }] = group;
  const pairs = group.map(({ cell }) => ({
    cell,
    full: fullOf.get(fullKey(plan, point, cell.split)) ?? null,
  }));
  const over = (value: (cell: SweepCell) => number): Statistic =>
    statistic(group.map(({ cell }) => value(cell))) as Statistic;
  const known = (value: (cell: SweepCell) => number | null): Statistic | null =>
    statistic(group.flatMap(({ cell }) => value(cell) ?? []));
  return {
    point,
    splits: group.length,
    beta: over((cell) => cell.beta),
    samples: over((cell) => cell.samples),
    sampleShare: over((cell) => cell.samples / cell.trainRows),
    storage: known((cell) => (cell.bytes === null ? null : cell.bytes / cell.rawFloat64Bytes)),
    storageStored: known((cell) =>
      cell.bytesStored === null ? null : cell.bytesStored / cell.rawFloat64Bytes,
    ),
    encodeSeconds: known((cell) => cell.encodeSeconds),
    gdSpeedUp: statistic(
      // A clock too coarse for a short training says nothing of its speed.
      finite(pairs.map(({ cell, full }) => (full?.gd?.seconds ?? NaN) / (cell.gd?.seconds ?? NaN))),
    ),
    ...trained(pairs),
  };
}

type Pair = { cell: SweepCell; full: SweepCell | null };

function trained(pairs: readonly Pair[]): Trained {
  const cells = pairs.map(({ cell }) => cell);
  const descended = cells.flatMap(({ gd }) => gd ?? []);
  return {
    scores: { gd: scoresOf(pairs, 'gd'), exact: scoresOf(pairs, 'exact') },
    gdSeconds: statistic(descended.map((gd) => gd.seconds)),
    gdIterations: statistic(descended.map((gd) => gd.iterations)),
    exactSeconds: statistic(cells.flatMap(({ exact }) => (exact === null ? [] : [exact.seconds]))),
    atLimit: descended.filter(({ stop }) => stop === 'limit').length,
    descended: descended.length,
  };
}

function finite(values: readonly (number | undefined)[]): number[] {
  return values.filter((value): value is number => value !== undefined && Number.isFinite(value));
}

function scoresOf(pairs: readonly Pair[], solver: Solver): Scores {
  const scores: Scores = {};
  for (const metric of METRICS) {
    const values = statistic(finite(pairs.map(({ cell }) => cell[solver]?.test[metric])));
    if (values !== null) scores[metric] = values;
  }
  const rmse = statistic(finite(pairs.map(({ cell }) => rootOf(cell[solver]?.test))));
  if (rmse !== null) scores.rmse = rmse;
  const ratio = statistic(finite(pairs.map((pair) => ratioOf(pair, solver) ?? undefined)));
  if (ratio !== null) scores.ratio = ratio;
  return scores;
}

function rootOf(metrics: Metrics | undefined): number | undefined {
  return metrics?.mse === undefined ? undefined : Math.sqrt(metrics.mse);
}

/** The test error of a model ÷ that of full training on the same split; null until both are known. */
export function ratioOf({ cell, full }: Pair, solver: Solver): number | null {
  const mine = cell[solver]?.test;
  const theirs = full?.[solver]?.test;
  if (mine === undefined || theirs === undefined) return null;
  return errorRatio(ratioError(mine), ratioError(theirs), ratioError(cell.floor) || 0);
}

/** Full training, a row for every choice of settings that changes it. */
export function summariseFull(plan: SweepPlan, full: readonly SweepRun[]): FullRow[] {
  return groupBy(full, ({ point }) => fullKey(plan, point, 0))
    .map((group): FullRow => {
      const pairs = group.map(({ cell }) => ({ cell, full: cell }));
      const floor: Scores = {};
      for (const metric of METRICS) {
        const values = statistic(finite(group.map(({ cell }) => cell.floor[metric])));
        if (values !== null) floor[metric] = values;
      }
      const rmse = statistic(finite(group.map(({ cell }) => rootOf(cell.floor))));
      if (rmse !== null) floor.rmse = rmse;
      return { point: group[0].point, splits: group.length, floor, ...trained(pairs) };
    })
    .sort(byPoint(plan));
}

/** How long a sweep may take: its trainings on all rows, then every other one as its share of the rows. */
export function estimateSeconds(sweep: {
  /** Trainings on all rows, and the seconds of one. */
  full: number;
  fullSeconds: number;
  /** β of every other training. */
  betas: readonly number[];
  /** Encodings of the training part, and the seconds of one. */
  encodings: number;
  encodeSeconds: number;
  trainRows: number;
  condensedSamples: ArrayLike<number>;
}): number {
  let shares = 0;
  for (const beta of sweep.betas) {
    const index = Math.min(beta, sweep.condensedSamples.length - 1);
    shares += index >= 0 ? sweep.condensedSamples[index] / Math.max(1, sweep.trainRows) : 0;
  }
  return sweep.fullSeconds * (sweep.full + shares) + sweep.encodings * sweep.encodeSeconds;
}
