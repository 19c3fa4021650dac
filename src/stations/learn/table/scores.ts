/** A model's score in words and digits: one place for how a metric is named, rounded and compared. */
import type { MetricName, ModelScore } from '../../../contracts/codec.ts';
import { formatCompact, formatPercent } from '../../../ui/format.ts';
import { className } from '../../className.ts';

/** Metrics of a classification that are shares of records. */
export type ShareMetric = 'accuracy' | 'balancedAccuracy';

/** Where one class is more of the test records than this, accuracy says little and the classes count alike. */
const IMBALANCED = 0.8;

/** Three decimals, so that a column of them can be compared at a glance. */
function threeDecimals(value: number): string {
  return Number.isFinite(value) ? value.toFixed(3).replace('-', '−') : '–';
}

/** A mean squared error as what it is in the target's own unit: its root. */
export function formatRmse(mse: number | undefined): string {
  return mse === undefined ? '–' : formatCompact(Math.sqrt(mse));
}

/** A metric as tables and figures write it; a metric that the model does not have is a dash. */
export function formatMetric(name: Exclude<MetricName, 'mse'>, value: number | undefined): string {
  if (value === undefined) return '–';
  return name === 'accuracy' || name === 'balancedAccuracy' ? formatPercent(value) : threeDecimals(value);
}

/** A difference of shares in percentage points: 0.004 → "+0.4 points". */
export function formatPoints(difference: number): string {
  if (!Number.isFinite(difference)) return '–';
  const points = (Math.abs(difference) * 100).toFixed(1);
  const sign = Number(points) === 0 ? '±' : difference < 0 ? '−' : '+';
  return `${sign}${points}\u202fpoints`;
}

export function isImbalanced(score: ModelScore): boolean {
  return (score.floor.accuracy ?? 0) > IMBALANCED;
}

/**
 * The class that always guessing scores the floor's accuracy with: the one whose share of the test records is that
 * accuracy. Null where the score names no classes.
 */
export function guessedClass(score: ModelScore): string | null {
  const { classes, floor } = score;
  if (classes === null || floor.accuracy === undefined) return null;
  const counts = classes.labels.map((_, row) => rowTotal(classes.confusion, classes.labels.length, row));
  const total = counts.reduce((sum, count) => sum + count, 0);
  let best: string | null = null;
  let distance = Infinity;
  counts.forEach((count, k) => {
    const away = Math.abs(count / total - floor.accuracy!);
    if (away < distance) {
      distance = away;
      best = classes.labels[k];
    }
  });
  return best;
}

function rowTotal(confusion: Uint32Array, size: number, row: number): number {
  let total = 0;
  for (let column = 0; column < size; column++) total += confusion[row * size + column];
  return total;
}

/** Always guessing one class, in words: "always guessing “no”". */
export function guessWords(score: ModelScore): string {
  const guessed = guessedClass(score);
  return guessed === null ? 'always guessing the largest class' : `always guessing ${className(guessed)}`;
}
