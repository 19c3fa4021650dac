/** Tables as commands name them: a file, perhaps another one with its test records, and columns by name or number. */
import { appendRows } from '../src/readers/appendRows.ts';
import { readTable } from '../src/readers/readTable.ts';
import type { Table } from '../src/core/table/table.ts';
import { fileSource } from './fileSource.ts';

/** A column by name, or by its 1-based number. */
export function columnName(table: Table, wanted: string): string {
  if (table.columns.some((column) => column.name === wanted)) return wanted;
  const index = Number(wanted);
  if (Number.isInteger(index) && index >= 1 && index <= table.columns.length)
    return table.columns[index - 1].name;
  throw new Error(
    `There is no column ${wanted}; there is ${table.columns.map((column) => column.name).join(', ')}.`,
  );
}

/** The table, with the rows of its test file below where it has one. */
export async function readTables(path: string, testPath: string | null, na: string[] | null) {
  const reading = na === null ? {} : { missing: na };
  const started = performance.now();
  const read = await readTable(fileSource(path), reading);
  const ingestSeconds = (performance.now() - started) / 1000;
  if (testPath === null) return { ...read, ingestSeconds, testRows: null };
  const test = await readTable(fileSource(testPath), reading);
  return { ...read, table: appendRows(read.table, test.table), ingestSeconds, testRows: test.table.rows };
}
