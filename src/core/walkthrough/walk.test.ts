import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, type ExperimentSettings } from '../experiment/settings.ts';
import { Workbench } from '../experiment/workbench.ts';
import { numberColumn, tableOf, textColumn } from '../testing/randomTables.ts';
import { createGenerator } from '../random.ts';
import { walk, type Walk } from './walk.ts';

/** Twelve readings of a machine that idles, runs at half speed, or at full speed. */
const READINGS = [
  [3, 21, 13],
  [33, 37, 44],
  [3, 20, 13],
  [0, 21, 10],
  [63, 52, 59],
  [3, 23, 13],
  [32, 39, 42],
  [0, 22, 10],
  [62, 55, 58],
  [1, 20, 12],
  [32, 38, 45],
  [2, 22, 11],
];
const NAMES = ['speed', 'temperature', 'power'];
/** The readings twice, the second time as test records: nothing can be learned without any. */
const toy = tableOf(
  ...NAMES.map((name, c) =>
    numberColumn(
      name,
      [...READINGS, ...READINGS].map((row) => row[c]),
    ),
  ),
);
const settings = (change: Partial<ExperimentSettings> = {}): ExperimentSettings => ({
  ...DEFAULT_SETTINGS,
  ...{ target: 'power', beta: 5, tau: 3 },
  ...change,
});

/** Records shown whose bits at some cells are alike, as lists of places. */
function alike({ bits, shown, ones }: Walk, cells: readonly number[]): number[][] {
  const groups = new Map<string, number[]>();
  shown.forEach((_, k) => {
    const key = cells.map((cell) => bits[k * ones.length + cell]).join('');
    groups.set(key, [...(groups.get(key) ?? []), k]);
  });
  return [...groups.values()];
}

const byId = (ids: ArrayLike<number>): number[][] => {
  const groups = new Map<number, number[]>();
  Array.from(ids, (id, k) => groups.set(id, [...(groups.get(id) ?? []), k]));
  return [...groups.values()];
};

describe('the walk through a small table', () => {
  it('goes through Algorithm 1 as worked out by hand', async () => {
    const made = await walk(new Workbench(toy, 12), settings(), 12);
    expect(made).toMatchObject({ records: 12, recordBits: 18 });
    expect([...made.shown]).toEqual(READINGS.map((_, k) => k));
    expect(made.values[0]).toEqual(READINGS.map(([speed]) => String(speed)));
    // From the least temperature, 20.
    expect([...(made.codes[1] ?? [])].slice(0, 3)).toEqual([1, 17, 0]);
    expect([...made.bits.slice(0, 18)].join('')).toBe('000011' + '000001' + '000011');
    const { search } = made;
    // 12 × 14 bits beside four constant ones; five bits that two records have; then those of three and of five.
    expect([...(search?.trueBits ?? [])]).toEqual([
      168, 170, 160, 150, 140, 130, 138, 129, 120, 120, 164, 194,
    ]);
    expect(search).toMatchObject({ chosen: 8, stop: 'plateau', constantBits: 4, tau: 3, objective: 'true' });
    expect([...(search?.baseCounts ?? [])]).toEqual([1, 2, 2, 2, 2, 2, 3, 3, 3, 4, 8, 10]);
    expect(byId(search?.ids ?? [])).toEqual([
      [0, 2, 3, 5, 7, 9, 11],
      [1, 6, 10],
      [4, 8],
    ]);
    expect([...(search?.shared ?? [])].slice(0, 5)).toEqual([7, 3, 7, 7, 2]);
    // Equation 1 charges the constant bits once per base.
    search?.trueBits.forEach((size, k) =>
      expect(search.equation1Bits[k]).toBe(size + 4 * search.baseCounts[k]),
    );
  });

  it('groups by the bits that it shows, at every number of bits', async () => {
    const made = await walk(new Workbench(toy, 12), settings(), 12);
    const { search, clusters } = made;
    if (search === null || clusters === null) throw new Error('There is something to learn.');
    const base = [...search.inBase].flatMap((flag, position) => (flag === 1 ? [position] : []));
    expect(alike(made, base)).toEqual(byId(search.ids));
    search.baseCounts.forEach((count, k) => {
      const constant = [...search.inBase.keys()].filter((p) => made.ones[p] === 0 || made.ones[p] === 12);
      expect(alike(made, [...constant, ...search.added.slice(0, k)])).toHaveLength(count);
    });
    clusters.counts.forEach((count, k) =>
      expect(alike(made, [...clusters.order.slice(0, k)])).toHaveLength(count),
    );
    expect(byId(clusters.samples.of)).toEqual(alike(made, [...clusters.order.slice(0, clusters.beta)]));
  });

  it('has means of the members, weighted by their number', async () => {
    const { clusters } = await walk(new Workbench(toy, 12), settings(), 12);
    if (clusters === null) throw new Error('There is something to learn.');
    const { names, targets, means, weights, of, values } = clusters.samples;
    expect([names, targets]).toEqual([NAMES, 1]);
    expect(weights).toHaveLength(6);
    expect([...values[2]]).toEqual(READINGS.map(([, , power]) => power));
    weights.forEach((weight, sample) => {
      const members = [...of.keys()].filter((k) => of[k] === sample);
      expect(members).toHaveLength(weight);
      names.forEach((_, c) => {
        const sum = members.reduce((total, k) => total + READINGS[k][c], 0);
        expect(means[c][sample]).toBeCloseTo(sum / weight, 12);
      });
    });
  });

  it('follows β and τ to their ends', async () => {
    const bench = new Workbench(toy, 12);
    const at = (change: Partial<ExperimentSettings>) => walk(bench, settings(change), 12);
    expect((await at({ tau: 1 })).search).toMatchObject({ chosen: 0, stop: 'plateau' });
    expect((await at({ tau: 1 })).search?.ids.every((id) => id === 0)).toBe(true);
    expect((await at({ tau: 500 })).search?.stop).toBe('all-distinct');
    expect((await at({ beta: 0 })).clusters?.samples.weights).toEqual(Float64Array.of(12));
    const most = (await at({ beta: 300 })).clusters;
    expect(most?.beta).toBe(10);
    expect(most?.samples.weights).toHaveLength(12);
  });
});

describe('the walk through whatever table', () => {
  it('shows a few records of the most shared bases, and counts all', async () => {
    const generator = createGenerator(3);
    const draw = (n: number): number => (generator.next() >>> 0) % n;
    // Four states, whose bits go together, and a column of noise.
    const states = Array.from({ length: 400 }, () => draw(4));
    const table = tableOf(
      numberColumn(
        'a',
        states.map((state) => state * 1_000),
      ),
      numberColumn(
        'b',
        states.map(() => draw(200) / 4),
      ),
      textColumn(
        'c',
        states.map((state) => 'wxyz'[state]),
      ),
    );
    const bench = new Workbench(table);
    const made = await walk(bench, settings({ target: 'b', beta: 3, tau: 64 }), 12);
    expect(made.records).toBe(320);
    expect(made.shown).toHaveLength(12);
    const { train } = (await bench.prepare(settings({ target: 'b' }))).split;
    for (const row of made.shown) expect(train).toContain(row);
    // Half of them have the two most shared bases, and of the others two each are of a cluster.
    expect(new Set(made.search?.ids).size).toBeGreaterThan(1);
    expect(made.shownBy).toEqual({ sharing: 6, pairs: 3 });
    const counts = byId(made.search?.ids ?? []).map(({ length }) => length);
    expect(counts.filter((count) => count >= 3).length).toBeGreaterThanOrEqual(2);
    expect(made.clusters?.samples.of.every((sample) => sample >= 0)).toBe(true);
    const others = await walk(bench, settings({ target: 'b', beta: 6, tau: 64 }), 12);
    expect(others.shown).toEqual(made.shown);
  });

  it('draws the samples along the feature that goes with the target most closely', async () => {
    const values = Array.from({ length: 60 }, (_, k) => k);
    const table = tableOf(
      numberColumn(
        'noise',
        values.map((k) => ((k * 37) % 61) * 1_000),
      ),
      numberColumn(
        'near',
        values.map((k) => 3 * k + (k % 5)),
      ),
      textColumn(
        'kind',
        values.map((k) => 'pq'[k % 2]),
      ),
      numberColumn('b', values),
    );
    const { clusters } = await walk(new Workbench(table), settings({ target: 'b', beta: 4 }), 12);
    const { names, strongest } = clusters?.samples ?? { names: [], strongest: -1 };
    expect(names[strongest]).toBe('near');
    const texts = await walk(
      new Workbench(tableOf(table.columns[2], table.columns[3])),
      settings({ target: 'b', beta: 1 }),
      12,
    );
    expect(texts.clusters?.samples).toMatchObject({ names: ['kind = p', 'kind = q', 'b'], strongest: 0 });
  });

  it('has no clusters where there is nothing to learn, and is still taken apart', async () => {
    const constant = tableOf(numberColumn('a', [1, 1, 1]), numberColumn('b', [2, 2, 2]));
    const made = await walk(new Workbench(constant, 0), settings({ target: 'b' }), 12);
    expect(made).toMatchObject({ recordBits: 0, clusters: null });
    expect([...(made.search?.trueBits ?? [])]).toEqual([0]);
    const one = tableOf(numberColumn('a', [5]), numberColumn('b', [7]));
    expect((await walk(new Workbench(one, 0), settings({ target: 'b' }), 12)).clusters).toBeNull();
    const text = tableOf(textColumn('a', ['p', 'q', 'r']), numberColumn('b', [1, Infinity, 3]));
    expect((await walk(new Workbench(text, 0), settings({ target: null }), 12)).clusters).toBeNull();
  });
});
