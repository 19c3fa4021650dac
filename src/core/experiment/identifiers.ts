/** Columns that name their records: a model that sees them learns who a record is, not what it is like. */
import { wordsOf } from '../table/nameWords.ts';
import type { Column, NumberColumn } from '../table/table.ts';

const ID_WORDS = new Set([
  ...['id', 'ids', 'uuid', 'guid', 'identifier', 'index', 'idx', 'serial', 'rownum', 'rownumber', 'rowid'],
  ...['userid', 'customerid', 'clientid', 'patientid', 'passengerid', 'recordid', 'orderid', 'productid'],
]);
/** Share of different values from which a column with such a name is one. */
const NEARLY_ALL = 0.9;
/** In fewer records values differ by chance. */
const LEAST_RECORDS = 10;
/** The same without such a name. */
const LEAST_NAMELESS = 100;

/** Whether every cell is the one before plus one: a row number, which tells a model where a record stood. */
export function isRowNumber(column: Column): boolean {
  if (column.kind !== 'number' || column.missing !== null || column.values.length < 3) return false;
  const { values } = column;
  for (let i = 1; i < values.length; i++) if (values[i] !== values[i - 1] + 1) return false;
  return true;
}

/** Why a column is taken for an identifier of its records, one sentence, or null where it is none. */
export function identifierReason(column: Column): string | null {
  if (isRowNumber(column)) return 'It counts the rows.';
  const isNamed = wordsOf(column.name).some((word) => ID_WORDS.has(word));
  const rows = column.kind === 'text' ? column.codes.length : column.values.length;
  if (rows < LEAST_RECORDS) return null;
  if (column.kind === 'text') {
    const share = column.dictionary.length / rows;
    if (share === 1) return 'Every record has a text of its own.';
    return isNamed && share >= NEARLY_ALL ? 'Nearly every record has a text of its own.' : null;
  }
  if (column.time !== undefined) return null;
  if (!isNamed && (rows < LEAST_NAMELESS || !isDense(column))) return null;
  const least = isNamed ? NEARLY_ALL * rows : rows;
  const different = wholeNumbers(column, least);
  if (different === null) return null;
  return different === rows
    ? 'Every record has a number of its own.'
    : 'Nearly every record has a number of its own.';
}

/** Whether the numbers lie as close as numbers do that were given out one by one; other measures differ by chance. */
function isDense({ values }: NumberColumn): boolean {
  let min = Infinity;
  let max = -Infinity;
  for (let i = 0; i < values.length; i++) {
    if (values[i] < min) min = values[i];
    if (values[i] > max) max = values[i];
  }
  return max - min < 2 * values.length;
}

/** How many different values there are, or null where some are no whole numbers or fewer than `least` are different. */
function wholeNumbers({ values, missing }: NumberColumn, least: number): number | null {
  const seen = new Set<number>();
  for (let i = 0; i < values.length; i++) {
    if (missing !== null && missing[i] === 1) continue;
    if (!Number.isInteger(values[i])) return null;
    seen.add(values[i]);
    if (seen.size + values.length - 1 - i < least) return null;
  }
  return seen.size;
}
