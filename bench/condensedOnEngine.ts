/** An experiment condensed by the core and by its own SQL on DuckDB, held against each other. */
import type { Clustering, Workbench } from '../src/core/experiment/workbench.ts';
import { cellPlanes } from '../src/core/experiment/analytics.ts';
import type { ExperimentSettings } from '../src/core/experiment/settings.ts';
import { trueClasses } from '../src/core/regression/classification.ts';
import { keyWords } from '../src/core/sql/codes.ts';
import { condenseQuery } from '../src/core/sql/condense.ts';
import { SQL_DIALECTS } from '../src/core/sql/dialect.ts';
import { plannedColumns, planCondensing, type CondensePlan } from '../src/core/sql/plan.ts';
import { columnNames } from '../src/core/table/names.ts';
import { TEST } from '../src/core/table/part.ts';
import type { Engine } from './duckdb.ts';

/** The words of the key of some clusters, from the core's own bits: one list per cluster. */
async function coreKeys(
  bench: Workbench,
  settings: ExperimentSettings,
  plan: CondensePlan,
  { clusters, analytics }: Clustering,
): Promise<string[]> {
  const groups = await bench.prepare(settings);
  const design = await bench.design(settings);
  const first = new Uint32Array(clusters.count);
  for (let i = 0, next = 0; i < clusters.ids.length; i++) {
    if (clusters.ids[i] === next) first[next++] = i;
  }
  const places = first.map((i) => design.used[i]);
  const planes = cellPlanes(groups, places, analytics.quantisers);
  const columns = plannedColumns(plan);
  const cells = analytics.order.slice(0, plan.beta);
  const words = keyWords(plan);
  const classes = plan.perClass ? trueClasses(design.train) : null;
  return Array.from(first, (i, id) => {
    const isSet = new Set<string>();
    cells.forEach((cell, k) => {
      const { column, bit } = plan.order[k];
      const word = (planes.data[cell * planes.words + (id >> 5)] >>> (id & 31)) & 1;
      if (word === 1) isSet.add(`${column} ${(columns[column].code?.width ?? 0) - 1 - bit}`);
    });
    const key = words.map((runs) => {
      let word = 0n;
      for (const { column, low, length, at } of runs)
        for (let b = 0; b < length; b++) if (isSet.has(`${column} ${low + b}`)) word |= 1n << BigInt(at + b);
      return word;
    });
    if (classes !== null) key.push(BigInt(classes[i]));
    return (key.length === 0 ? [0n] : key).join(' ');
  });
}

export interface Agreement {
  clusters: number;
  /** Clusters that only one side has, and weights that differ: 0 where the SQL is right. */
  strayClusters: number;
  wrongWeights: number;
  /** Largest difference of two means, as a share of the column's range over the records. */
  largestDifference: number;
  testRecords: number;
}

/**
 * Condenses on both sides. The engine has to have the records as the view `lab_records`, with a column "part".
 *
 * @param missingWords as the CSV reader knows them
 */
export async function compareWithCore(
  engine: Engine,
  bench: Workbench,
  settings: ExperimentSettings,
  missingWords: readonly string[] = [],
): Promise<Agreement> {
  const plan = await planCondensing(bench, settings);
  const own = await bench.condensedTable(settings);
  const keys = await coreKeys(bench, settings, plan, await bench.clustering(settings));
  const options = { dialect: SQL_DIALECTS.duckdb, hasPart: true, missingWords };
  const { names, rows } = await engine.rows(condenseQuery(plan, options, true));
  const width = names.length - own.names.length - 1;
  const expected = columnNames([...own.names], own.names.length, []);
  if (names.slice(width + 1).join('\0') !== expected.join('\0'))
    throw new Error(`The columns are ${names.join(', ')}.`);
  const made = new Map<string, unknown[]>();
  let testRecords = 0;
  for (const row of rows) {
    if (row[width] === TEST) testRecords++;
    else made.set(row.slice(0, width).join(' '), row.slice(width + 1));
  }
  const last = own.names.length - 1;
  const ranges = await columnRanges(bench, settings);
  let strayClusters = 0;
  let wrongWeights = 0;
  let largestDifference = 0;
  keys.forEach((key, id) => {
    const row = made.get(key);
    if (row === undefined) {
      strayClusters++;
      return;
    }
    made.delete(key);
    if (row[last] !== own.columns[last][id]) wrongWeights++;
    for (let c = 0; c < last; c++) {
      const apart = Math.abs((row[c] as number) - own.columns[c][id]);
      if (apart > 0) largestDifference = Math.max(largestDifference, apart / ranges[c]);
    }
  });
  strayClusters += made.size;
  return { clusters: own.rows, strayClusters, wrongWeights, largestDifference, testRecords };
}

/** Largest minus smallest value of every design column and target over the training records; 1 of a constant one. */
async function columnRanges(bench: Workbench, settings: ExperimentSettings): Promise<number[]> {
  const { table, split } = await bench.prepare(settings);
  const design = await bench.design(settings);
  const rows = design.used.map((k) => split.train[k]);
  const raw = design.map.raw(table.columns, rows);
  const { y, outputs } = design.train;
  const range = (values: Float64Array, stride: number, at: number): number => {
    let min = Infinity;
    let max = -Infinity;
    for (let k = at; k < values.length; k += stride) {
      if (values[k] < min) min = values[k];
      if (values[k] > max) max = values[k];
    }
    return max > min ? max - min : Math.max(1, Math.abs(max));
  };
  return [
    ...design.map.names.slice(1).map((_, j) => range(raw, design.map.width, j + 1)),
    ...Array.from({ length: outputs }, (_, k) => range(y, outputs, k)),
  ];
}
