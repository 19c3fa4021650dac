/** Records in which every cell is missing: they say nothing, and are left out unless someone wants them. */
import { LabError } from '../core/errors.ts';
import type { Column, Table } from '../core/table/table.ts';
import type { ReadingOptions, TableReading } from './tableReading.ts';

/** Rows in which some cell has a value, or null where all have. */
function filledRows({ columns, rows }: Table): Uint32Array | null {
  if (columns.some(({ missing }) => missing === null)) return null;
  const filled = new Uint32Array(rows);
  let count = 0;
  for (let row = 0; row < rows; row++)
    if (columns.some(({ missing }) => missing![row] === 0)) filled[count++] = row;
  return count === rows ? null : filled.subarray(0, count);
}

function rowsOf(column: Column, rows: Uint32Array): Column {
  const flags = Uint8Array.from(rows, (row) => column.missing![row]);
  const missing = flags.includes(1) ? flags : null;
  if (column.kind === 'number')
    return { ...column, values: Float64Array.from(rows, (row) => column.values[row]), missing };
  return { ...column, codes: Uint32Array.from(rows, (row) => column.codes[row]), missing };
}

/**
 * @returns the table without such records, or with them where they are to be kept; a notice counts them
 * @throws CSV_ONE_ROW where fewer than two records are left
 */
export function withoutEmptyRecords(
  reading: TableReading,
  { emptyRecords }: ReadingOptions,
  fileName: string,
): TableReading {
  const filled = filledRows(reading.table);
  if (filled === null) return reading;
  const empty = reading.table.rows - filled.length;
  const records = empty === 1 ? '1 record' : `${empty} records`;
  const verb = empty === 1 ? 'was' : 'were';
  const say = (what: string): TableReading['notices'] => [
    ...reading.notices,
    {
      code: 'empty-records',
      column: null,
      text: `${records} without a value in any column ${verb} ${what}.`,
    },
  ];
  if (emptyRecords === 'kept') return { ...reading, notices: say('kept') };
  if (filled.length < 2)
    throw new LabError(
      'CSV_ONE_ROW',
      `${fileName} has ${filled.length === 0 ? 'no record' : 'only one record'} with a value.`,
    );
  const columns = reading.table.columns.map((column) => rowsOf(column, filled));
  return { ...reading, table: { rows: filled.length, columns }, notices: say('left out') };
}
