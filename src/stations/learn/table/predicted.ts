/** Predictions against the truth, as a figure draws them and a file has them. */
import type { Method } from '../../../contracts/codec.ts';
import type { Predictions } from '../../../contracts/fitted.ts';

export type BothPredictions = Record<Method, Predictions>;

/**
 * Where both axes reach: over all truths, and over predictions that lie no further beyond them than half of the truths'
 * range. So a few wild predictions do not press the others together.
 */
export function rangeOf(made: BothPredictions): [low: number, high: number] {
  let [low, high] = [Infinity, -Infinity];
  for (const value of made.full.truth) [low, high] = [Math.min(low, value), Math.max(high, value)];
  const room = (high - low) / 2;
  const [least, most] = [low - room, high + room];
  for (const { predicted } of [made.full, made.condensed]) {
    for (const value of predicted) {
      if (value >= least) low = Math.min(low, value);
      if (value <= most) high = Math.max(high, value);
    }
  }
  return [low, high];
}

/** How many predictions lie outside. */
export function countOutside({ predicted }: Predictions, [low, high]: readonly [number, number]): number {
  let count = 0;
  for (const value of predicted) if (!(value >= low && value <= high)) count++;
  return count;
}

/** The records with their row in the file, the first being 1, their truth and both predictions. */
export function predictedLines({ full, condensed }: BothPredictions): (string | number)[][] {
  return [
    ['row', full.target, 'predicted_full', 'predicted_condensed'],
    ...Array.from(full.rows, (row, k) => [row + 1, full.truth[k], full.predicted[k], condensed.predicted[k]]),
  ];
}
