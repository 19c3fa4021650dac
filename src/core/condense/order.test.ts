import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyticsOrder } from './order.ts';

/**
 * Three columns over n = 20 records; ones per cell (− marks a constant cell):
 *
 *     column 0, cells 0–3:    −  10   3   4     ranks: –, 0, 1, 2   weights –, 10, 3, 4
 *     column 1, cells 4–5:    18   9            ranks: 0, 1         weights 2, 9
 *     column 2, cells 8–10:   10   −   9        ranks: 0, –, 1      weights 10, –, 9
 *
 * Cells 6 and 7 belong to no clustering column.
 */
const ROWS = [
  { column: 0, start: 0, bits: 4 },
  { column: 3, start: 4, bits: 2 },
  { column: 5, start: 8, bits: 3 },
];
const ONES = [20, 10, 3, 4, 18, 9, 10, 10, 10, 0, 9];

const orderOf = (order: Parameters<typeof analyticsOrder>[3], beta = 4, seed = 1): number[] => [
  ...analyticsOrder(ROWS, ONES, 20, order, beta, seed),
];

describe('analyticsOrder', () => {
  it('layered: rank ascending, entropy descending, column', () => {
    // Rank 0: cells 1 (10), 8 (10, later column), 4 (2); rank 1: 5 (9), 10 (9), 2 (3); rank 2: 3.
    expect(orderOf('layered')).toEqual([1, 8, 4, 5, 10, 2, 3]);
  });

  it('descending and ascending: entropy alone, ties by column, then from the most significant', () => {
    expect(orderOf('descending')).toEqual([1, 8, 5, 10, 3, 2, 4]);
    expect(orderOf('ascending')).toEqual([4, 2, 3, 5, 10, 1, 8]);
  });

  it('pool: the first ⌈β/d⌉ bits of every column by entropy, then the rest in layers', () => {
    // β = 3, d = 3: one bit of each column.
    expect(orderOf('pool', 3)).toEqual([1, 8, 4, 5, 10, 2, 3]);
    // β = 4: ⌈4/3⌉ = 2 of each column, sorted as one: 10, 10, 9, 9, 3, 2.
    expect(orderOf('pool', 4)).toEqual([1, 8, 5, 10, 2, 4, 3]);
    // β = 7: three of each.
    expect(orderOf('pool', 7)).toEqual([1, 8, 5, 10, 3, 2, 4]);
  });

  it('random: all of them, by the seed', () => {
    expect([...orderOf('random')].sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 8, 10]);
    expect(orderOf('random', 4, 9)).toEqual(orderOf('random', 4, 9));
    const different = new Set(Array.from({ length: 20 }, (_, seed) => orderOf('random', 4, seed).join()));
    expect(different.size).toBeGreaterThan(15);
  });

  it('offers every non-constant cell once and no other, whatever the order', () => {
    const cases = fc.record({
      widths: fc.array(fc.integer({ min: 0, max: 8 }), { maxLength: 5 }),
      order: fc.constantFrom(
        'layered' as const,
        'pool' as const,
        'descending' as const,
        'ascending' as const,
        'random' as const,
      ),
      beta: fc.integer({ min: 1, max: 30 }),
      seed: fc.nat(),
      ones: fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 40, maxLength: 40 }),
    });
    fc.assert(
      fc.property(cases, ({ widths, order, beta, seed, ones }) => {
        let start = 0;
        const rows = widths.map((bits, column) => {
          const row = { column, start, bits };
          start += bits;
          return row;
        });
        const result = [...analyticsOrder(rows, ones, 6, order, beta, seed)].sort((a, b) => a - b);
        const expected = ones.slice(0, start).flatMap((one, cell) => (one === 0 || one === 6 ? [] : [cell]));
        expect(result).toEqual(expected);
      }),
    );
  });
});
