import { describe, expect, it } from 'vitest';
import { median, quantile, quartilesOf } from './quantiles.ts';

describe('quantiles', () => {
  it('lie in proportion between two numbers', () => {
    expect([0, 0.25, 0.5, 0.75, 1].map((share) => quantile([1, 2, 4, 8], share))).toEqual([1, 1.75, 3, 5, 8]);
    expect(quantile([7], 0.25)).toBe(7);
    expect(median([5, 1, 3])).toBe(3);
  });

  it('are no NaN among infinities', () => {
    expect(quantile([1, Infinity, Infinity, Infinity], 0.75)).toBe(Infinity);
    expect(quantile([1, Infinity], 0.5)).toBe(Infinity);
  });

  it('count what is no number as the worst, in whatever order the numbers come', () => {
    expect(quartilesOf([NaN, 3, 1, 2])).toEqual({ lower: 1.75, median: 2.5, upper: Infinity });
    expect(quartilesOf([4])).toEqual({ lower: 4, median: 4, upper: 4 });
  });
});
