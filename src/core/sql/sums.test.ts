import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compareWithCore } from '../../../bench/condensedOnEngine.ts';
import { Engine } from '../../../bench/duckdb.ts';
import { writeParquet } from '../../readers/parquet/write.ts';
import { condenserOf, DEFAULT_SETTINGS, type ExperimentSettings } from '../experiment/settings.ts';
import { Workbench } from '../experiment/workbench.ts';
import { solveClosedForm } from '../regression/closedForm.ts';
import { createGenerator } from '../random.ts';
import { withPart } from '../table/part.ts';
import type { Table } from '../table/table.ts';
import { numberColumn, tableOf, textColumn } from '../testing/randomTables.ts';
import { codeOf } from '../testing/codeOf.ts';
import { misfitQuery } from './condense.ts';
import { SQL_DIALECTS } from './dialect.ts';
import { onesQuery, rangesQuery, reorder, rerange } from './gather.ts';
import { planCondensing } from './plan.ts';
import { RECORDS } from './statements.ts';
import { solveSums, sumsQuery, type ResultRows } from './sums.ts';
import { hostileTable } from './testing/hostile.ts';

const folder = mkdtempSync(join(tmpdir(), 'sums-'));
let engine: Engine;
beforeAll(async () => {
  engine = await Engine.open({ threads: '2' });
});
afterAll(() => {
  engine.close();
  rmSync(folder, { recursive: true });
});

/** The table as the records that queries read. */
async function show(table: Table): Promise<void> {
  const path = join(folder, 'table.parquet');
  writeFileSync(path, writeParquet(table, { codec: 'SNAPPY' }));
  await engine.run(SQL_DIALECTS.duckdb.view(RECORDS, { kind: 'parquet', path }));
}

const generator = createGenerator(5);
const draw = (n: number): number => (generator.next() >>> 0) % n;

/** 300 records; all but the first 60 lie in a wider range and have a word of their own. */
function growing(): Table {
  const rows = Array.from({ length: 300 }, (_, i) => i);
  const day = numberColumn(
    'day',
    rows.map(() => 18_000 + draw(400)),
  );
  day.time = 'YYYY-MM-DD';
  const moment = numberColumn(
    'moment',
    rows.map(() => 1_600_000_000_000 + draw(1_000_000_000)),
  );
  moment.time = 'YYYY-MM-DD hh:mm:ss.fff';
  return tableOf(
    numberColumn(
      'whole',
      rows.map((i) => (i < 60 ? 100 + draw(50) : draw(1000))),
    ),
    numberColumn(
      'rate',
      rows.map((i) => (1 + draw(90)) / (i < 60 ? 7 : 1 + draw(20))),
    ),
    textColumn(
      'cut',
      rows.map((i) => (i < 60 ? 'abc'[draw(3)] : 'abcd'[draw(4)])),
    ),
    day,
    moment,
    numberColumn(
      'y',
      rows.map(() => draw(1000) / 10),
    ),
  );
}

const SETTINGS: ExperimentSettings = { ...DEFAULT_SETTINGS, target: 'y', beta: 6 };
const OPTIONS = { dialect: SQL_DIALECTS.duckdb, hasPart: true, missingWords: [] };

const numbers = async (sql: string): Promise<ResultRows> => (await engine.rows(sql)) as ResultRows;
const firstRows = (table: Table, rows: number): Table => ({
  rows,
  columns: table.columns.map((column) =>
    column.kind === 'number'
      ? { ...column, values: column.values.slice(0, rows) }
      : {
          ...textColumn(
            column.name,
            Array.from({ length: rows }, (_, i) => column.dictionary[column.codes[i]]),
          ),
        },
  ),
});

describe('the sums of products, on DuckDB', () => {
  it('give full training, in one row or in one for each cluster', async () => {
    const bench = new Workbench(growing());
    await show(withPart(bench.table, (await bench.prepare(SETTINGS)).split.test));
    const { theta } = await solveClosedForm(await bench.full(SETTINGS));
    for (const beta of [1, 6, 30]) {
      const plan = await planCondensing(bench, { ...SETTINGS, beta });
      for (const perCluster of [false, true]) {
        const sums = await numbers(sumsQuery(plan, OPTIONS, perCluster));
        expect(sums.rows.length > 1).toBe(perCluster);
        const solved = solveSums(plan, sums).theta;
        const size = Math.hypot(...theta);
        theta.forEach((value, j) => expect(Math.abs(solved[j] - value) / size).toBeLessThan(1e-8));
      }
    }
  });

  it('are refused where they are another plan’s', async () => {
    const bench = new Workbench(growing());
    await show(withPart(bench.table, (await bench.prepare(SETTINGS)).split.test));
    const plan = await planCondensing(bench, SETTINGS);
    const other = await planCondensing(bench, { ...SETTINGS, features: ['whole', 'cut'] });
    const sums = await numbers(sumsQuery(other, OPTIONS, false));
    expect(await codeOf((async () => solveSums(plan, sums))())).toBe('SQL_RESULT');
    expect(await codeOf((async () => solveSums(plan, { names: [], rows: [] }))())).toBe('SQL_RESULT');
  });
});

describe('what is gathered of all records', () => {
  it('makes of a plan of the first records the plan of all of them', async () => {
    const whole = growing();
    const settings = { ...SETTINGS, split: 3 };
    const all = new Workbench(whole);
    await show(withPart(whole, (await all.prepare(settings)).split.test));
    const few = new Workbench(firstRows(whole, 60));
    for (const order of ['layered', 'pool', 'ascending', 'random'] as const) {
      for (const code of ['mixed', 'linear'] as const) {
        const wanted = { ...settings, order, code, features: ['whole', 'rate', 'day', 'moment'] };
        const plan = await planCondensing(few, wanted);
        const reranged = rerange(plan, await numbers(rangesQuery(plan, OPTIONS)));
        const refined = reorder(reranged, await numbers(onesQuery(reranged, OPTIONS)));
        const aim = await planCondensing(all, wanted);
        if (code === 'linear') {
          expect(refined.features).toEqual(aim.features);
          expect(refined.order).toEqual(aim.order);
        } else {
          // Mappings are fitted on all records, of which the queries see the training records.
          expect(refined.order.length).toBeGreaterThan(plan.order.length - 8);
        }
        if (order !== 'random') expect(plan.order).not.toEqual(refined.order);
      }
    }
    const plan = await planCondensing(few, settings);
    const { names, rows } = await engine.rows(misfitQuery(plan, OPTIONS));
    const count = (name: string): unknown => rows[0][names.indexOf(name)];
    const cut = whole.columns[2];
    const unseen =
      cut.kind === 'text' ? cut.codes.reduce((n, code) => n + (cut.dictionary[code] === 'd' ? 1 : 0), 0) : 0;
    expect([count('records'), count('used'), count('cut: unseen words')]).toEqual([300, 300, unseen]);
    expect(count('whole: above the range')).toBeGreaterThan(50);
  });

  it('is refused where it is of another plan', async () => {
    const bench = new Workbench(growing());
    await show(withPart(bench.table, (await bench.prepare(SETTINGS)).split.test));
    const plan = await planCondensing(bench, SETTINGS);
    const ranges = await numbers(rangesQuery(plan, OPTIONS));
    const ones = await numbers(onesQuery(plan, OPTIONS));
    expect(() => rerange(plan, ones)).toThrow('lack min_0');
    expect(await codeOf((async () => reorder(rerange(plan, ranges), ones))())).toBe('SQL_RESULT');
  });
});

it('names that try to be SQL are names to DuckDB too', async () => {
  const bench = new Workbench(hostileTable());
  await show(withPart(bench.table, (await bench.prepare(SETTINGS)).split.test));
  const found = await compareWithCore(engine, bench, SETTINGS);
  expect(found).toMatchObject({ strayClusters: 0, wrongWeights: 0, testRecords: 8 });
  expect(found.largestDifference).toBeLessThan(1e-12);
});

it('samples that are made of bases have no SQL', async () => {
  const settings: ExperimentSettings = { ...SETTINGS, condenser: 'bases-mean' };
  expect(condenserOf(settings)).toBe('bases-mean');
  expect(await codeOf(planCondensing(new Workbench(growing()), settings))).toBe('SQL_BASES');
});
