import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { numberColumn, textColumn } from '../testing/randomTables.ts';
import { describeMapping, fitMapping, mappingBits, type Mapping } from './mapping.ts';
import type { Column } from './table.ts';

const fit = (column: Column, allowRatio = true): Mapping => fitMapping(column, allowRatio).mapping;
const fitNumbers = (...cells: (number | null)[]): Mapping => fit(numberColumn('x', cells));

describe('decimal mapping', () => {
  it('takes the fewest decimals that give every value back', () => {
    expect(fitNumbers(1, 2, 3)).toEqual({ kind: 'decimal', decimals: 0, min: 1, values: 3, missing: false });
    expect(fitNumbers(1.5, -2)).toEqual({
      kind: 'decimal',
      decimals: 1,
      min: -20,
      values: 36,
      missing: false,
    });
    expect(fitNumbers(0.07)).toMatchObject({ decimals: 2, min: 7, values: 1 });
    expect(fitNumbers(1e-15, 0)).toMatchObject({ decimals: 15, min: 0, values: 2 });
    expect(fitNumbers(1e-16, 0).kind).not.toBe('decimal');
  });

  it('is minimal for any decimal literals, by an independent computation on their digits', () => {
    const literal = fc.tuple(fc.integer({ min: -99_999, max: 99_999 }), fc.integer({ min: 0, max: 9 }));
    fc.assert(
      fc.property(fc.array(literal, { minLength: 1, maxLength: 20 }), (literals) => {
        const values = literals.map(([digits, places]) =>
          digits === 0 ? 0 : digits / Number(`1e${places}`),
        );
        // Decimals that the shortest spellings of the numbers need, and their range in those units.
        const parts = values.map((value) => {
          const [mantissa, exponent = '0'] = String(value).split('e');
          const [whole, fraction = ''] = mantissa.split('.');
          return { digits: BigInt(whole + fraction), places: fraction.length - Number(exponent) };
        });
        const places = Math.max(0, ...parts.map((part) => part.places));
        const scaled = parts.map((part) => part.digits * 10n ** BigInt(places - part.places));
        const sorted = scaled.sort((a, b) => (a < b ? -1 : 1));
        const range = sorted[sorted.length - 1] - sorted[0];
        const mapping = fitNumbers(...values);
        expect(mapping).toMatchObject({ kind: 'decimal', decimals: places, min: Number(sorted[0]) });
        expect(mappingBits(mapping)).toBe(range === 0n ? 0 : range.toString(2).length);
      }),
      { numRuns: 300 },
    );
  });

  it('never takes −0, NaN or an infinity', () => {
    for (const value of [-0, NaN, Infinity, -Infinity]) expect(fitNumbers(value, 1).kind).toBe('float32');
    expect(fitNumbers(0, 1).kind).toBe('decimal');
  });

  it('takes integers up to ±2^53 and leaves a range beyond 53 bits to the float', () => {
    expect(fitNumbers(2 ** 53)).toMatchObject({ kind: 'decimal', min: 2 ** 53, values: 1 });
    expect(fitNumbers(-(2 ** 53), -(2 ** 53) + 1)).toMatchObject({ kind: 'decimal', values: 2 });
    expect(mappingBits(fitNumbers(0, 2 ** 53 - 2))).toBe(53);
    expect(fitNumbers(0, 2 ** 53).kind).toBe('float32');
    expect(fitNumbers(-1, 2 ** 53 - 1).kind).toBe('float64');
    expect(fitNumbers(2 ** 53 + 2).kind).not.toBe('decimal');
  });

  it('reserves one code for missing cells, which may cost a bit', () => {
    expect(mappingBits(fitNumbers(0, 1))).toBe(1);
    expect(mappingBits(fitNumbers(0, 1, null))).toBe(2);
    expect(mappingBits(fitNumbers(0, 2, null))).toBe(2);
    expect(mappingBits(fitNumbers(7, 7))).toBe(0);
    expect(mappingBits(fitNumbers(7, null))).toBe(1);
    expect(fitNumbers(null, null)).toEqual({
      kind: 'decimal',
      decimals: 0,
      min: 0,
      values: 0,
      missing: true,
    });
    expect(mappingBits(fitNumbers(null, null))).toBe(0);
  });

  it('takes a flag array of zeros for no missing cell', () => {
    const column = { ...numberColumn('x', [0, 1]), missing: new Uint8Array(2) };
    expect(fit(column)).toEqual(fitNumbers(0, 1));
  });
});

describe('ratio mapping', () => {
  it('is used for exact quotients, and only when it is narrower than the float', () => {
    const thirds = numberColumn('x', [1 / 3, 2 / 3, 1 / 7]);
    // p from 1 to 2, q from 3 to 7.
    expect(fit(thirds)).toMatchObject({ kind: 'ratio', pMin: 1, pValues: 2, qMin: 3, qValues: 5 });
    expect(mappingBits(fit(thirds))).toBe(1 + 3);
    expect(fit(thirds, false).kind).toBe('float64');
    // 31 + 20 bits against 64, but against 32 it is no gain.
    expect(fitNumbers(0x7fffffff, 1 / 3, 1 / 1_000_003).kind).toBe('ratio');
    const floats = [2 ** -20, 2 ** 30 / 3].map(Math.fround);
    expect(fitNumbers(...floats).kind).toBe('float32');
  });

  it('gives missing cells the code above the largest p', () => {
    const mapping = fitNumbers(1 / 3, 2 / 3, null);
    expect(mapping).toMatchObject({ kind: 'ratio', pValues: 2, missing: true });
    expect(mappingBits(mapping)).toBe(2);
  });

  it('is not tried on a column with one value that has no quotient', () => {
    expect(fitNumbers(1 / 3, Math.PI).kind).toBe('float64');
    expect(fitNumbers(1 / 3, -0).kind).toBe('float64');
    expect(fitNumbers(1 / 3, NaN).kind).toBe('float64');
  });
});

describe('float mapping', () => {
  it('is 32 bits wide only when every value is a float32', () => {
    expect(fitNumbers(Math.fround(Math.PI), NaN)).toMatchObject({ kind: 'float32' });
    expect(mappingBits(fitNumbers(Math.fround(Math.PI), -0))).toBe(32);
    expect(mappingBits(fitNumbers(Math.fround(Math.PI), Math.PI))).toBe(64);
    expect(mappingBits(fitNumbers(Math.fround(Math.PI), null))).toBe(32);
  });
});

describe('category mapping', () => {
  it('takes the bits that tell its values apart, and one code more for missing cells', () => {
    const width = (...cells: (string | null)[]): number => mappingBits(fit(textColumn('x', cells)));
    expect(width('a', 'a')).toBe(0);
    expect(width('a', 'b')).toBe(1);
    expect(width('a', 'b', 'c')).toBe(2);
    expect(width('a', 'b', null)).toBe(2);
    expect(width('a', null)).toBe(1);
    expect(width(null, null)).toBe(0);
    // An empty string is a value.
    expect(width('', null, 'x')).toBe(2);
  });
});

describe('describeMapping', () => {
  it('counts in words', () => {
    expect(describeMapping(fitNumbers(0, 1))).toBe('integer, 1 bit');
    expect(describeMapping(fitNumbers(0.5, 1))).toBe('1 decimal, 3 bits');
    expect(describeMapping(fitNumbers(0.25, 1))).toBe('2 decimals, 7 bits');
    expect(describeMapping(fitNumbers(null))).toBe('all missing, 0 bits');
    expect(describeMapping(fitNumbers(1 / 3, 2 / 3, 1 / 7))).toBe('ratio p/q, 1 + 3 bits');
    expect(describeMapping(fitNumbers(Math.PI / 10))).toBe('float64, 64 bits');
    expect(describeMapping(fit(textColumn('x', ['a'])))).toBe('1 value, 0 bits');
  });
});
