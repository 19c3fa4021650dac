/** `bench scale`: generated records condensed by DuckDB with the SQL of an experiment on the first of them. */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_SETTINGS, type ExperimentSettings } from '../src/core/experiment/settings.ts';
import { Workbench } from '../src/core/experiment/workbench.ts';
import { MAX_CELLS } from '../src/core/limits.ts';
import { condenseQuery } from '../src/core/sql/condense.ts';
import { SQL_DIALECTS } from '../src/core/sql/dialect.ts';
import { planCondensing } from '../src/core/sql/plan.ts';
import { RECORDS } from '../src/core/sql/statements.ts';
import { sumsQuery } from '../src/core/sql/sums.ts';
import { readTable } from '../src/readers/readTable.ts';
import { Engine } from './duckdb.ts';
import { fileSource } from './fileSource.ts';
import { Options } from './options.ts';
import { round } from './timings.ts';

export const SCALE_USAGE = `bench scale [--rows N] [--sample N] [--beta N] [--threads N] [--memory 4GB]
Generates N records (default 10,000,000) of 10 columns as Parquet, fits an experiment to the first --sample of them
(default 50,000) in the lab's core, and condenses all by its SQL on DuckDB. One JSON object: seconds, peak memory,
samples, and the lab's own limit.`;

/** Ten columns of every kind: integers, decimals, floats, words, days; a target that depends on them. */
const RECORD = `SELECT
  i % 1000 AS place,
  CAST(round(exp(ln(1 + random() * 50)), 2) AS DOUBLE) AS amount,
  CAST(floor(random() * 90 + 18) AS INTEGER) AS age,
  random() * 2 - 1 AS signal,
  ln(random() + 1e-9) AS waiting,
  ['north', 'east', 'south', 'west', 'abroad'][1 + CAST(floor(random() * 5) AS INTEGER)] AS region,
  ['a', 'b', 'c'][1 + CAST(floor(random() * random() * 3) AS INTEGER)] AS grade,
  DATE '2020-01-01' + CAST(floor(random() * 1500) AS INTEGER) AS day,
  CAST(random() * 1000 AS REAL) AS distance`;

async function generate(engine: Engine, path: string, rows: number): Promise<void> {
  await engine.run(`SELECT setseed(0.25)`);
  await engine.run(
    `COPY (SELECT *, 3 * amount - age / 10 + 5 * signal + CASE region WHEN 'abroad' THEN 20 ELSE 0 END
      + distance / 100 + random() AS y FROM (${RECORD} FROM range(${rows}) AS t(i))) TO '${path}' (FORMAT parquet)`,
  );
}

const seconds = async (work: () => Promise<unknown>): Promise<number> => {
  const started = performance.now();
  await work();
  return round((performance.now() - started) / 1000, 4);
};

export async function benchScale(args: readonly string[]): Promise<void> {
  const options = new Options(args, new Set(['help']));
  if (options.flag('help')) {
    console.log(SCALE_USAGE);
    return;
  }
  const rows = options.number('rows', 10_000_000);
  const sample = options.number('sample', 50_000);
  const beta = options.number('beta', 16);
  const threads = options.text('threads');
  const memory = options.text('memory');
  options.end();
  const folder = mkdtempSync(join(tmpdir(), 'bench-scale-'));
  const [all, few] = [join(folder, 'records.parquet'), join(folder, 'sample.parquet')];
  const engine = await Engine.open({
    ...(threads === null ? {} : { threads }),
    ...(memory === null ? {} : { memory_limit: memory }),
  });
  try {
    const generating = await seconds(() => generate(engine, all, rows));
    await engine.run(
      `COPY (SELECT * FROM read_parquet('${all}') USING SAMPLE reservoir(${sample} ROWS) REPEATABLE (1)) TO '${few}' (FORMAT parquet)`,
    );
    const { table } = await readTable(fileSource(few));
    const bench = new Workbench(table);
    const settings: ExperimentSettings = { ...DEFAULT_SETTINGS, target: 'y', beta };
    const plan = await planCondensing(bench, settings);
    const query = { dialect: SQL_DIALECTS.duckdb, hasPart: false, missingWords: [] };
    await engine.run(SQL_DIALECTS.duckdb.view(RECORDS, { kind: 'parquet', path: all }));
    const before = process.memoryUsage.rss();
    let peak = before;
    const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 50);
    const cpuBefore = process.cpuUsage();
    let samples = 0;
    let weight = 0;
    const condensing = await seconds(async () => {
      const made = await engine.rows(condenseQuery(plan, query));
      samples = made.rows.length;
      weight = made.rows.reduce((sum, row) => sum + (row[row.length - 1] as number), 0);
    });
    const condensingPeak = peak;
    const cpu = process.cpuUsage(cpuBefore);
    const summing = await seconds(() => engine.rows(sumsQuery(plan, query, false)));
    clearInterval(watch);
    console.log(
      JSON.stringify({
        ...{
          rows,
          columns: table.columns.length,
          parquetBytes: statSync(all).size,
          sample: table.rows,
          beta,
        },
        ...{ samplesHere: (await bench.condensedTable(settings)).rows, samples, weight },
        ...{ generateSeconds: generating, condenseSeconds: condensing, sumsSeconds: summing },
        // What the cores did for it: beside other work the clock says more.
        condenseCpuSeconds: round((cpu.user + cpu.system) / 1e6, 4),
        peakMegabytes: Math.round(condensingPeak / 1e6),
        beforeMegabytes: Math.round(before / 1e6),
        labMostRows: Math.floor(MAX_CELLS / table.columns.length),
      }),
    );
  } finally {
    engine.close();
    rmSync(folder, { recursive: true });
  }
}
