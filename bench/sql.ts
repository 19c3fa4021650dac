/** `bench sql FILE`: the experiment's SQL on DuckDB beside the core, over the exported Parquet and over CSV. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_SETTINGS, type ExperimentSettings } from '../src/core/experiment/settings.ts';
import { Workbench } from '../src/core/experiment/workbench.ts';
import { solveClosedForm } from '../src/core/regression/closedForm.ts';
import { meanSquaredError } from '../src/core/regression/metrics.ts';
import { SQL_DIALECTS } from '../src/core/sql/dialect.ts';
import { planCondensing } from '../src/core/sql/plan.ts';
import { RECORDS } from '../src/core/sql/statements.ts';
import { hasSums, solveSums, sumsQuery, type ResultRows } from '../src/core/sql/sums.ts';
import type { Table } from '../src/core/table/table.ts';
import { MISSING_MARKERS } from '../src/readers/csv/cells.ts';
import { writeCsv } from '../src/readers/csv/writeCsv.ts';
import { writeParquet } from '../src/readers/parquet/write.ts';
import { withPart } from '../src/core/table/part.ts';
import { compareWithCore } from './condensedOnEngine.ts';
import { Engine } from './duckdb.ts';
import { Options } from './options.ts';
import { columnName, readTables } from './tables.ts';

export const SQL_USAGE = `bench sql FILE --target NAME|N [--features a,b] [--beta N,N…] [--split N] [--code mixed|linear]
  [--missing leave-out|fill] [--model auto|linear|logistic] [--target-in-clusters]
One JSON object for each β and format: clusters and weights that differ from the core's, the largest difference of a
mean as a share of its column's range, and how far the closed form of the sums of products is from full training.`;

/**
 * How far least squares by the sums is from full training: the coefficients, as a share of their norm, and the test
 * error, as a share of it. One-hot columns make the equations singular, and the coefficients then are not well-defined.
 */
async function sumsApart(
  engine: Engine,
  bench: Workbench,
  settings: ExperimentSettings,
  perCluster: boolean,
) {
  const plan = await planCondensing(bench, settings);
  if (!hasSums(plan)) return null;
  const options = { dialect: SQL_DIALECTS.duckdb, hasPart: true, missingWords: MISSING_MARKERS };
  const sums = (await engine.rows(sumsQuery(plan, options, perCluster))) as ResultRows;
  const { theta } = await solveClosedForm(await bench.full(settings));
  const solved = solveSums(plan, sums).theta;
  const { test } = await bench.design(settings);
  const [mse, full] = [meanSquaredError(test, solved), meanSquaredError(test, theta)];
  return {
    coefficients: Math.hypot(...solved.map((value, j) => value - theta[j])) / Math.hypot(...theta),
    testError: Math.abs(mse - full) / full,
  };
}

function writeAs(table: Table, kind: 'csv' | 'parquet', folder: string): string {
  const path = join(folder, `records.${kind}`);
  writeFileSync(
    path,
    kind === 'csv' ? Buffer.concat([...writeCsv(table)]) : writeParquet(table, { codec: 'SNAPPY' }),
  );
  return path;
}

export async function benchSql(args: readonly string[]): Promise<void> {
  const options = new Options(args, new Set(['target-in-clusters', 'help']));
  const [path] = options.rest;
  if (options.flag('help') || path === undefined) {
    console.log(SQL_USAGE);
    return;
  }
  const { table } = await readTables(path, null, null);
  const target = options.text('target');
  const base: ExperimentSettings = {
    ...DEFAULT_SETTINGS,
    target: target === null ? null : columnName(table, target),
    features: options.names('features')?.map((name) => columnName(table, name)) ?? null,
    split: options.number('split', DEFAULT_SETTINGS.split),
    code: options.oneOf('code', ['mixed', 'linear'], 'mixed'),
    missing: options.oneOf('missing', ['leave-out', 'fill'], 'leave-out'),
    model: options.oneOf('model', ['auto', 'linear', 'logistic'], 'auto'),
    targetInClusters: options.flag('target-in-clusters'),
  };
  const betas = options.wholes('beta', [DEFAULT_SETTINGS.beta]);
  options.end();
  const bench = new Workbench(table);
  const folder = mkdtempSync(join(tmpdir(), 'bench-sql-'));
  const engine = await Engine.open();
  try {
    const { split } = await bench.prepare(base);
    const divided = withPart(table, split.test);
    for (const kind of ['parquet', 'csv'] as const) {
      await engine.run(SQL_DIALECTS.duckdb.view(RECORDS, { kind, path: writeAs(divided, kind, folder) }));
      for (const beta of betas) {
        const settings = { ...base, beta };
        const found = await compareWithCore(engine, bench, settings, MISSING_MARKERS);
        const sums = await sumsApart(engine, bench, settings, false);
        const perCluster = await sumsApart(engine, bench, settings, true);
        console.log(
          JSON.stringify({
            ...{ file: path, over: kind, beta, rows: table.rows, ...found },
            ...{ sumsApart: sums, sumsPerClusterApart: perCluster },
          }),
        );
      }
    }
  } finally {
    engine.close();
    rmSync(folder, { recursive: true });
  }
}
