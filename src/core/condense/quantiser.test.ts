import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { numberColumn } from '../testing/randomTables.ts';
import { fitQuantiser, quantise, QUANTISER_BITS } from './quantiser.ts';

const TOP = 2 ** QUANTISER_BITS - 1;

/** Codes of all cells by a quantiser fitted on all cells. */
function codesOf(...cells: (number | null)[]): number[] {
  const column = numberColumn('x', cells);
  const rows = Uint32Array.from(cells, (_, i) => i);
  return [...quantise(column, fitQuantiser(column, 0, rows), rows)];
}

describe('the quantiser', () => {
  it('halves the range with every bit', () => {
    expect(codesOf(0, 1, 0.5, 0.49, 0.25, 0.75)).toEqual([0, TOP, 0x8000, 32112, 0x4000, 0xc000]);
    expect(codesOf(-3, 5, 1, 0.999)).toEqual([0, TOP, 0x8000, 32759]);
  });

  it('gives the most significant bit to just the values from the middle on, and keeps their order', () => {
    const value = fc.integer({ min: -1_000_000, max: 1_000_000 });
    fc.assert(
      fc.property(fc.array(value, { minLength: 2, maxLength: 20 }), (cells) => {
        const min = Math.min(...cells);
        const max = Math.max(...cells);
        fc.pre(max > min);
        const codes = codesOf(...cells);
        cells.forEach((cell, i) => {
          const share = (cell - min) / (max - min);
          // Within half a level of the middle, rounding may decide.
          if (Math.abs(share - 0.5) > 1e-9) expect(codes[i] >= 0x8000).toBe(share > 0.5);
          for (let k = 0; k < cells.length; k++)
            if (cells[k] < cell) expect(codes[k]).toBeLessThanOrEqual(codes[i]);
        });
      }),
    );
  });

  it('does not overflow over the whole range of doubles', () => {
    expect(codesOf(-Number.MAX_VALUE, Number.MAX_VALUE, 0, 1e308)).toEqual([0, TOP, 0x8000, 50_995]);
  });

  it('halves the smallest ranges too', () => {
    expect(codesOf(0, 1e-310, 0.25e-310)).toEqual([0, TOP, 0x4000]);
    expect(codesOf(0, 5e-324)).toEqual([0, TOP]);
    expect(codesOf(1, 1 + 2 ** -52)).toEqual([0, TOP]);
  });

  it('leaves out of its range what is missing or not finite, and still gives it a code', () => {
    expect(codesOf(2, null, NaN, Infinity, -Infinity, 4)).toEqual([0, 0, 0, TOP, 0, TOP]);
    expect(fitQuantiser(numberColumn('x', [null, NaN, Infinity]), 3, Uint32Array.of(0, 1, 2))).toEqual({
      column: 3,
      min: 0,
      max: 0,
    });
    expect(codesOf(null, null)).toEqual([0, 0]);
    expect(codesOf(7, 7)).toEqual([0, 0]);
  });

  it('clamps values beyond the range that it was fitted on', () => {
    const column = numberColumn('x', [0, 8, -5, 99, 4]);
    const quantiser = fitQuantiser(column, 0, Uint32Array.of(0, 1));
    expect([...quantise(column, quantiser, Uint32Array.of(2, 3, 4))]).toEqual([0, TOP, 0x8000]);
  });
});
