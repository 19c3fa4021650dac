import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compareWithCore } from '../../../bench/condensedOnEngine.ts';
import { Engine } from '../../../bench/duckdb.ts';
import { fileSource } from '../../../bench/fileSource.ts';
import { TABLE_SAMPLES } from '../../contracts/gallery.ts';
import { MISSING_MARKERS } from '../../readers/csv/cells.ts';
import { writeCsv } from '../../readers/csv/writeCsv.ts';
import { writeParquet } from '../../readers/parquet/write.ts';
import { readTable } from '../../readers/readTable.ts';
import { readDivided } from '../../readers/readTogether.ts';
import { LabError } from '../errors.ts';
import { DEFAULT_SETTINGS, type ExperimentSettings } from '../experiment/settings.ts';
import { Workbench } from '../experiment/workbench.ts';
import { withPart } from '../table/part.ts';
import type { Table } from '../table/table.ts';
import { randomTable } from '../testing/randomTables.ts';
import { SILENT_PULSE } from '../pulse.ts';
import { SQL_DIALECTS, type SqlSource } from './dialect.ts';
import { planCondensing } from './plan.ts';
import { sqlScripts } from './script.ts';
import { RECORDS } from './statements.ts';

const DIAMONDS = 'node_modules/@observablehq/sample-datasets/diamonds.csv';
const folder = mkdtempSync(join(tmpdir(), 'condense-'));
let engine: Engine;
beforeAll(async () => {
  engine = await Engine.open({ threads: '2' });
});
afterAll(() => {
  engine.close();
  rmSync(folder, { recursive: true });
});

async function writeTable(table: Table, kind: 'csv' | 'parquet'): Promise<SqlSource> {
  const path = join(folder, `table.${kind}`);
  if (kind === 'parquet') writeFileSync(path, writeParquet(table, { codec: 'SNAPPY' }));
  else writeFileSync(path, Buffer.concat([...writeCsv(table)]));
  return { kind, path };
}

/** Both sides over a file of the table. */
async function compared(bench: Workbench, settings: ExperimentSettings, kind: 'csv' | 'parquet') {
  const { split } = await bench.prepare(settings);
  const source = await writeTable(withPart(bench.table, split.test), kind);
  await engine.run(SQL_DIALECTS.duckdb.view(RECORDS, source));
  return compareWithCore(engine, bench, settings, MISSING_MARKERS);
}

const SETTINGS = fc.record({
  beta: fc.constantFrom(1, 3, 8, 40, 200),
  order: fc.constantFrom(
    'layered' as const,
    'pool' as const,
    'descending' as const,
    'ascending' as const,
    'random' as const,
  ),
  code: fc.constantFrom('mixed' as const, 'linear' as const),
  targetInClusters: fc.boolean(),
  missing: fc.constantFrom('leave-out' as const, 'fill' as const),
  model: fc.constantFrom('auto' as const, 'linear' as const, 'logistic' as const),
  split: fc.constantFrom(1, 2, 3),
  seed: fc.constantFrom(1, 2),
});

describe('the SQL of an experiment, on DuckDB', () => {
  it('makes the clusters and weights of the core of Diamonds, and the means to 1e-12 of the range', async () => {
    const { target, beta } = TABLE_SAMPLES.find(({ id }) => id === 'diamonds')!;
    const { table } = await readTable(fileSource(DIAMONDS));
    const bench = new Workbench(table);
    const settings = { ...DEFAULT_SETTINGS, target, beta };
    for (const kind of ['csv', 'parquet'] as const) {
      const found = await compared(bench, settings, kind);
      expect(found).toMatchObject({
        ...{ clusters: 1_974, strayClusters: 0, wrongWeights: 0, testRecords: 10_788 },
      });
      expect(found.largestDifference).toBeLessThan(1e-12);
    }
  });

  it('saves a file that is known as condensed samples, and as wide as the lab’s own', async () => {
    const table = randomTable({
      ...{ seed: 3, rows: 60 },
      columns: (['whole', 'category', 'decimal'] as const).map((kind) => ({ kind, missing: false })),
    });
    const bench = new Workbench(table);
    const settings = { ...DEFAULT_SETTINGS, target: table.columns[2].name, beta: 4 };
    const { split } = await bench.prepare(settings);
    const own = await bench.condensedTable(settings);
    const source = await writeTable(withPart(table, split.test), 'parquet');
    const plan = await planCondensing(bench, settings);
    for (const hasPart of [true, false]) {
      const request = { dialect: 'duckdb' as const, source, hasPart, missingWords: [] };
      const stem = join(folder, hasPart ? 'divided' : 'whole');
      await engine.run(sqlScripts(plan, { ...request, stem }).condense);
      const file = fileSource(`${stem}-condensed.parquet`);
      const read = await readDivided({ file, inside: null }, null, {}, SILENT_PULSE);
      expect([read.weight, read.testRows]).toEqual(['weight', hasPart ? split.test.length : null]);
      expect(read.table.columns.map(({ name }) => name)).toEqual(own.names);
      if (hasPart) expect(read.table.rows).toBe(own.rows + split.test.length);
    }
  });

  it('makes those of random tables, whatever their columns and the settings', async () => {
    const kind = fc.constantFrom(
      ...(['decimal', 'whole', 'big', 'wide', 'negativeZero', 'subnormal', 'float32'] as const),
      ...(['float64', 'special', 'ratio', 'constant', 'category', 'allMissing'] as const),
    );
    const column = fc.record({ kind, missing: fc.boolean() });
    const recipe = fc.record({
      seed: fc.integer({ min: 0, max: 2 ** 31 }),
      rows: fc.integer({ min: 20, max: 90 }),
      columns: fc.array(column, { minLength: 2, maxLength: 5 }),
      target: fc.constantFrom('whole' as const, 'decimal' as const, 'category' as const, 'ratio' as const),
    });
    let compared_ = 0;
    await fc.assert(
      fc.asyncProperty(recipe, SETTINGS, async ({ target, ...made }, settings) => {
        const columns = [...made.columns, { kind: target, missing: false }];
        const table = randomTable({ ...made, columns });
        const bench = new Workbench(table);
        const name = table.columns[table.columns.length - 1].name;
        try {
          const found = await compared(bench, { ...DEFAULT_SETTINGS, ...settings, target: name }, 'parquet');
          expect(found).toMatchObject({ strayClusters: 0, wrongWeights: 0 });
          expect(found.largestDifference).toBeLessThan(1e-12);
          compared_++;
        } catch (thrown) {
          if (!(thrown instanceof LabError)) throw thrown;
          expect(thrown.code).not.toBe('INTERNAL');
        }
      }),
      { numRuns: 60, seed: 7 },
    );
    // Some tables have nothing to learn, or means that overflow.
    expect(compared_).toBeGreaterThan(20);
  });
});
