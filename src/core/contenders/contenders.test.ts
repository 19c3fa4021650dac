import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Clusters } from '../condense/clusters.ts';
import { DEFAULT_SETTINGS, type ExperimentSettings } from '../experiment/settings.ts';
import { Workbench } from '../experiment/workbench.ts';
import { SILENT_PULSE } from '../pulse.ts';
import { createGenerator } from '../random.ts';
import { numberColumn, tableOf, textColumn } from '../testing/randomTables.ts';
import { codeOf } from '../testing/codeOf.ts';
import type { ContenderRequest } from './contender.ts';
import { kMeansClusters } from './kMeansClusters.ts';
import { CONTENDER_METAS, CONTENDERS } from './registry.ts';
import { sampleQuotas } from './strata.ts';

const N = 150;
const generator = createGenerator(7);
const below = (n: number): number => (generator.next() >>> 0) % n;
const TABLE = tableOf(
  numberColumn(
    'a',
    Array.from({ length: N }, () => below(64)),
  ),
  numberColumn(
    'b',
    Array.from({ length: N }, () => below(1000) / 7),
  ),
  textColumn(
    'kind',
    Array.from({ length: N }, (_, i) => (i % 50 === 0 ? 'rare' : i % 3 === 0 ? 'some' : 'most')),
  ),
  numberColumn(
    'y',
    Array.from({ length: N }, () => below(100)),
  ),
);

async function requestOf(change: Partial<ExperimentSettings>, beta: number): Promise<ContenderRequest> {
  const bench = new Workbench(TABLE);
  const settings = { ...DEFAULT_SETTINGS, target: 'y', ...change };
  const samples = (await bench.condensedCounts(settings))[beta];
  return {
    bench,
    settings,
    design: await bench.design(settings),
    samples,
    beta,
    seed: 5,
    pulse: SILENT_PULSE,
  };
}

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);

describe('contenders', () => {
  it('are listed with what they say of themselves', () => {
    expect(CONTENDER_METAS.all).toEqual(CONTENDERS.all.map(({ meta }) => meta));
    expect(() => CONTENDERS.byName('oracle')).toThrow('There is no contender "oracle"');
  });

  it('stand for all records: weights sum to their number, in no more samples than asked for', async () => {
    for (const target of ['y', 'kind']) {
      for (const beta of [0, 3, 6]) {
        const request = await requestOf({ target }, beta);
        for (const { meta, make } of CONTENDERS.all) {
          if (!meta.tasks.includes(request.design.task)) continue;
          const { rows, width, outputs, x, y, weights } = await make(request);
          expect(sum(weights), `${meta.name} ${beta}`).toBeCloseTo(request.design.train.rows, 8);
          expect([x.length, y.length, weights.length]).toEqual([rows * width, rows * outputs, rows]);
          expect(x.every(Number.isFinite) && y.every(Number.isFinite)).toBe(true);
          if (meta.name !== 'full') expect(rows).toBeLessThanOrEqual(request.samples);
        }
      }
    }
  });

  it('are the same for the same seed, and where chance decides others for another', async () => {
    const request = await requestOf({ target: 'kind' }, 5);
    for (const { meta, make } of CONTENDERS.all) {
      const first = await make(request);
      expect(await make(request), meta.name).toEqual(first);
      const other = await make({ ...request, seed: 6 });
      if (meta.isDrawn) expect(other, meta.name).not.toEqual(first);
      else expect(other, meta.name).toEqual(first);
    }
  });

  it('draw a smaller random sample out of a larger one of the same seed', async () => {
    const request = await requestOf({}, 5);
    const { make } = CONTENDERS.byName('random');
    const few = await make({ ...request, samples: 10 });
    const more = await make({ ...request, samples: 25 });
    expect([...more.x.subarray(0, few.x.length)]).toEqual([...few.x]);
    expect(few.weights[0]).toBeCloseTo(request.design.train.rows / 10);
  });

  it('never draw a record twice', async () => {
    const request = await requestOf({ target: 'kind' }, 5);
    for (const name of ['random', 'stratified']) {
      const all = await CONTENDERS.byName(name).make({ ...request, samples: request.design.train.rows });
      const rowsOf = (x: Float64Array): string[] =>
        Array.from({ length: all.rows }, (_, i) => x.slice(i * all.width, (i + 1) * all.width).join()).sort();
      expect(rowsOf(all.x)).toEqual(rowsOf(request.design.train.x));
      expect(all.weights.every((weight) => Math.abs(weight - 1) < 1e-12)).toBe(true);
    }
  });

  it('say which they do not know', async () => {
    expect(await codeOf(Promise.resolve().then(() => CONTENDERS.byName('oracle')))).toBe('CONTENDER_UNKNOWN');
  });
});

describe('a stratified sample', () => {
  it('gives classes their shares by largest remainder, and one at least to each', () => {
    // Shares of 10: 6.0, 3.0, 0.9, 0.1 → 6, 3, 1, 0; the last gets one of the first.
    expect([...sampleQuotas(Uint32Array.of(60, 30, 9, 1), 10)]).toEqual([5, 3, 1, 1]);
    // Shares of 7 are 4.2, 2.1, 0.63, 0.07 → 4, 2, 1, 0.
    expect([...sampleQuotas(Uint32Array.of(60, 30, 9, 1), 7)]).toEqual([3, 2, 1, 1]);
    expect([...sampleQuotas(Uint32Array.of(60, 30, 9, 1), 4)]).toEqual([1, 1, 1, 1]);
    // Three samples cannot hold four classes: 1.8, 0.9, 0.27, 0.03.
    expect([...sampleQuotas(Uint32Array.of(60, 30, 9, 1), 3)]).toEqual([2, 1, 0, 0]);
    expect([...sampleQuotas(Uint32Array.of(5, 0, 5), 2)]).toEqual([1, 0, 1]);
  });

  it('weighs each class so that it keeps its number of records', async () => {
    const request = await requestOf({ target: 'kind' }, 4);
    const { train } = request.design;
    const { rows, outputs, y, weights } = await CONTENDERS.byName('stratified').make(request);
    for (let k = 0; k < outputs; k++) {
      let records = 0;
      for (let i = 0; i < train.rows; i++) records += train.y[i * outputs + k];
      let weight = 0;
      for (let i = 0; i < rows; i++) weight += weights[i] * y[i * outputs + k];
      expect(weight).toBeCloseTo(records, 8);
    }
  });
});

/** Rows with a bias in front. */
function matrix(points: readonly number[][]) {
  const x = Float64Array.from(points.flatMap((point) => [1, ...point]));
  return { rows: points.length, width: points[0].length + 1, x };
}

/** Summed squared distances from the means of the clusters. */
function inertia(points: readonly number[][], ids: ArrayLike<number>): number {
  const groups = new Map<number, number[][]>();
  points.forEach((point, i) => groups.set(ids[i], [...(groups.get(ids[i]) ?? []), point]));
  let total = 0;
  for (const group of groups.values()) {
    for (let j = 0; j < group[0].length; j++) {
      const mean = group.reduce((all, point) => all + point[j], 0) / group.length;
      for (const point of group) total += (point[j] - mean) ** 2;
    }
  }
  return total;
}

/** The least inertia of all ways to put the points into at most k clusters. */
function leastInertia(points: readonly number[][], k: number): number {
  let least = Infinity;
  const ids = new Array<number>(points.length).fill(0);
  const place = (i: number, used: number): void => {
    if (i === points.length) least = Math.min(least, inertia(points, ids));
    else
      for (let c = 0; c < Math.min(k, used + 1); c++) {
        ids[i] = c;
        place(i + 1, Math.max(used, c + 1));
      }
  };
  place(0, 0);
  return least;
}

const clustersOf = (points: readonly number[][], k: number, seed: number): Promise<Clusters> =>
  kMeansClusters(matrix(points), k, createGenerator(seed));

describe('k-means', () => {
  it('finds the best of all clusters of a few points by the best of some starts', async () => {
    const sets = fc.array(fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 2, maxLength: 2 }), {
      minLength: 3,
      maxLength: 7,
    });
    await fc.assert(
      fc.asyncProperty(sets, fc.integer({ min: 1, max: 3 }), async (points, k) => {
        const least = leastInertia(points, k);
        let best = Infinity;
        for (let seed = 1; seed <= 40; seed++) {
          const { ids, count } = await clustersOf(points, k, seed);
          expect(count).toBeLessThanOrEqual(k);
          best = Math.min(best, inertia(points, ids));
        }
        expect(best).toBeCloseTo(least, 6);
      }),
      // No law: there are rare points of which every start ends in a place that is best only nearby.
      { numRuns: 25, seed: 1 },
    );
  });

  it('separates what is well separated from any start', async () => {
    const near = (x: number, y: number): number[][] =>
      Array.from({ length: 30 }, () => [x + below(100) / 100, y + below(100) / 100]);
    const points = [...near(0, 0), ...near(50, 0), ...near(0, 50), ...near(50, 50), ...near(99, 99)];
    for (let seed = 1; seed <= 10; seed++) {
      const { ids, count } = await clustersOf(points, 5, seed);
      expect(count).toBe(5);
      expect([...ids]).toEqual(points.map((_, i) => Math.floor(i / 30)));
    }
  });

  it('spares distances without changing anything: every point is with its nearest mean', async () => {
    const points = Array.from({ length: 200 }, () => [below(1000) / 300, below(1000) / 300, below(7)]);
    const { ids, count } = await clustersOf(points, 12, 3);
    const means = Array.from({ length: count }, (_, c) => {
      const own = points.filter((_point, i) => ids[i] === c);
      return [0, 1, 2].map((j) => own.reduce((all, point) => all + point[j], 0) / own.length);
    });
    const distance = (a: number[], b: number[]): number => a.reduce((all, v, j) => all + (v - b[j]) ** 2, 0);
    points.forEach((point, i) => {
      const least = Math.min(...means.map((mean) => distance(point, mean)));
      expect(distance(point, means[ids[i]])).toBeLessThan(least + 0.05);
    });
  });

  it('makes no more clusters than there are different points', async () => {
    const { ids, count } = await clustersOf([[1], [2], [1], [2], [1]], 4, 1);
    expect(count).toBe(2);
    expect([...ids]).toEqual([0, 1, 0, 1, 0]);
  });
});
