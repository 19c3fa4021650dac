/** Coefficients over splits, as a figure sorts and draws them. */
import type { DatasetSummary, Method } from '../../../contracts/codec.ts';
import type { Coefficients } from '../../../contracts/fitted.ts';

/** Splits whose coefficients make an interval. */
const SPLITS = 5;

/** How many splits there will be: a dataset that brings its test records has one. */
export function plannedSplits(dataset: Pick<DatasetSummary, 'testRows'> | null): number {
  return (dataset?.testRows ?? 0) > 0 ? 1 : SPLITS;
}

/** A coefficient over the splits. */
export interface Interval {
  median: number;
  least: number;
  most: number;
}

export interface CoefficientRow {
  name: string;
  intervals: Record<Method, Interval>;
}

/**
 * Coefficients of one output, the largest of full training first. The bias, and columns that are constant in every
 * split, are left out.
 */
export function coefficientRows(splits: readonly Coefficients[], output: number): CoefficientRow[] {
  const [{ names }] = splits;
  const rows: CoefficientRow[] = [];
  for (let j = 1; j < names.length; j++) {
    if (splits.every(({ scales }) => scales[j] === 0)) continue;
    const over = (method: Method) =>
      intervalOf(splits.map((split) => split[method][output * names.length + j]));
    rows.push({ name: names[j], intervals: { full: over('full'), condensed: over('condensed') } });
  }
  return rows.sort((a, b) => Math.abs(b.intervals.full.median) - Math.abs(a.intervals.full.median));
}

function intervalOf(values: number[]): Interval {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return {
    median: (sorted[Math.ceil(middle) - 1] + sorted[Math.floor(middle)]) / 2,
    least: sorted[0],
    most: sorted[sorted.length - 1],
  };
}

/** Columns in which the two methods' intervals lie apart, of those that are shown. */
export function apart(rows: readonly CoefficientRow[]): CoefficientRow[] {
  return rows.filter(
    ({ intervals: { full, condensed } }) => full.least > condensed.most || condensed.least > full.most,
  );
}
