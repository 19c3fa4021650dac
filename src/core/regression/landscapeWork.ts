/** How much of a landscape is worked out at most, and about how long that takes, counted beforehand. */
import type { TargetTask } from './targets.ts';

/** Places along either side of the grid. A quadratic costs nothing; logistic loss takes a pass over the records at each. */
export const SIDES: Readonly<Record<TargetTask, number>> = { regression: 60, classification: 40 };
/** Most records that the logistic loss is the mean of; of more, a draw. */
export const MOST_RECORDS = 20_000;

/** Most steps of mini-batch descent, which never comes to rest, and most multiplications of all of them. */
const MOST_STEPS = 10_000;
const MOST_WORK = 5e8;

/** Multiplications of a step on a mini-batch, roughly. */
export function miniBatchWork(batch: number, width: number): number {
  return 3 * batch * width;
}

/** Steps of mini-batch descent. */
export function miniBatchLimit(iterations: number, stepWork: number): number {
  return Math.min(iterations, MOST_STEPS, Math.max(1, Math.floor(MOST_WORK / stepWork)));
}

/** What decides how long a landscape takes. */
export interface LandscapeSize {
  task: TargetTask;
  /** Training records, and the condensed samples. */
  rows: number;
  samples: number;
  /** Coefficients. */
  width: number;
  /** Steps after which a descent ends at the latest. */
  iterations: number;
  /** Records of a mini-batch. */
  batch: number;
  /** Seconds that a descent may take: one that would take longer stops as soon as that is known. */
  seconds: number;
}

/** What one core does in a second: cells that are coded, products that are summed, records whose log loss is taken. */
const CODED_A_SECOND = 4e6;
const SUMMED_A_SECOND = 1.5e8;
const LOST_A_SECOND = 4.5e7;
/** Seconds after which it is known how long a descent takes. */
const KNOWN_AFTER = 0.3;

/** Seconds that coding the records, the grid and the descents may take where nothing runs beside them; no optimum. */
export function landscapeSeconds(size: LandscapeSize): number {
  const { task, rows, samples, width, iterations, batch, seconds } = size;
  const cells = rows * width;
  const isLinear = task === 'regression';
  const grid = isLinear ? 0 : (SIDES[task] ** 2 * Math.min(rows, MOST_RECORDS)) / LOST_A_SECOND;
  const descent = (count: number): number => {
    // From cross products a step of least squares does not go through the samples.
    const stepWork = isLinear ? Math.min(width ** 2, 2 * count * width) : 2 * count * width;
    const whole = (iterations * stepWork) / SUMMED_A_SECOND;
    return whole <= seconds ? whole : Math.min(seconds, KNOWN_AFTER);
  };
  const stepWork = miniBatchWork(batch, width);
  const miniBatch = (miniBatchLimit(iterations, stepWork) * stepWork) / SUMMED_A_SECOND;
  const shadows = (3 * cells) / SUMMED_A_SECOND;
  return cells / CODED_A_SECOND + shadows + grid + miniBatch + descent(rows) + descent(samples);
}
