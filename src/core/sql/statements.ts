/** What the queries of a plan share: from the records' cells to values, codes, design columns and keys. */
import { codeExpression, keyExpressions } from './codes.ts';
import { valueOf } from './cells.ts';
import { isPresent, number, type SqlDialect } from './dialect.ts';
import { plannedColumns, type CondensePlan, type PlannedColumn } from './plan.ts';
import { isPartName, PART, partTaken } from '../table/part.ts';

/** Name of the view that every query reads. */
export const RECORDS = 'lab_records';
export interface QueryOptions {
  dialect: SqlDialect;
  /** Whether the records have a column "part": training records are condensed, test records stay as they are. */
  hasPart: boolean;
  /** Spellings of a missing word besides an empty cell. */
  missingWords: readonly string[];
}

/** Aliases that no name of a column can be mistaken for: columns of the records are always qualified. */
export const value = (column: number): string => `v${column}`;
const code = (column: number): string => `c${column}`;
export const key = (word: number): string => `k${word}`;

/** Whether the value of a column is there: of a word seen or unseen, of a number a finite one. */
function isThere({ cells }: PlannedColumn, alias: string): string {
  return cells.kind === 'words' ? `${alias} IS NOT NULL` : isPresent(alias);
}

/** The class of a record, by place; null where the plan knows no such class. */
function classExpression({ classes, target }: CondensePlan, alias: string): string | null {
  if (classes === null) return null;
  const words = target.cells.kind === 'words' ? target.cells.words : null;
  const cases = classes.map((label, place) => {
    const code = words === null ? number(Number(label)) : String(words.indexOf(String(label)));
    return `WHEN ${alias} = ${code} THEN ${place}`;
  });
  return `CASE ${cases.join(' ')} END`;
}

/** Which records a model can use. */
export function usable(plan: CondensePlan): string {
  const target = value(plan.features.length);
  const terms = plan.features.flatMap((feature, k) =>
    feature.filled === null ? [isThere(feature, value(k))] : [],
  );
  terms.push(plan.classes === null ? isThere(plan.target, target) : 'y IS NOT NULL');
  return terms.join('\n    AND ');
}

/**
 * The cells as values, one column each, with the class and the part where there are any.
 *
 * @throws PART_TAKEN where the column that divides the records would be a feature or the target, too
 */
export function valuesQuery(plan: CondensePlan, { dialect, hasPart, missingWords }: QueryOptions): string {
  const columns = plannedColumns(plan);
  const lines = columns.map((column, k) => `${valueOf(column, 'r', missingWords, dialect)} AS ${value(k)}`);
  if (hasPart) {
    const own = columns.find(({ name }) => isPartName(name));
    if (own !== undefined) throw partTaken(own.name);
    lines.push(`r.${dialect.identifier(PART)} AS part`);
  }
  return `SELECT\n    ${lines.join(',\n    ')}\n  FROM ${dialect.identifier(RECORDS)} AS r`;
}

/** The values with the codes of those that cluster, and the class. */
export function codesQuery(plan: CondensePlan, from: string): string {
  const columns = plannedColumns(plan);
  const lines = columns.flatMap((column, k) =>
    column.code === null ? [] : [`${codeExpression(column, value(k))} AS ${code(k)}`],
  );
  const y = classExpression(plan, value(plan.features.length));
  if (y !== null) lines.push(`${y} AS y`);
  return `SELECT *,\n    ${lines.join(',\n    ')}\n  FROM ${from}`;
}

/** The key of a record's cluster; one word at least. */
export function keysOf(plan: CondensePlan, dialect: SqlDialect): string[] {
  const keys = keyExpressions(plan, code, dialect);
  if (plan.perClass) keys.push('y');
  return keys.length === 0 ? ['0'] : keys;
}

/** The codes' aliases of the columns that cluster. */
export function codedColumns(plan: CondensePlan): { column: number; alias: string; width: number }[] {
  return plannedColumns(plan).flatMap((planned, k) =>
    planned.code === null ? [] : [{ column: k, alias: code(k), width: planned.code.width }],
  );
}

const flag = (condition: string): string => `CASE WHEN ${condition} THEN 1e0 ELSE 0e0 END`;

/** The design columns of a record without the bias, in order. */
export function designExpressions({ features }: CondensePlan): string[] {
  return features.flatMap(({ cells, filled }, k) => {
    const v = value(k);
    if (cells.kind === 'words') {
      const shares = cells.words.map((_, place) => flag(`${v} = ${place}`));
      return filled === null ? shares : [...shares, flag(`${v} IS NULL`)];
    }
    if (filled === null) return [v];
    return [
      `CASE WHEN ${isPresent(v)} THEN ${v} ELSE ${number(filled)} END`,
      `CASE WHEN ${isPresent(v)} THEN 0e0 ELSE 1e0 END`,
    ];
  });
}

/** The targets of a record: its number, 1 for the second of two classes, or one of each class. */
export function targetExpressions({ features, classes }: CondensePlan): string[] {
  if (classes === null) return [value(features.length)];
  if (classes.length === 2) return ['CAST(y AS DOUBLE)'];
  return classes.map((_, place) => flag(`y = ${place}`));
}
