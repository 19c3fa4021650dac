/** What the binary forms say of a table before its cells: names, kinds, dictionaries. */
import type { Column, Table } from '../core/table/table.ts';

interface ColumnHeader {
  name: string;
  /** Absent for a column of numbers. */
  dictionary?: string[];
  hasMissing: boolean;
  time?: string;
}

/** Whether a column has a missing cell; the flags alone may be there without one. */
function hasMissing({ missing }: Column): boolean {
  return missing !== null && missing.includes(1);
}

/** JSON, which also holds strings with lone surrogates, behind its length as a u32. */
export function writeHeader({ rows, columns }: Table): Uint8Array {
  const headers = columns.map((column): ColumnHeader => ({
    name: column.name,
    hasMissing: hasMissing(column),
    ...(column.kind === 'text' ? { dictionary: column.dictionary } : { time: column.time }),
  }));
  const json = new TextEncoder().encode(JSON.stringify({ rows, columns: headers }));
  const bytes = new Uint8Array(4 + json.length);
  new DataView(bytes.buffer).setUint32(0, json.length, true);
  bytes.set(json, 4);
  return bytes;
}

/**
 * The table with its cells still to be filled in: zeros, and nothing missing.
 *
 * @returns it, and the bytes that the header took
 */
export function readHeader(bytes: Uint8Array): { table: Table; length: number } {
  const length = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(0, true);
  const { rows, columns } = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length))) as {
    rows: number;
    columns: ColumnHeader[];
  };
  const table: Table = {
    rows,
    columns: columns.map(({ name, dictionary, hasMissing, time }): Column => {
      const missing = hasMissing ? new Uint8Array(rows) : null;
      if (dictionary !== undefined)
        return { kind: 'text', name, dictionary, codes: new Uint32Array(rows), missing };
      const column: Column = { kind: 'number', name, values: new Float64Array(rows), missing };
      return time === undefined ? column : { ...column, time };
    }),
  };
  return { table, length: 4 + length };
}

/** Bytes of a cell: a double, or a dictionary code of four bytes. */
export function cellBytes(column: Column): number {
  return column.kind === 'number' ? 8 : 4;
}

/** A column's values or codes as bytes, the same memory. */
export function bytesOf(column: Column): Uint8Array {
  const array = column.kind === 'number' ? column.values : column.codes;
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}
