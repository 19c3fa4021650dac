import fc from 'fast-check';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { describe, expect, it } from 'vitest';
import { LabError } from '../../errors.ts';
import { SILENT_PULSE } from '../../pulse.ts';
import { createGenerator } from '../../random.ts';
import { codeOf } from '../../testing/codeOf.ts';
import type { Watch } from '../watch.ts';
import { locateFacilities, type Points } from './facilityLocation.ts';

const watch: Watch = {
  pulse: SILENT_PULSE,
  progress: (done) => ({ phase: 'picking', done, total: null, unit: 'points' }),
};

/** Points of one row each. */
function pointsOf(rows: number[][]): Points {
  return { values: Float64Array.from(rows.flat()), count: rows.length, columns: rows[0].length };
}

/** The whole matrix of distances, and its maximum. */
function stored(rows: number[][]) {
  const distances = rows.map((a) =>
    rows.map((b) => Math.sqrt(a.reduce((sum, value, c) => sum + (value - b[c]) ** 2, 0))),
  );
  return { distances, longest: Math.max(...distances.flat()) };
}

/** F of places, by its definition. */
function coverage({ distances, longest }: ReturnType<typeof stored>, places: number[]): number {
  return distances.reduce((sum, row) => sum + Math.max(...places.map((j) => longest - row[j])), 0);
}

/** Every gain computed anew for every pick, from the stored matrix. */
function naive({ distances, longest }: ReturnType<typeof stored>, most: number): number[] {
  const nearest = distances.map(() => longest);
  const picked: number[] = [];
  while (picked.length < Math.min(most, distances.length)) {
    let [best, greatest] = [-1, 0];
    distances.forEach((_, j) => {
      if (picked.includes(j)) return;
      const gain = nearest.reduce((sum, u, i) => sum + Math.max(0, u - distances[i][j]), 0);
      if (best < 0 || gain > greatest) [best, greatest] = [j, gain];
    });
    if (picked.length > 0 && greatest === 0) break;
    picked.push(best);
    nearest.forEach((u, i) => (nearest[i] = Math.min(u, distances[i][best])));
  }
  return picked;
}

/** The most that F can be of so many of n places. */
function best(matrix: ReturnType<typeof stored>, places: number, from = 0, chosen: number[] = []): number {
  if (chosen.length === places) return coverage(matrix, chosen);
  let most = 0;
  for (let j = from; j < matrix.distances.length; j++) {
    most = Math.max(most, best(matrix, places, j + 1, [...chosen, j]));
  }
  return most;
}

describe('seven points on a line', () => {
  const line = pointsOf([0, 1, 2, 10, 11, 12, 30].map((x) => [x]));

  it.each([
    { most: 1, picked: [3], weights: [7], gains: [160] },
    { most: 2, picked: [3, 1], weights: [4, 3], gains: [160, 25] },
    { most: 3, picked: [3, 1, 6], weights: [3, 3, 1], gains: [160, 25, 20] },
  ])('of which $most are picked', async ({ most, picked, weights, gains }) => {
    const located = await locateFacilities(line, most, watch);
    expect([...located.picked]).toEqual(picked);
    expect([...located.weights]).toEqual(weights);
    expect([...located.gains]).toEqual(gains);
  });
});

/** Whole numbers, so that sums are exact: some coincide, and many gains are equal. */
const onLine = fc.array(
  fc.integer({ min: 0, max: 20 }).map((x) => [x]),
  { minLength: 1, maxLength: 40 },
);
/** Three numbers each, no two gains equal. */
const anywhere = fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 0 })).map(([count, seed]) => {
  const generator = createGenerator(seed);
  return Array.from({ length: count }, () => [0, 1, 2].map(() => uniformFloat64(generator)));
});

describe('the picks', () => {
  it('reach 1 − 1/e of the most that F can be', async () => {
    const few = fc.array(
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 2, maxLength: 2 }),
      {
        minLength: 1,
        maxLength: 10,
      },
    );
    await fc.assert(
      fc.asyncProperty(few, fc.integer({ min: 1, max: 3 }), async (rows, wanted) => {
        const most = Math.min(wanted, rows.length);
        const { picked, gains } = await locateFacilities(pointsOf(rows), most, watch);
        const matrix = stored(rows);
        const reached = coverage(matrix, [...picked]);
        expect(reached).toBeGreaterThanOrEqual((1 - Math.exp(-1)) * best(matrix, most) - 1e-9);
        expect(gains.reduce((sum, gain) => sum + gain, 0)).toBeCloseTo(reached, 9);
      }),
      { numRuns: 60 },
    );
  });

  it('are those of naive greedy over a stored matrix', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(onLine, anywhere), fc.integer({ min: 1, max: 40 }), async (rows, most) => {
        const { picked } = await locateFacilities(pointsOf(rows), most, watch);
        expect([...picked]).toEqual(naive(stored(rows), most));
      }),
      { numRuns: 200 },
    );
  });

  it('add less and less, and every point weighs for its nearest, the earlier one among equals', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(onLine, anywhere), fc.integer({ min: 1, max: 40 }), async (rows, most) => {
        const { picked, weights, gains } = await locateFacilities(pointsOf(rows), most, watch);
        gains.forEach((gain, k) => k > 0 && expect(gain).toBeLessThanOrEqual(gains[k - 1]));
        const { distances } = stored(rows);
        const counted = new Map<number, number>([...picked].map((j) => [j, 0]));
        for (const row of distances) {
          const [nearest] = [...picked].sort((a, b) => row[a] - row[b] || a - b);
          counted.set(nearest, counted.get(nearest)! + 1);
        }
        expect([...weights]).toEqual([...counted.values()]);
      }),
      { numRuns: 200 },
    );
  });

  it('are fewer where every point lies on a picked one', async () => {
    const { picked, weights } = await locateFacilities(pointsOf([[1], [1], [5], [1], [5]]), 4, watch);
    expect([...picked]).toEqual([0, 2]);
    expect([...weights]).toEqual([3, 2]);
    const alike = await locateFacilities(pointsOf([[0], [0], [0]]), 2, watch);
    expect([[...alike.picked], [...alike.weights]]).toEqual([[0], [3]]);
  });

  it('of thousands of points that coincide take no longer than of others', async () => {
    const rows = Array.from({ length: 2_000 }, (_, i) => [i % 20 === 0 ? Math.sin(i) : 0]);
    let asked = 0;
    const pulse = { ...SILENT_PULSE, due: () => ++asked < 0 };
    const { picked } = await locateFacilities(pointsOf(rows), 200, { ...watch, pulse });
    expect(picked.length).toBe(100);
    // A row of sums each, a gain of each, and few of them again for every pick.
    expect(asked).toBeLessThan(20_000);
  });

  it('can be cancelled between two', async () => {
    const told: number[] = [];
    const pulse = {
      due: () => true,
      beat: ({ done }: { done: number }) => {
        told.push(done);
        return done < 3 ? Promise.resolve() : Promise.reject(new LabError('CANCELLED', 'By a test.'));
      },
    };
    const rows = Array.from({ length: 20 }, (_, i) => [i ** 2]);
    expect(await codeOf(locateFacilities(pointsOf(rows), 10, { ...watch, pulse }))).toBe('CANCELLED');
    expect(Math.max(...told)).toBe(3);
  });
});
