import fc from 'fast-check';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { describe, expect, it } from 'vitest';
import { LabError } from '../../errors.ts';
import { SILENT_PULSE } from '../../pulse.ts';
import { createGenerator } from '../../random.ts';
import { codeOf } from '../../testing/codeOf.ts';
import type { Watch } from '../watch.ts';
import { binSizes, cutIntoBins, type UnitRows } from './graphCut.ts';

const watch: Watch = {
  pulse: SILENT_PULSE,
  progress: (done) => ({ phase: 'dividing', done, total: null, unit: 'pictures' }),
};

/** Rows of numbers, made unit ones. */
function unitRows(rows: number[][]): UnitRows {
  const values = rows.flatMap((row) => {
    const length = Math.hypot(...row);
    return row.map((value) => (length > 0 ? value / length : 0));
  });
  return { values: Float32Array.from(values), count: rows.length, columns: rows[0].length };
}

/** ½ + ½ cos of every two rows. */
function similarities({ values, count, columns }: UnitRows): number[][] {
  const row = (i: number) => [...values.subarray(i * columns, (i + 1) * columns)];
  return Array.from({ length: count }, (_, i) =>
    Array.from({ length: count }, (__, j) => {
      const other = row(j);
      return 0.5 + 0.5 * row(i).reduce((sum, value, c) => sum + value * other[c], 0);
    }),
  );
}

describe('graph cut', () => {
  const degrees = [0, 10, 25, 80, 93, 170];
  const onCircle = unitRows(
    degrees.map((angle) => [Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)]),
  );

  it('divides six directions into three bins', async () => {
    const { bins, gains } = await cutIntoBins(onCircle, 3, watch);
    expect(bins.map((bin) => [...bin])).toEqual([
      [3, 2],
      [4, 0],
      [1, 5],
    ]);
    [4.5318, 2.9271, 2.6472, 1.5262].forEach((gain, k) => expect(gains[k]).toBeCloseTo(gain, 4));
  });

  it('makes bins of sizes that differ by at most one, and that are a partition', async () => {
    expect(binSizes(23, 5)).toEqual([4, 5, 4, 5, 5]);
    expect(binSizes(1, 3)).toEqual([0, 0, 1]);
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 20 }),
        async (count, parts) => {
          const rows = unitRows(Array.from({ length: count }, (_, i) => [Math.sin(i), Math.cos(3 * i), 1]));
          const { bins } = await cutIntoBins(rows, parts, watch);
          const sizes = bins.map((bin) => bin.length);
          expect(sizes).toEqual(binSizes(count, parts));
          expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
          expect(bins.flatMap((bin) => [...bin]).sort((a, b) => a - b)).toEqual([...Array(count).keys()]);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('takes the greatest gain by the double sum, whatever the rows', async () => {
    // Numbers around 0, beside 0 and up, as those of networks are; some rows of zeros, some that coincide.
    const rowsOf = fc.record({
      seed: fc.integer({ min: 0 }),
      count: fc.integer({ min: 1, max: 60 }),
      columns: fc.integer({ min: 1, max: 12 }),
      low: fc.constantFrom(-1, 0, 0.5),
    });
    await fc.assert(
      fc.asyncProperty(
        rowsOf,
        fc.integer({ min: 1, max: 6 }),
        async ({ seed, count, columns, low }, parts) => {
          const generator = createGenerator(seed);
          const one = () => low + (1 - low) * uniformFloat64(generator);
          const given: number[][] = [];
          for (let i = 0; i < count; i++) {
            if (i % 11 === 10) given.push(Array<number>(columns).fill(0));
            else if (i % 7 === 6) given.push(given[i - 3]);
            else given.push(Array.from({ length: columns }, one));
          }
          const rows = unitRows(given);
          const s = similarities(rows);
          const { bins, gains } = await cutIntoBins(rows, parts, watch);
          const left = new Set(Array(count).keys());
          let joined = 0;
          for (const bin of bins.slice(0, -1)) {
            const atFirst = [...left];
            const inBin: number[] = [];
            for (const row of bin) {
              const gainOf = (x: number) =>
                atFirst.reduce((sum, p) => sum + s[x][p], 0) - 2 * inBin.reduce((sum, p) => sum + s[x][p], 0);
              const greatest = Math.max(...[...left].map(gainOf));
              expect(gainOf(row)).toBeGreaterThan(greatest - 1e-9);
              expect(Math.abs(gains[joined++] - gainOf(row))).toBeLessThan(1e-9);
              left.delete(row);
              inBin.push(row);
            }
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('takes the earlier one among equals', async () => {
    const alike = unitRows(Array.from({ length: 6 }, () => [3, 4]));
    const { bins } = await cutIntoBins(alike, 2, watch);
    expect(bins.map((bin) => [...bin])).toEqual([
      [0, 1, 2],
      [3, 4, 5],
    ]);
    const nothing = unitRows(Array.from({ length: 5 }, () => [0, 0]));
    const { bins: ofNothing, gains } = await cutIntoBins(nothing, 5, watch);
    expect(ofNothing.map((bin) => [...bin])).toEqual([[0], [1], [2], [3], [4]]);
    // Half of all that are left.
    expect([...gains]).toEqual([2.5, 2, 1.5, 1]);
  });

  it('can be cancelled between two picks', async () => {
    const told: number[] = [];
    const pulse = {
      due: () => true,
      beat: ({ done }: { done: number }) => {
        told.push(done);
        return done < 2 ? Promise.resolve() : Promise.reject(new LabError('CANCELLED', 'By a test.'));
      },
    };
    expect(await codeOf(cutIntoBins(onCircle, 2, { ...watch, pulse }))).toBe('CANCELLED');
    expect(told).toEqual([1, 2]);
  });
});
