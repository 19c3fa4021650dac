/** What the descents have in common as they are played: the number of steps, or of samples touched. */
import type { LandscapePath } from '../../../../contracts/landscape.ts';

export type Pace = 'steps' | 'touched';

/** What a step adds to the count. */
function unitOf({ samplesPerStep }: Pick<LandscapePath, 'samplesPerStep'>, pace: Pace): number {
  return pace === 'steps' ? 1 : samplesPerStep;
}

const lastStep = ({ at }: Pick<LandscapePath, 'at'>): number => at[at.length - 1];

type Timed = Pick<LandscapePath, 'at' | 'samplesPerStep'>;

/** The count that every descent has come to, logarithmically between the first step of any and the last of all. */
export function countAt(paths: readonly Timed[], pace: Pace, share: number): number {
  if (share <= 0) return 0;
  const first = Math.min(...paths.map((path) => unitOf(path, pace)));
  const last = Math.max(first, ...paths.map((path) => lastStep(path) * unitOf(path, pace)));
  return share >= 1 ? last : first * (last / first) ** share;
}

/** Steps that a descent has taken when so much is counted. */
export function stepsAt(path: Timed, pace: Pace, count: number): number {
  return Math.min(lastStep(path), Math.floor(count / unitOf(path, pace)));
}

/** The last of a path's points that lie within so many steps. */
export function pointAt({ at }: Pick<LandscapePath, 'at'>, steps: number): number {
  let low = 0;
  let high = at.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (at[middle] <= steps) low = middle;
    else high = middle - 1;
  }
  return low;
}
