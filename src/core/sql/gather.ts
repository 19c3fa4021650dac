/**
 * What can be known of all records before they are condensed, in two queries of one row each: the ranges of the
 * columns, then how many records have each bit of the codes. A plan is refined by either. Bases cannot be: they need
 * counts of distinct prefixes, which no single pass gives.
 */
import { analyticsOrder, type AnalyticsRow } from '../condense/order.ts';
import { LabError } from '../errors.ts';
import { POWER_OF_TEN } from '../table/mapping.ts';
import { bitsFor } from '../bits/width.ts';
import { TRAIN } from '../table/part.ts';
import { isPresent } from './dialect.ts';
import { plannedColumns, planNumber, type CondensePlan, type PlannedColumn } from './plan.ts';
import { codedColumns, codesQuery, value, valuesQuery, type QueryOptions } from './statements.ts';
import type { ResultRows } from './sums.ts';

/** Columns whose codes have a range. */
function ranged(plan: CondensePlan): { column: PlannedColumn; k: number }[] {
  return plannedColumns(plan).flatMap((column, k) =>
    column.code === null || column.code.kind === 'words' ? [] : [{ column, k }],
  );
}

const trainOnly = ({ hasPart }: QueryOptions): string => (hasPart ? `\nWHERE part = '${TRAIN}'` : '');

/** The first query: the smallest and the largest number of every column that has a range. */
export function rangesQuery(plan: CondensePlan, options: QueryOptions): string {
  const lines = [`${planNumber(plan)} AS plan`, 'count(*) AS records'];
  for (const { k } of ranged(plan)) {
    const v = `CASE WHEN ${isPresent(value(k))} THEN ${value(k)} END`;
    lines.push(`min(${v}) AS min_${k}`, `max(${v}) AS max_${k}`);
  }
  return `WITH cells AS (
  ${valuesQuery(plan, options)}
)
SELECT${options.dialect.oneFile}
  ${lines.join(',\n  ')}
FROM cells${trainOnly(options)}`;
}

/** The second: ones per bit, from the top of every code. */
export function onesQuery(plan: CondensePlan, options: QueryOptions): string {
  const lines = [`${planNumber(plan)} AS plan`, 'count(*) AS records'];
  for (const { column, alias, width } of codedColumns(plan)) {
    for (let bit = 0; bit < width; bit++) {
      const low = width - 1 - bit;
      const shifted = low === 0 ? alias : options.dialect.shiftRight(alias, low);
      lines.push(`CAST(sum(${shifted} & 1) AS BIGINT) AS ones_${column}_${bit}`);
    }
  }
  return `WITH cells AS (
  ${valuesQuery(plan, options)}
), codes AS (
  ${codesQuery(plan, 'cells')}
)
SELECT${options.dialect.oneFile}
  ${lines.join(',\n  ')}
FROM codes${trainOnly(options)}`;
}

/** The one row of a result, by name. @throws SQL_RESULT where it is not of this plan */
function rowOf(plan: CondensePlan, { names, rows }: ResultRows, what: string): (name: string) => number {
  const place = new Map(names.map((name, k) => [name, k]));
  const [row] = rows;
  if (rows.length !== 1 || row[place.get('plan') ?? -1] !== planNumber(plan))
    throw new LabError('SQL_RESULT', `These are not the ${what} of this plan.`);
  return (name) => {
    const at = place.get(name);
    if (at === undefined || !Number.isFinite(row[at]))
      throw new LabError('SQL_RESULT', `The ${what} lack ${name}.`);
    return row[at];
  };
}

/** A column with the range of all records; as it is where no record has a number there. */
function widened(column: PlannedColumn, min: number, max: number): PlannedColumn {
  const { code } = column;
  if (code === null || code.kind === 'words') return column;
  if (code.kind === 'linear') return { ...column, code: { ...code, min, max } };
  const scale = POWER_OF_TEN[code.decimals];
  const [from, to] = [Math.round(min * scale), Math.round(max * scale)];
  const values = to - from + 1;
  if (!(values >= 1 && values <= 2 ** 53 - 1))
    throw new LabError('SQL_RESULT', `Column "${column.name}" has a range that no code holds.`);
  return { ...column, code: { ...code, min: from, values, width: bitsFor(values + (code.missing ? 1 : 0)) } };
}

/**
 * The plan with the ranges of all records. The order of its bits is still the sample's: their places from the top of a
 * code are kept, until `reorder` is given the counts.
 *
 * @throws SQL_RESULT
 */
export function rerange(plan: CondensePlan, ranges: ResultRows): CondensePlan {
  const of = rowOf(plan, ranges, 'ranges');
  const columns = plannedColumns(plan);
  for (const { column, k } of ranged(plan)) columns[k] = widened(column, of(`min_${k}`), of(`max_${k}`));
  const order = plan.order.filter(({ column, bit }) => bit < (columns[column].code?.width ?? 0));
  return { ...plan, order, features: columns.slice(0, -1), target: columns[columns.length - 1] };
}

/**
 * The plan with the order that the bits of all records have.
 *
 * @param ones the result of the second query, made with this plan
 * @throws SQL_RESULT
 */
export function reorder(plan: CondensePlan, ones: ResultRows): CondensePlan {
  const of = rowOf(plan, ones, 'ones');
  const rows: AnalyticsRow[] = [];
  const counts: number[] = [];
  const columns = plannedColumns(plan);
  const inTableOrder = codedColumns(plan).sort((a, b) => columns[a.column].place - columns[b.column].place);
  for (const { column, width } of inTableOrder) {
    rows.push({ column, start: counts.length, bits: width });
    for (let bit = 0; bit < width; bit++) counts.push(of(`ones_${column}_${bit}`));
  }
  const { order, seed } = plan.ordering;
  const cells = analyticsOrder(rows, counts, of('records'), order, plan.beta, seed);
  return {
    ...plan,
    order: Array.from(cells, (cell) => {
      const row = rows.findLast(({ start, bits }) => bits > 0 && cell >= start) as AnalyticsRow;
      return { column: row.column, bit: cell - row.start };
    }),
  };
}
