import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LabError } from '../errors.ts';
import { SILENT_PULSE, type Pulse } from '../pulse.ts';
import { createGenerator } from '../random.ts';
import type { Design } from '../regression/design.ts';
import type { Table } from '../table/table.ts';
import { numberColumn, randomTable, tableOf, textColumn } from '../testing/randomTables.ts';
import { joinPieces } from '../archive/container.ts';
import { makeArchive } from './archiving.ts';
import { DEFAULT_SETTINGS, type ExperimentSettings } from './settings.ts';
import { runExact, samplesOf } from './training.ts';
import { Workbench } from './workbench.ts';

const N = 60;
const generator = createGenerator(11);
const draw = (n: number): number => (generator.next() >>> 0) % n;
const TABLE = tableOf(
  numberColumn(
    'whole',
    Array.from({ length: N }, () => draw(50)),
  ),
  numberColumn(
    'rate',
    Array.from({ length: N }, () => (1 + draw(90)) / (1 + draw(20))),
  ),
  numberColumn(
    'gappy',
    Array.from({ length: N }, () => (draw(6) === 0 ? null : draw(100) / 4)),
  ),
  textColumn(
    'cut',
    Array.from({ length: N }, () => pickText(draw(4))),
  ),
  numberColumn(
    'y',
    Array.from({ length: N }, () => draw(1000) / 10),
  ),
);
function pickText(k: number): string {
  return ['a', 'b', 'c', 'd'][k];
}

const BASE: ExperimentSettings = { ...DEFAULT_SETTINGS, target: 'y' };
const LABEL = { datasetId: '0'.repeat(64), name: '', fileName: '', csvBytes: 0 };

/** Everything that a workbench says of some settings, as one comparable value. */
async function everything(bench: Workbench, settings: ExperimentSettings): Promise<unknown> {
  try {
    const made = await makeArchive(bench, settings, LABEL, SILENT_PULSE);
    const design = await bench.design(settings);
    const method = settings.iterations % 2 === 0 ? 'full' : 'condensed';
    const { seconds: _, ...exact } = await runExact(design, await samplesOf(bench, settings, method));
    return {
      file: joinPieces(made.image),
      order: (await bench.analytics(settings))?.order,
      counts: await bench.condensedCounts(settings),
      samples: await bench.condensed(settings),
      names: design.map.names,
      table: await bench.condensedTable(settings),
      exact,
    };
  } catch (thrown) {
    return LabError.from(thrown).report().code;
  }
}

const CHANGES = {
  split: fc.constantFrom(1, 2),
  testFraction: fc.constantFrom(0.2, 0.5),
  drop: fc.constantFrom<string[]>([], ['gappy'], ['rate', 'cut']),
  ratio: fc.boolean(),
  tau: fc.constantFrom(1, 64),
  objective: fc.constantFrom('true' as const, 'equation1' as const),
  beta: fc.constantFrom(1, 4, 9),
  order: fc.constantFrom(
    'layered' as const,
    'pool' as const,
    'descending' as const,
    'ascending' as const,
    'random' as const,
  ),
  code: fc.constantFrom('mixed' as const, 'linear' as const),
  target: fc.constantFrom('y', 'rate', 'whole', 'cut', null),
  features: fc.constantFrom<(string[] | null)[]>(null, ['whole'], ['rate', 'cut'], ['cut', 'rate']),
  targetInClusters: fc.boolean(),
  samples: fc.constantFrom('on-demand' as const, 'stored' as const),
  weight: fc.constantFrom(null, null, 'whole', 'gappy'),
  missing: fc.constantFrom('leave-out' as const, 'fill' as const),
  codec: fc.constantFrom('entrogede', 'entrogede-high', 'greedygd'),
  condenser: fc.constantFrom(
    'own' as const,
    'clusters' as const,
    'bases-zero' as const,
    'bases-mean' as const,
  ),
  model: fc.constantFrom('auto' as const, 'linear' as const, 'logistic' as const),
  seed: fc.constantFrom(1, 2),
  iterations: fc.constantFrom(1, 2),
  learningRate: fc.constantFrom(0.1, 1),
};
const changes = fc.record(CHANGES, { requiredKeys: [] });

describe('a workbench', () => {
  it('is tried with changes of every setting that there is', () => {
    expect(Object.keys(CHANGES).sort()).toEqual(Object.keys(DEFAULT_SETTINGS).sort());
  });

  it('never mixes settings: after any others it gives what a fresh one gives', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(changes, { minLength: 2, maxLength: 8 }), async (steps) => {
        const bench = new Workbench(TABLE);
        let settings = BASE;
        for (const step of steps) {
          // Each step keeps what the one before it set, as a user's next change does.
          settings = { ...settings, ...step };
          expect(await everything(bench, settings)).toEqual(await everything(new Workbench(TABLE), settings));
        }
      }),
      { numRuns: 40 },
    );
  });

  it('does not mix settings that are asked for at the same time', async () => {
    await fc.assert(
      fc.asyncProperty(changes, changes, async (a, b) => {
        const bench = new Workbench(TABLE);
        const both = [
          { ...BASE, ...a },
          { ...BASE, ...b },
        ];
        const together = await Promise.all(both.map((settings) => everything(bench, settings)));
        for (const [k, settings] of both.entries()) {
          expect(together[k]).toEqual(await everything(new Workbench(TABLE), settings));
        }
      }),
      { numRuns: 40 },
    );
  });

  it('makes a stage once for calls that want the same', async () => {
    const bench = new Workbench(TABLE);
    const [a, b] = await Promise.all([bench.plan(BASE), bench.plan({ ...BASE, beta: 2 })]);
    expect(a).toBe(b);
    expect(await bench.design(BASE)).toBe(await bench.design({ ...BASE, beta: 2, tau: 3 }));
  });

  /** A pulse that is always due and cancels at the given beat. */
  function cancelAt(beat: number): Pulse {
    let beats = 0;
    return {
      due: () => true,
      beat: async () => {
        await Promise.resolve();
        if (++beats >= beat) throw new LabError('CANCELLED', 'The work was cancelled.');
      },
    };
  }

  it('is usable after a cancel anywhere', async () => {
    const expected = await everything(new Workbench(TABLE), BASE);
    for (let beat = 1; beat < 60; beat += 3) {
      const bench = new Workbench(TABLE);
      const outcome = await makeArchive(bench, BASE, LABEL, cancelAt(beat)).then(
        () => 'done',
        (thrown: unknown) => LabError.from(thrown).code,
      );
      if (beat < 20) expect(outcome).toBe('CANCELLED');
      expect(await everything(bench, BASE)).toEqual(expected);
    }
  });

  it('lets no call fail because another one, whose work it shares, was cancelled', async () => {
    const bench = new Workbench(TABLE);
    await bench.prepare(BASE);
    const cancelled = bench.plan(BASE, cancelAt(3));
    const patient = bench.plan({ ...BASE, beta: 3 });
    const too = bench.encode(BASE);
    await expect(cancelled).rejects.toMatchObject({ code: 'CANCELLED' });
    const expected = await new Workbench(TABLE).plan(BASE);
    expect(await patient).toEqual(expected);
    await expect(too).resolves.toMatchObject({ train: { bases: { idBits: expect.any(Number) } } });
    // But every one of its own.
    const alone = new Workbench(TABLE);
    const all = await Promise.allSettled([alone.plan(BASE, cancelAt(2)), alone.plan(BASE, cancelAt(4))]);
    expect(all.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });

  it('refuses what it has no records or columns for', async () => {
    const codeOf = (work: Promise<unknown>): Promise<string> =>
      work.then(
        () => 'done',
        (thrown: unknown) => LabError.from(thrown).code,
      );
    const bench = new Workbench(TABLE);
    expect(await codeOf(bench.prepare({ ...BASE, drop: TABLE.columns.map((column) => column.name) }))).toBe(
      'COLUMN_UNKNOWN',
    );
    expect(await codeOf(bench.prepare({ ...BASE, testFraction: 1 }))).toBe('ROWS_TOO_FEW');
    expect(await codeOf(bench.design({ ...BASE, target: null }))).toBe('TARGET_UNKNOWN');
    expect(await codeOf(bench.condensed({ ...BASE, target: null }))).toBe('TARGET_UNKNOWN');
    expect(await codeOf(bench.plan({ ...BASE, codec: 'zip' }))).toBe('CODEC_UNKNOWN');
    expect(await codeOf(bench.plan(BASE))).toBe('done');
    expect([...(await bench.condensedCounts({ ...BASE, target: null }))]).toEqual([1]);
  });

  it('condenses to samples that weigh as much as the records that are used', async () => {
    const bench = new Workbench(TABLE);
    for (const missing of ['leave-out', 'fill'] as const) {
      for (const beta of [1, 6, 4096]) {
        const settings = { ...BASE, missing, beta };
        const { used } = await bench.design(settings);
        const { weights, rows } = await bench.condensed(settings);
        expect(weights.reduce((a, b) => a + b, 0)).toBe(used.length);
        const counts = await bench.condensedCounts(settings);
        expect(rows).toBe(counts[Math.min(beta, counts.length - 1)]);
      }
    }
  });

  it('condenses any table to finite samples that keep the weight and, as means, the mean of every column', async () => {
    const recipe = fc.record({
      seed: fc.nat(),
      rows: fc.integer({ min: 12, max: 60 }),
      columns: fc.array(
        fc.record({
          kind: fc.constantFrom(
            'decimal' as const,
            'whole' as const,
            'big' as const,
            'float32' as const,
            'ratio' as const,
            'category' as const,
            'constant' as const,
            'allMissing' as const,
          ),
          missing: fc.boolean(),
        }),
        { minLength: 1, maxLength: 4 },
      ),
    });
    /** Targets of every kind: with gaps, of two classes, and of more with one that occurs once. */
    const withTargets = (table: Table): Table => ({
      rows: table.rows,
      columns: [
        ...table.columns,
        numberColumn(
          'number',
          Array.from({ length: table.rows }, (_, i) => (i % 7 === 3 ? null : (i * 37) % 101)),
        ),
        numberColumn(
          'sign',
          Array.from({ length: table.rows }, (_, i) => (i % 5 === 2 ? -1 : 1)),
        ),
        textColumn(
          'class',
          Array.from({ length: table.rows }, (_, i) =>
            i === 0 ? 'lone' : i % 9 === 4 ? null : pickText(i % 4),
          ),
        ),
      ],
    });
    const target = fc.constantFrom('number', 'sign', 'class');
    const kept = fc.record({
      condenser: fc.constantFrom('clusters' as const, 'bases-zero' as const, 'bases-mean' as const),
      missing: fc.constantFrom('leave-out' as const, 'fill' as const),
      targetInClusters: fc.boolean(),
      codec: fc.constantFrom('entrogede', 'entrogede-high', 'greedygd'),
      beta: fc.constantFrom(1, 3, 9, 4096),
      split: fc.nat(50),
    });
    let condensed = 0;
    await fc.assert(
      fc.asyncProperty(recipe, target, kept, async (one, name, chosen) => {
        const settings: ExperimentSettings = { ...DEFAULT_SETTINGS, target: name, ...chosen };
        const table = withTargets(randomTable(one));
        const bench = new Workbench(table);
        let design: Design;
        try {
          design = await bench.design(settings);
        } catch (thrown) {
          // Too few complete records, or one class only: said by a code.
          expect(LabError.from(thrown).code).toMatch(/^(ROWS_TOO_FEW|TARGET_CONSTANT)$/);
          return;
        }
        condensed++;
        const { names, rows, columns } = await bench.condensedTable(settings);
        expect(new Set(names).size).toBe(columns.length);
        const weights = columns[columns.length - 1];
        expect(weights.reduce((a, b) => a + b, 0)).toBe(design.used.length);
        for (const column of columns) {
          expect(column.length).toBe(rows);
          expect(column.every(Number.isFinite)).toBe(true);
        }
        if (chosen.condenser === 'bases-zero') return;
        const { split } = await bench.prepare(settings);
        const used = design.used.map((k) => split.train[k]);
        const raw = design.map.raw(table.columns, used);
        for (let j = 1; j < design.map.width; j++) {
          let mean = 0;
          let scale = 0;
          for (let i = 0; i < used.length; i++) {
            mean += raw[i * design.map.width + j] / used.length;
            scale = Math.max(scale, Math.abs(raw[i * design.map.width + j]));
          }
          const weighted = columns[j - 1].reduce(
            (sum, value, i) => sum + value * (weights[i] / used.length),
            0,
          );
          expect(Math.abs(weighted - mean), names[j - 1]).toBeLessThanOrEqual(1e-12 * scale);
        }
      }),
      { numRuns: 200 },
    );
    expect(condensed).toBeGreaterThan(100);
  });

  it('names every column of the condensed samples differently, the weights last', async () => {
    const cells = Array.from({ length: 30 }, (_, i) => i);
    const table = tableOf(
      numberColumn(
        'weight',
        cells.map((i) => (i * 7) % 11),
      ),
      numberColumn(
        'cut = a',
        cells.map((i) => i % 3),
      ),
      textColumn(
        'cut',
        cells.map((i) => pickText(i % 2)),
      ),
      numberColumn('y', cells),
    );
    const { names, columns } = await new Workbench(table).condensedTable(BASE);
    expect(names).toEqual(['weight', 'cut = a', 'cut = a (2)', 'cut = b', 'y', 'weight (2)']);
    expect(columns.at(-1)!.reduce((a, b) => a + b, 0)).toBe(24);
  });

  it('refuses means that no number can hold instead of saving them', async () => {
    const table = tableOf(
      numberColumn(
        'huge',
        Array.from({ length: 30 }, (_, i) => 1.7e308 - i * 1e300),
      ),
      numberColumn(
        'y',
        Array.from({ length: 30 }, (_, i) => i),
      ),
    );
    await expect(new Workbench(table).condensedTable({ ...BASE, beta: 1 })).rejects.toMatchObject({
      code: 'MODEL_OVERFLOW',
    });
  });

  it('keeps the target out of the clusters unless it is asked to take it in', async () => {
    const bench = new Workbench(TABLE);
    const columnsOf = async (settings: ExperimentSettings): Promise<number[]> =>
      (await bench.analytics(settings))!.rows.map(({ column }) => column);
    expect(await columnsOf(BASE)).toEqual([0, 1, 2, 3]);
    expect(await columnsOf({ ...BASE, targetInClusters: true })).toEqual([0, 1, 2, 3, 4]);
    expect(await columnsOf({ ...BASE, target: 'rate', features: ['y', 'whole'] })).toEqual([0, 4]);
  });
});
