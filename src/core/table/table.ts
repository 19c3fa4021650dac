/** A table as typed columns: what a file becomes on reading, and what an archive gives back. */
import { writeTime } from './time.ts';

/** Numbers; a missing cell has missing[i] = 1 and values[i] = 0. NaN is a value like any other. */
export interface NumberColumn {
  kind: 'number';
  name: string;
  values: Float64Array;
  /** One flag per record, or null when no cell is missing. */
  missing: Uint8Array | null;
  /**
   * How the numbers are spelt when they are dates or times, as a pattern of time.ts: "YYYY-MM-DD". The numbers count
   * the pattern's smallest unit from 1970, or from midnight.
   */
  time?: string;
}

/** Text by dictionary; a missing cell has missing[i] = 1 and codes[i] = 0. */
export interface TextColumn {
  kind: 'text';
  name: string;
  codes: Uint32Array;
  /** Distinct strings, the most frequent first (ties: first seen first). */
  dictionary: string[];
  missing: Uint8Array | null;
}

export type Column = NumberColumn | TextColumn;

export interface Table {
  rows: number;
  columns: Column[];
}

export { MAX_CELLS } from '../limits.ts';

/** Most distinct values with which a text column is a category: it enters a model one-hot. */
export const MAX_CATEGORIES = 64;

/** A text column with few enough values to enter a model one-hot, and with more than one. */
export function isCategory(column: TextColumn): boolean {
  return column.dictionary.length >= 2 && column.dictionary.length <= MAX_CATEGORIES;
}

/** rows × columns × 8: what the table takes as float64. */
export function rawFloat64Bytes(rows: number, columns: number): number {
  return rows * columns * 8;
}

/** Number of missing cells of a column. */
export function missingCount(column: Column): number {
  let count = 0;
  if (column.missing) for (let i = 0; i < column.missing.length; i++) count += column.missing[i];
  return count;
}

/** A cell as text, null when missing. Numbers are written so that they read back as the same double, times as times. */
export function cellText(column: Column, row: number): string | null {
  if (column.missing !== null && column.missing[row] === 1) return null;
  if (column.kind === 'text') return column.dictionary[column.codes[row]];
  const value = column.values[row];
  if (column.time !== undefined) return writeTime(value, column.time);
  return Object.is(value, -0) ? '-0' : String(value);
}

/**
 * Whether two tables are the same: names, kinds, patterns of times, every double by Object.is, every string.
 *
 * @param places which rows of the first table are those of the second, where it has only some
 * @returns null when they are, else where they first differ, by the row of the first
 */
export function firstDifference(a: Table, b: Table, places: Uint32Array | null = null): string | null {
  if ((places?.length ?? a.rows) !== b.rows || a.columns.length !== b.columns.length) return 'shape';
  for (let c = 0; c < a.columns.length; c++) {
    const left = a.columns[c];
    const right = b.columns[c];
    if (left.name !== right.name || left.kind !== right.kind) return `column ${c}`;
    if (left.kind === 'number' && right.kind === 'number' && left.time !== right.time) return `column ${c}`;
    for (let k = 0; k < b.rows; k++) {
      const i = places === null ? k : places[k];
      const gone = left.missing !== null && left.missing[i] === 1;
      if (gone !== (right.missing !== null && right.missing[k] === 1)) return `column ${c}, row ${i}`;
      if (gone) continue;
      if (left.kind === 'number' && right.kind === 'number') {
        const x = left.values[i];
        const y = right.values[k];
        // Equal doubles differ only in the sign of zero; unequal ones may both be NaN.
        if (x === y ? x === 0 && !Object.is(x, y) : !Object.is(x, y)) return `column ${c}, row ${i}`;
      } else if (left.kind === 'text' && right.kind === 'text') {
        if (left.dictionary[left.codes[i]] !== right.dictionary[right.codes[k]])
          return `column ${c}, row ${i}`;
      }
    }
  }
  return null;
}

/** Some records of a table, in the order of `rows`. */
export function takeRows(table: Table, rows: Uint32Array): Table {
  const columns = table.columns.map((column): Column => {
    const missing = column.missing === null ? null : Uint8Array.from(rows, (row) => column.missing![row]);
    if (column.kind === 'text') return { ...column, missing, codes: rows.map((row) => column.codes[row]) };
    return { ...column, missing, values: Float64Array.from(rows, (row) => column.values[row]) };
  });
  return { rows: rows.length, columns };
}

/** The table without some of its columns. */
export function dropColumns(table: Table, names: readonly string[]): Table {
  const dropped = new Set(names);
  return { rows: table.rows, columns: table.columns.filter((column) => !dropped.has(column.name)) };
}
