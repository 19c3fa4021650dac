import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SILENT_PULSE } from '../pulse.ts';
import type { Column } from '../table/table.ts';
import { numberColumn, randomTable, tableOf, textColumn } from '../testing/randomTables.ts';
import { placesOf } from './axisColumns.ts';
import { scatterCloud, type AxisChoice } from './scatterCloud.ts';
import { scatterSamples } from './scatterSamples.ts';
import { DEFAULT_SETTINGS, type ExperimentSettings } from './settings.ts';
import { Workbench } from './workbench.ts';

const KINDS = ['decimal', 'whole', 'ratio', 'float32', 'category'] as const;
const recipe = fc.record({
  seed: fc.nat(),
  rows: fc.integer({ min: 20, max: 120 }),
  columns: fc.array(fc.record({ kind: fc.constantFrom(...KINDS), missing: fc.boolean() }), {
    minLength: 2,
    maxLength: 3,
  }),
});

/** A bench of a random table with a target behind its columns, some of which are features. */
function benchOf(table: ReturnType<typeof randomTable>): { bench: Workbench; columns: Column[] } {
  const target = numberColumn(
    'target',
    Array.from({ length: table.rows }, (_, i) => (i * 37) % 101),
  );
  const columns = [...table.columns, target];
  return { bench: new Workbench({ rows: table.rows, columns }), columns };
}

/** Between which two cuts a place lies, counted from the first; null where it lies on one but for rounding. */
function cellOf(cuts: Float64Array, place: number, range: number): number | null {
  let cell = 0;
  for (const cut of cuts) {
    if (Math.abs(cut - place) <= 1e-9 * range) return null;
    if (cut < place) cell++;
  }
  return cell;
}

function rangeOf(places: Float64Array): number {
  const known = places.filter((place) => !Number.isNaN(place));
  return Math.max(...known) - Math.min(...known);
}

describe('the cells that are drawn', () => {
  it('are the clusters, where the two columns are all features', async () => {
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(recipe, fc.integer({ min: 1, max: 12 }), async (one, beta) => {
        const { bench, columns } = benchOf(randomTable(one));
        const [x, y] = columns.map(({ name }) => name);
        const settings: ExperimentSettings = {
          ...DEFAULT_SETTINGS,
          ...{ target: 'target', features: [x, y], beta },
        };
        const samples = await scatterSamples(bench, settings, { x, y }).catch(() => null);
        if (samples === null || samples.cuts.x.at === null || samples.cuts.y.at === null) return;
        const { split } = await bench.prepare(settings);
        const used = await bench.usedRecords(settings);
        const rows = used.map((k) => split.train[k]);
        const { clusters } = await bench.clustering(settings);
        const places = [placesOf(columns[0], rows), placesOf(columns[1], rows)];
        // A table that cannot be learned from is condensed with its gaps.
        if (places.some((along) => along.some(Number.isNaN))) return;
        const cuts = [samples.cuts.x.at, samples.cuts.y.at];
        const cells = Array.from(rows, (_, k) =>
          places.map((along, axis) => cellOf(cuts[axis], along[k], rangeOf(along))),
        );
        if (cells.some((cell) => cell.includes(null))) return;
        compared++;
        const clusterOf = new Map<string, number>();
        const cellOfCluster = new Map<number, string>();
        cells.forEach((cell, k) => {
          const key = cell.join();
          const id = clusters.ids[k];
          expect(clusterOf.get(key) ?? id).toBe(id);
          expect(cellOfCluster.get(id) ?? key).toBe(key);
          clusterOf.set(key, id);
          cellOfCluster.set(id, key);
        });
      }),
      { numRuns: 60 },
    );
    expect(compared).toBeGreaterThan(10);
  });

  it('hold the members of every cluster, whatever other columns divide the records too', async () => {
    await fc.assert(
      fc.asyncProperty(recipe, fc.integer({ min: 1, max: 30 }), async (one, beta) => {
        const { bench, columns } = benchOf(randomTable(one));
        const settings: ExperimentSettings = { ...DEFAULT_SETTINGS, target: 'target', beta };
        const [x, y] = [columns[0].name, 'target'];
        const samples = await scatterSamples(bench, settings, { x, y }).catch(() => null);
        if (samples === null || samples.cuts.x.at === null) return;
        // The target's bits are no analytics bits.
        expect(samples.cuts.y).toEqual({ bits: 0, at: new Float64Array(0) });
        const { split } = await bench.prepare(settings);
        const rows = (await bench.usedRecords(settings)).map((k) => split.train[k]);
        const { clusters } = await bench.clustering(settings);
        const places = placesOf(columns[0], rows);
        const cellOfCluster = new Map<number, number>();
        for (let k = 0; k < rows.length; k++) {
          if (Number.isNaN(places[k])) continue;
          const cell = cellOf(samples.cuts.x.at, places[k], rangeOf(places));
          if (cell === null) return;
          expect(cellOfCluster.get(clusters.ids[k]) ?? cell).toBe(cell);
          cellOfCluster.set(clusters.ids[k], cell);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('are too many to be drawn where a column is cut finely, and none where it is not cut', async () => {
    const cells = Array.from({ length: 4_000 }, (_, i) => (i * 7919) % 4_001);
    const bench = new Workbench(
      tableOf(
        numberColumn('x', cells),
        numberColumn(
          'y',
          cells.map((cell) => cell % 17),
        ),
      ),
    );
    const settings: ExperimentSettings = { ...DEFAULT_SETTINGS, target: 'y', features: ['x'] };
    const cutsOf = async (beta: number) =>
      (await scatterSamples(bench, { ...settings, beta }, { x: 'x', y: 'y' }))?.cuts.x;
    expect(await cutsOf(2)).toEqual({ bits: 2, at: Float64Array.of(1023.5, 2047.5, 3071.5) });
    expect((await cutsOf(7))?.at?.length).toBeGreaterThan(100);
    expect(await cutsOf(8)).toEqual({ bits: 8, at: null });
  });

  it('of bases are those of the stored code', async () => {
    const cells = Array.from({ length: 400 }, (_, i) => i % 8);
    const bench = new Workbench(
      tableOf(
        numberColumn('x', cells),
        numberColumn(
          'y',
          cells.map((cell, i) => cell + (i % 3)),
        ),
      ),
    );
    const settings: ExperimentSettings = { ...DEFAULT_SETTINGS, target: 'y', condenser: 'bases-mean' };
    const { order } = (await bench.analytics(settings))!;
    const samples = await scatterSamples(bench, { ...settings, beta: order.length }, { x: 'x', y: 'y' });
    // Every bit of x is in the base.
    expect(samples?.cuts.x).toEqual({ bits: 3, at: Float64Array.of(0.5, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5) });
  });
});

describe('the samples that are drawn', () => {
  it('are the means of their members, the heaviest first, and stand for all records', async () => {
    await fc.assert(
      fc.asyncProperty(recipe, fc.integer({ min: 1, max: 20 }), async (one, beta) => {
        const { bench, columns } = benchOf(randomTable(one));
        const settings: ExperimentSettings = { ...DEFAULT_SETTINGS, target: 'target', missing: 'fill', beta };
        const names = { x: columns[0].name, y: columns[1].name };
        const samples = await scatterSamples(bench, settings, names).catch(() => null);
        if (samples === null) return;
        const { split } = await bench.prepare(settings);
        const rows = (await bench.usedRecords(settings)).map((k) => split.train[k]);
        const { clusters } = await bench.clustering(settings);
        const [x, y] = [placesOf(columns[0], rows), placesOf(columns[1], rows)];
        const meanOf = (along: Float64Array, id: number): number => {
          const own = along.filter((place, k) => clusters.ids[k] === id && !Number.isNaN(place));
          return own.reduce((sum, place) => sum + place, 0) / own.length;
        };
        const expected = Array.from({ length: clusters.count }, (_, id) => ({
          weight: clusters.ids.filter((own) => own === id).length,
          x: meanOf(x, id),
          y: meanOf(y, id),
        })).filter((sample) => !Number.isNaN(sample.x) && !Number.isNaN(sample.y));
        expect(samples).toMatchObject({ count: clusters.count, placed: expected.length, total: rows.length });
        expect([...samples.weights]).toEqual(expected.map(({ weight }) => weight).sort((a, b) => b - a));
        // In the order of their places, since several may be of the same weight.
        const byPlace = (a: readonly number[], b: readonly number[]): number => a[0] - b[0] || a[1] - b[1];
        expect(Array.from(samples.x, (place, k) => [place, samples.y[k]]).sort(byPlace)).toEqual(
          expected.map((sample) => [sample.x, sample.y]).sort(byPlace),
        );
      }),
      { numRuns: 60 },
    );
  });

  it('are bases where the codec makes bases of them', async () => {
    const cells = Array.from({ length: 300 }, (_, i) => (i * 7) % 64);
    const bench = new Workbench(
      tableOf(
        numberColumn('x', cells),
        numberColumn(
          'y',
          cells.map((cell) => 3 * cell),
        ),
      ),
    );
    const settings: ExperimentSettings = {
      ...DEFAULT_SETTINGS,
      ...{ target: 'y', condenser: 'bases-zero', beta: 4 },
    };
    const made = await bench.condensedTable(settings);
    const samples = await scatterSamples(bench, settings, { x: 'x', y: 'y' });
    expect([...samples!.x].sort()).toEqual([...made.columns[0]].sort());
    expect([...samples!.weights].sort()).toEqual([...made.columns[2]].sort());
  });

  it('are none without a target', async () => {
    const bench = new Workbench(
      tableOf(numberColumn('x', [1, 2, 3, 4, 5]), numberColumn('y', [5, 4, 3, 2, 1])),
    );
    expect(await scatterSamples(bench, DEFAULT_SETTINGS, { x: 'x', y: 'y' })).toBeNull();
  });

  it('refuse a column that the table does not have', async () => {
    const bench = new Workbench(
      tableOf(numberColumn('x', [3, 1, 2, 5, 4]), numberColumn('y', [5, 4, 3, 2, 1])),
    );
    const settings: ExperimentSettings = { ...DEFAULT_SETTINGS, target: 'y' };
    await expect(scatterSamples(bench, settings, { x: 'z', y: 'y' })).rejects.toMatchObject({
      code: 'COLUMN_UNKNOWN',
    });
  });
});

describe('the records that are drawn', () => {
  const N = 60;
  const number = (make: (i: number) => number | null) => Array.from({ length: N }, (_, i) => make(i));
  const target = numberColumn(
    'target',
    number((i) => 2 * ((i * 7) % 40)),
  );
  const strong = numberColumn(
    'strong',
    number((i) => (i * 7) % 40),
  );
  const weak = numberColumn(
    'weak',
    number((i) => (i * 31) % 47),
  );
  const kind = textColumn(
    'kind',
    Array.from({ length: N }, (_, i) => ['a', 'b', 'c'][i % 3]),
  );
  const settings: ExperimentSettings = { ...DEFAULT_SETTINGS, target: 'target' };
  const cloudOf = (
    columns: Column[],
    change: Partial<ExperimentSettings> = {},
    choice: AxisChoice = { x: null, y: null },
  ) => scatterCloud(new Workbench(tableOf(...columns)), { ...settings, ...change }, choice, SILENT_PULSE);

  it('stand along the strongest number and the target, each its share of the way', async () => {
    const cloud = await cloudOf([weak, kind, strong, target]);
    expect(cloud.columns[0]).toMatchObject({ name: 'strong', use: 'feature' });
    expect(cloud.columns[0].strength).toBeCloseTo(1, 12);
    expect(cloud.axes).toMatchObject({ x: { column: 'strong' }, y: { column: 'target', named: null } });
    expect(cloud).toMatchObject({ used: 48, placed: 48, trainRows: 48, further: 0 });
    cloud.x.forEach((share, k) => expect(cloud.y[k]).toBeCloseTo(share, 6));
  });

  it('of a category stand about its place, so near that they lie in its cell', async () => {
    const choice = { x: 'kind', y: null };
    const cloud = await cloudOf([weak, kind, strong, target], {}, choice);
    expect(cloud.axes?.x).toMatchObject({ kind: 'category', low: -0.5, high: 2.5 });
    expect(cloud.axes?.x.named?.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
    cloud.x.forEach((share) => expect(Math.abs(((3 * share) % 1) - 0.5)).toBeLessThanOrEqual(0.3001));
  });

  it('of a number with two values stand about both', async () => {
    const answer = numberColumn(
      'answer',
      number((i) => (i % 4 === 0 ? 1 : 0)),
    );
    const cloud = await cloudOf([strong, weak, answer], { target: 'answer' });
    expect(cloud.axes?.y).toMatchObject({
      ...{ column: 'answer', low: -0.5, high: 1.5 },
      named: [
        { at: 0, name: '0' },
        { at: 1, name: '1' },
      ],
    });
  });

  it('leave out what has no place, and say how many', async () => {
    const gappy = numberColumn(
      'gappy',
      number((i) => (i % 5 === 0 ? null : i % 7 === 0 ? Infinity : i)),
    );
    const choice = { x: 'gappy', y: null };
    const cloud = await cloudOf([gappy, strong, target], { features: ['strong'] }, choice);
    expect(cloud.used).toBe(48);
    expect(cloud.placed).toBeLessThan(40);
    expect(cloud.x).toHaveLength(cloud.placed);
    expect(cloud.x.every((share) => share >= 0 && share <= 1)).toBe(true);
  });

  it('name every column that cannot be drawn, with the reason', async () => {
    const cloud = await cloudOf([
      numberColumn(
        'constant',
        number(() => 3),
      ),
      numberColumn(
        'gone',
        number(() => null),
      ),
      numberColumn(
        'endless',
        number((i) => (i % 2 === 0 ? Infinity : NaN)),
      ),
      textColumn(
        'note',
        Array.from({ length: N }, (_, i) => `text ${i} ${'x'.repeat(i)}`),
      ),
      textColumn(
        'same',
        Array.from({ length: N }, () => 'a'),
      ),
      strong,
      target,
    ]);
    expect(cloud.refused.map(({ name }) => name)).toEqual(['constant', 'gone', 'endless', 'same']);
    expect(cloud.columns.map(({ name }) => name)).toContain('note');
    const wide = textColumn(
      'wide',
      Array.from({ length: 100 }, (_, i) => `text ${i}`),
    );
    const y = numberColumn(
      'target',
      Array.from({ length: 100 }, (_, i) => i),
    );
    const few = await cloudOf([wide, y]);
    expect(few.refused).toEqual([
      { name: 'wide', reason: 'Text with 100 different values; only up to 64 have a place on an axis.' },
    ]);
    expect(few.axes).toBeNull();
  });

  it('stand along two columns where there is no target', async () => {
    const cloud = await cloudOf([weak, strong, target], { target: null });
    expect(cloud.axes).toMatchObject({ x: { column: 'weak' }, y: { column: 'strong' } });
    expect(cloud.columns.every(({ strength }) => strength === null)).toBe(true);
  });

  it('of hundreds of columns are offered by the strongest two hundred and those that are drawn', async () => {
    const many = Array.from({ length: 400 }, (_, c) =>
      numberColumn(
        `column ${c}`,
        number((i) => (i * (c + 3)) % 1_009),
      ),
    );
    const choice = { x: 'column 399', y: null };
    const cloud = await cloudOf([...many, target], { features: ['column 0'] }, choice);
    expect(cloud.axes?.x.column).toBe('column 399');
    expect(cloud.columns.length).toBeGreaterThanOrEqual(200);
    expect(cloud.columns.length).toBeLessThanOrEqual(202);
    expect(cloud.columns.length + cloud.further).toBe(401);
    expect(cloud.columns.map(({ name }) => name)).toContain('target');
  });

  it('bear a range that no number can hold', async () => {
    const huge = numberColumn(
      'huge',
      number((i) => (i % 2 === 0 ? 1.7e308 : i)),
    );
    const tiny = numberColumn(
      'tiny',
      number((i) => (i % 9) * 5e-324),
    );
    const choice = { x: 'huge', y: 'tiny' };
    const cloud = await cloudOf([huge, tiny, strong, target], { features: ['strong'] }, choice);
    expect(cloud.placed).toBeLessThan(48);
    for (const shares of [cloud.x, cloud.y]) {
      expect(shares.every((share) => share >= 0 && share <= 1)).toBe(true);
    }
  });
});
