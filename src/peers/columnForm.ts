/**
 * The table as float64 columns: one column's doubles after the other, dictionary codes for text, then the column's
 * missing flags as bits.
 */
import { assertLittleEndian } from '../core/bits/bitStream.ts';
import type { Column, Table } from '../core/table/table.ts';
import { joinBytes } from './compressor.ts';
import type { Form } from './forms.ts';
import type { Cell } from './peer.ts';
import { bytesOf, cellBytes, readHeader, writeHeader } from './tableHeader.ts';

/** Where a column lies: its cells from `at`, its flags from `flagsAt` to `end`. */
interface Place {
  column: Column;
  at: number;
  flagsAt: number;
  end: number;
}

function places({ rows, columns }: Table, from: number): Place[] {
  let at = from;
  return columns.map((column) => {
    const flagsAt = at + rows * cellBytes(column);
    const end = flagsAt + (column.missing === null ? 0 : Math.ceil(rows / 8));
    const place = { column, at, flagsAt, end };
    at = end;
    return place;
  });
}

function write(table: Table): Uint8Array {
  assertLittleEndian();
  const header = writeHeader(table);
  // The header says whether flags follow, and drops those that flag nothing.
  const { table: shape } = readHeader(header);
  const layout = places(shape, header.length);
  const bytes = new Uint8Array(layout.at(-1)?.end ?? header.length);
  bytes.set(header);
  layout.forEach(({ at, flagsAt, end }, c) => {
    const column = table.columns[c];
    bytes.set(bytesOf(column), at);
    if (end === flagsAt) return;
    for (let i = 0; i < table.rows; i++) bytes[flagsAt + (i >> 3)] |= column.missing![i] << (i & 7);
  });
  return bytes;
}

function read(bytes: Uint8Array): Table {
  assertLittleEndian();
  const { table, length } = readHeader(bytes);
  for (const { column, at, flagsAt, end } of places(table, length)) {
    bytesOf(column).set(bytes.subarray(at, flagsAt));
    if (end === flagsAt) continue;
    for (let i = 0; i < table.rows; i++) column.missing![i] = (bytes[flagsAt + (i >> 3)] >> (i & 7)) & 1;
  }
  return table;
}

/** Copies the bytes from `from` on out of a stream of pieces that passes by once. */
class PassingBytes {
  private readonly pieces: Iterator<Uint8Array>;
  private piece = new Uint8Array(0);
  /** Where the piece lies in the stream. */
  private start = 0;

  constructor(pieces: Iterable<Uint8Array>) {
    this.pieces = pieces[Symbol.iterator]();
  }

  copy(from: number, out: Uint8Array): void {
    for (let k = 0; k < out.length; k++) {
      while (from + k >= this.start + this.piece.length) {
        this.start += this.piece.length;
        const next = this.pieces.next();
        if (next.done === true) throw new Error('The decompressed bytes end early.');
        this.piece = next.value as Uint8Array<ArrayBuffer>;
      }
      out[k] = this.piece[from + k - this.start];
    }
  }

  end(): void {
    this.pieces.return?.();
  }
}

/** The header, from the leading bytes. */
function readOpening(pieces: Iterable<Uint8Array>): { table: Table; length: number } {
  const stream = new PassingBytes(pieces);
  const length = new Uint8Array(4);
  stream.copy(0, length);
  const header = new Uint8Array(4 + new DataView(length.buffer).getUint32(0, true));
  header.set(length);
  stream.copy(4, header.subarray(4));
  stream.end();
  return readHeader(header);
}

function record(layout: readonly Place[], pieces: Iterable<Uint8Array>, row: number): Cell[] {
  const stream = new PassingBytes(pieces);
  const cell = new Uint8Array(8);
  const view = new DataView(cell.buffer);
  const code = cell.subarray(0, 4);
  const flags = new Uint8Array(1);
  const cells = layout.map(({ column, at, flagsAt, end }): Cell => {
    const isNumber = column.kind === 'number';
    stream.copy(at + row * cellBytes(column), isNumber ? cell : code);
    const value = isNumber ? view.getFloat64(0, true) : column.dictionary[view.getUint32(0, true)];
    if (end === flagsAt) return value;
    stream.copy(flagsAt + (row >> 3), flags);
    return ((flags[0] >> (row & 7)) & 1) === 1 ? null : value;
  });
  stream.end();
  return cells;
}

export const columnForm: Form = {
  name: 'columns',
  label: 'the float64 columns',
  sentence: 'the doubles of one column after the other, text as dictionary codes',
  write: async (table) => write(table),
  read: async (_table, pieces, pulse) => read(await joinBytes(pieces(), pulse)),
  open: (_table, pieces) => {
    const { table, length } = readOpening(pieces);
    const layout = places(table, length);
    return (leading, row) => record(layout, leading, row);
  },
};
