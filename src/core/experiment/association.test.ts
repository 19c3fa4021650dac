import { expect, it } from 'vitest';
import { correlation, correlationRatio } from './association.ts';

it('a correlation is that of large numbers too', () => {
  const a = Float64Array.of(1, 2, 3, 4);
  const b = Float64Array.of(2, 1, 4, 3);
  expect(correlation(a, b)).toBeCloseTo(0.6, 12);
  const huge = (values: Float64Array) => values.map((value) => value * 1e149);
  expect(correlation(huge(a), huge(b))).toBeCloseTo(0.6, 12);
  expect(correlation(a, Float64Array.of(5, 5, 5, 5))).toBe(0);
});

it('a correlation ratio of two groups is the correlation with 0 and 1, and of groups that say all it is 1', () => {
  const groups = Float64Array.of(0, 1, 1, 0, 1);
  const values = Float64Array.of(1, 5, 2, 3, 9);
  expect(correlationRatio(groups, values)).toBeCloseTo(Math.abs(correlation(groups, values)), 12);
  expect(correlationRatio(Float64Array.of(0, 2, 2, 7), Float64Array.of(4, 1, 1, 8))).toBeCloseTo(1, 12);
  expect(correlationRatio(groups, Float64Array.of(3, 3, 3, 3, 3))).toBe(0);
});
