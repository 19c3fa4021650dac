/**
 * The plan by which an experiment condenses, as data: what its cells mean, which bits of which codes make a cluster,
 * and what a model sees. Fitted on a table that fits the page, it says the same of any table with these columns.
 */
import { crc32c } from '../bits/crc32c.ts';
import { QUANTISER_BITS, type Quantiser } from '../condense/quantiser.ts';
import { LabError } from '../errors.ts';
import type { AnalyticsPlan } from '../experiment/analytics.ts';
import { condenserOf, type ExperimentSettings } from '../experiment/settings.ts';
import { resolveVariables } from '../experiment/variables.ts';
import type { Workbench } from '../experiment/workbench.ts';
import type { AnalyticsOrder } from '../condense/order.ts';
import { classCoding } from '../regression/targets.ts';
import { fieldWidths, type Mapping } from '../table/mapping.ts';
import type { Column } from '../table/table.ts';

/** What the cells of a column are. */
export type PlannedCells =
  | { kind: 'number' }
  /** Dates or times of one pattern (table/time.ts), counted in its smallest unit. */
  | { kind: 'time'; pattern: string }
  /** Words by their place in the dictionary. */
  | { kind: 'words'; words: readonly string[] };

/** The code that analytics bits are read from, `width` bits wide. */
export type PlannedCode =
  /** v·10^decimals − min, of `values` values; a missing cell is the one behind them where there were any. */
  | { kind: 'decimal'; decimals: number; min: number; values: number; missing: boolean; width: number }
  /** 2^16 equal steps from min to max; a missing cell is in the first. */
  | { kind: 'linear'; min: number; max: number; width: number }
  /** The place in the dictionary; unseen words share the last code, a missing cell has the one behind the words. */
  | { kind: 'words'; missing: boolean; width: number };

export interface PlannedColumn {
  name: string;
  /** Its place in the table, by which ties between bits are broken. */
  place: number;
  cells: PlannedCells;
  /** Null of a column that takes no part in the clusters. */
  code: PlannedCode | null;
  /** What stands for a missing number, beside an indicator; null where a record with a missing cell is left out. */
  filled: number | null;
}

/** One bit of a code, counted from the top. */
export interface PlannedBit {
  /** Place among the features; the target comes behind them. */
  column: number;
  bit: number;
}

export interface CondensePlan {
  features: PlannedColumn[];
  target: PlannedColumn;
  /** Values of the target that are classes, in order; null of a regression. */
  classes: readonly (string | number)[] | null;
  /** Whether each class is clustered by itself. */
  perClass: boolean;
  /** Bits in the order in which they become analytics bits; the first β are. */
  order: PlannedBit[];
  beta: number;
  /** How the order came about, so that it can be made anew. */
  ordering: { order: AnalyticsOrder; seed: number };
  /** Names of what comes of it: design columns without the bias, targets, weight. */
  names: string[];
  /** What standardises the design columns, the bias first. */
  means: Float64Array;
  scales: Float64Array;
}

/** The columns of a plan as its bits count them. */
export function plannedColumns({ features, target }: CondensePlan): PlannedColumn[] {
  return [...features, target];
}

function cellsOf(column: Column): PlannedCells {
  if (column.kind === 'text') return { kind: 'words', words: column.dictionary };
  return column.time === undefined ? { kind: 'number' } : { kind: 'time', pattern: column.time };
}

function codeOf(mapping: Mapping, quantiser: Quantiser | undefined): PlannedCode {
  if (quantiser !== undefined) {
    return { kind: 'linear', min: quantiser.min, max: quantiser.max, width: QUANTISER_BITS };
  }
  const [width] = fieldWidths(mapping);
  if (mapping.kind === 'category') return { kind: 'words', missing: mapping.missing, width };
  if (mapping.kind !== 'decimal') throw new LabError('INTERNAL', `No bits cluster a ${mapping.kind} code.`);
  return { ...mapping, width };
}

/** Cells of the analytics order as bits of columns. */
function orderOf(analytics: AnalyticsPlan, place: ReadonlyMap<number, number>): PlannedBit[] {
  return Array.from(analytics.order, (cell) => {
    const row = analytics.rows.find(({ start, bits }) => cell >= start && cell < start + bits);
    const column = row === undefined ? undefined : place.get(row.column);
    if (row === undefined || column === undefined) throw new LabError('INTERNAL', 'A bit has no column.');
    return { column, bit: cell - row.start };
  });
}

/** Engines compare names without regard to case: two columns that differ in nothing else are one to them. */
function checkNames(table: readonly Column[], used: readonly PlannedColumn[]): void {
  const alike = new Map<string, string>();
  const isUsed = new Set(used.map(({ name }) => name));
  for (const { name } of table) {
    const key = name.toLowerCase();
    const other = alike.get(key);
    if (other !== undefined && (isUsed.has(name) || isUsed.has(other)))
      throw new LabError('SQL_NAME', `Columns "${other}" and "${name}" differ only in case.`);
    alike.set(key, name);
  }
}

/**
 * The plan of an experiment.
 *
 * @throws SQL_BASES where samples are made of bases, SQL_WEIGHTS where records have weights, SQL_NAME, and what `Workbench.design` throws
 */
export async function planCondensing(bench: Workbench, settings: ExperimentSettings): Promise<CondensePlan> {
  if (condenserOf(settings) !== 'clusters') {
    throw new LabError('SQL_BASES', 'The condensed samples are made of a codec’s bases.');
  }
  if (settings.weight !== null) {
    throw new LabError(
      'SQL_WEIGHTS',
      `The records stand for others already, by column "${settings.weight}".`,
    );
  }
  const { table, coded } = await bench.prepare(settings);
  const variables = resolveVariables(table, settings);
  const design = await bench.design(settings);
  const analytics = await bench.analytics(settings);
  if (variables === null || analytics === null)
    throw new LabError('TARGET_UNKNOWN', 'There is no target to learn.');
  const clusters = new Set(analytics.rows.map(({ column }) => column));
  const planned = (index: number, filled: number | null): PlannedColumn => {
    const column = table.columns[index];
    const quantiser = analytics.quantisers.find((one) => one.column === index);
    return {
      name: column.name,
      place: index,
      cells: cellsOf(column),
      code: clusters.has(index) ? codeOf(coded.mappings[index], quantiser) : null,
      filled,
    };
  };
  const features = design.map.features.map(({ column, filled, mean }) =>
    planned(column, filled ? mean : null),
  );
  const target = planned(variables.target, null);
  checkNames(table.columns, [...features, target]);
  const place = new Map([...variables.features, variables.target].map((column, k) => [column, k]));
  const targetColumn = table.columns[variables.target];
  const labels = variables.task === 'classification' ? classCoding(targetColumn)?.labels : undefined;
  return {
    ...{ features, target },
    classes: labels === undefined ? null : targetColumn.kind === 'text' ? labels : labels.map(Number),
    perClass: settings.targetInClusters && variables.task === 'classification',
    order: orderOf(analytics, place),
    beta: settings.beta,
    ordering: { order: settings.order, seed: settings.seed },
    names: bench.condensedNames(design),
    means: design.map.means,
    scales: design.map.scales,
  };
}

/** A number that tells plans apart: results of one are not taken for those of another. */
export function planNumber(plan: CondensePlan): number {
  const said = JSON.stringify([plan.features, plan.target, plan.classes, plan.names]);
  return crc32c(new TextEncoder().encode(said));
}
