import { expect, it } from 'vitest';
import type { Coefficients } from '../../../contracts/fitted.ts';
import { apart, coefficientRows, plannedSplits } from './coefficients.ts';

function split(full: number[], condensed: number[]): Coefficients {
  return {
    ...{ split: 1, task: 'regression', names: ['bias', 'a', 'b', 'still'], outputs: ['y'] },
    ...{ means: new Float64Array(4), scales: Float64Array.of(1, 2, 2, 0) },
    ...{ full: Float64Array.from(full), condensed: Float64Array.from(condensed) },
  };
}

const SPLITS = [
  split([100, 1, -3, 0], [99, 5, -2, 0]),
  split([100, 2, -4, 0], [99, 6, -3, 0]),
  split([100, 0, -8, 0], [99, 4, -9, 0]),
];

it('are sorted by size without the bias and constant columns, with median and range over the splits', () => {
  const rows = coefficientRows(SPLITS, 0);
  expect(rows.map(({ name }) => name)).toEqual(['b', 'a']);
  expect(rows[0].intervals.full).toEqual({ median: -4, least: -8, most: -3 });
  expect(rows[1].intervals.condensed).toEqual({ median: 5, least: 4, most: 6 });
  expect(coefficientRows(SPLITS.slice(0, 2), 0)[1].intervals.full.median).toBe(1.5);
});

it('are apart where the ranges do not meet', () => {
  expect(apart(coefficientRows(SPLITS, 0)).map(({ name }) => name)).toEqual(['a']);
});

it('are of one split where the dataset brings its test records', () => {
  expect(plannedSplits({ testRows: 20 })).toBe(1);
  expect(plannedSplits({})).toBe(5);
});
