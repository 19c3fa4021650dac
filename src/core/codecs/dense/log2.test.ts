import { expect, test } from 'vitest';
import { BIT, log2Units } from './log2.ts';

test('logarithms are within two units of the true ones, and exact at powers of two', () => {
  for (let n = 1; n < 2 ** 31; n = Math.ceil(n * 1.0371)) {
    expect(Math.abs(log2Units(n) - BIT * Math.log2(n))).toBeLessThan(2);
  }
  for (let k = 0; k < 31; k++) expect(log2Units(2 ** k)).toBe(k * BIT);
  expect(Math.abs(log2Units(2 ** 31 - 1) - 31 * BIT)).toBeLessThan(2);
});

test('logarithms never fall', () => {
  for (let n = 1; n < 20_000; n++) expect(log2Units(n + 1)).toBeGreaterThanOrEqual(log2Units(n));
});
