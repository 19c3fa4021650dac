import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, type ExperimentSettings } from '../experiment/settings.ts';
import { Workbench } from '../experiment/workbench.ts';
import { createGenerator } from '../random.ts';
import { numberColumn, tableOf, textColumn } from '../testing/randomTables.ts';

const generator = createGenerator(5);
const draw = (n: number): number => (generator.next() >>> 0) % n;
const N = 200;
const column = (make: () => number): number[] => Array.from({ length: N }, make);
/** Whole numbers from 100, quarters, floats that no decimal holds, ratios, a category, and a target of small numbers. */
const TABLE = tableOf(
  numberColumn(
    'whole',
    column(() => 100 + draw(64)),
  ),
  numberColumn(
    'float',
    column(() => Math.sqrt(1 + draw(1000)) - 20),
  ),
  numberColumn(
    'rate',
    column(() => (1 + draw(30)) / (1 + draw(9))),
  ),
  textColumn(
    'kind',
    column(() => draw(4)).map((k) => 'abcd'[k]),
  ),
  numberColumn(
    'y',
    column(() => draw(200) / 4),
  ),
);

const settings = (change: Partial<ExperimentSettings>): ExperimentSettings => ({
  ...DEFAULT_SETTINGS,
  target: 'y',
  codec: 'greedygd',
  beta: 6,
  ...change,
});

describe('condensed samples from bases', () => {
  it('have as many samples as the codec has bases, at its own number of bits', async () => {
    const bench = new Workbench(TABLE);
    const { trace } = (await bench.plan(settings({})))!;
    const own = settings({ beta: Math.max(1, trace.chosen) });
    const counts = await bench.condensedCounts(own);
    expect([...counts]).toEqual([...trace.baseCounts]);
    const samples = await bench.condensed(own);
    expect(samples.rows).toBe(trace.baseCounts[Math.max(1, trace.chosen)]);
    expect(samples.weights.reduce((sum, w) => sum + w, 0)).toBe(Math.round(N * 0.8));
  });

  it('read every deviation as zero: whole numbers are rounded down to what the base bits say', async () => {
    const bench = new Workbench(TABLE);
    const chosen = settings({ features: ['whole'] });
    const { coded, train, split, table } = await bench.prepare(chosen);
    const analytics = await bench.analytics(chosen);
    const inBase = new Set([...(analytics?.order ?? [])].slice(0, chosen.beta));
    const ones = (await bench.prepare(chosen)).ones;
    const lane = coded.layout.lanes[0];
    let mask = 0;
    for (let b = 0; b < lane.width; b++) {
      const position = lane.start + b;
      const constant = ones[position] === 0 || ones[position] === train.records;
      if (constant || inBase.has(position)) mask |= 1 << (lane.width - 1 - b);
    }
    const mapping = coded.mappings[0];
    if (mapping.kind !== 'decimal') throw new Error('whole numbers are decimal');
    const { min } = mapping;
    const expected = new Set<number>();
    const values = table.columns[0];
    if (values.kind !== 'number') throw new Error('a number');
    for (const row of split.train) expected.add(((values.values[row] - min) & mask) + min);
    const { names, columns } = await bench.condensedTable(chosen);
    expect(names).toEqual(['whole', 'y', 'weight']);
    expect(new Set(columns[0])).toEqual(expected);
  });

  it('stay finite and inside the training range, whatever bits a float keeps', async () => {
    for (let beta = 1; beta <= 40; beta += 3) {
      const bench = new Workbench(TABLE);
      const chosen = settings({ beta });
      const { columns } = await bench.condensedTable(chosen);
      for (const [at, name] of ['whole', 'float', 'rate'].entries()) {
        const source = TABLE.columns.find((one) => one.name === name);
        if (source?.kind !== 'number') throw new Error('a number');
        const low = Math.min(...source.values);
        const high = Math.max(...source.values);
        for (const value of columns[at]) {
          expect(value).toBeGreaterThanOrEqual(low);
          expect(value).toBeLessThanOrEqual(high);
        }
      }
    }
  });

  it('with mean deviations are the means of the same clusters', async () => {
    const bench = new Workbench(TABLE);
    const zero = await bench.condensed(settings({}));
    const mean = await bench.condensed(settings({ condenser: 'bases-mean' }));
    expect(mean.weights).toEqual(zero.weights);
    // Σ w·x over the means is Σ x over the records, which standardising makes 0; zero deviations lie below.
    const sums = (samples: typeof mean, j: number): number =>
      samples.weights.reduce((sum, w, i) => sum + w * samples.x[i * samples.width + j], 0);
    expect(sums(mean, 1)).toBeCloseTo(0, 8);
    expect(sums(zero, 1)).toBeLessThan(-1);
  });

  it('of any codec can be made of its bases, and of GreedyGD of analytics bits', async () => {
    const bench = new Workbench(TABLE);
    for (const codec of ['entrogede', 'entrogede-high', 'greedygd']) {
      for (const condenser of ['clusters', 'bases-zero', 'bases-mean'] as const) {
        const samples = await bench.condensed(settings({ codec, condenser }));
        expect(samples.rows).toBeGreaterThan(0);
        expect(samples.x.every(Number.isFinite)).toBe(true);
      }
    }
    const byAnalytics = await bench.condensed(settings({ condenser: 'clusters' }));
    const entrogede = await bench.condensed(settings({ codec: 'entrogede' }));
    expect(byAnalytics).toEqual(entrogede);
  });

  it('cluster each class by itself where they are told to', async () => {
    const classes = { target: 'kind', features: ['whole', 'float'], codec: 'entrogede', beta: 3 };
    const bench = new Workbench(TABLE);
    const mixed = await bench.condensed(settings(classes));
    const pure = await bench.condensed(settings({ ...classes, targetInClusters: true }));
    expect(mixed.outputs).toBe(4);
    expect(pure.rows).toBeGreaterThan(mixed.rows);
    expect(pure.y.every((share) => share === 0 || share === 1)).toBe(true);
    expect(mixed.y.some((share) => share > 0 && share < 1)).toBe(true);
    const counts = await bench.condensedCounts(settings({ ...classes, targetInClusters: true }));
    expect(counts[0]).toBe(4);
    expect(counts[3]).toBe(pure.rows);
  });
});
