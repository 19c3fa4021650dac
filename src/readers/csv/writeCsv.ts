/** A table as CSV text: RFC 4180 in UTF-8 with LF, quotes only where they are needed, missing cells empty. */
import { spellCell } from './spellCell.ts';
import { writeTime } from '../../core/table/time.ts';
import type { Column, NumberColumn, Table } from '../../core/table/table.ts';

/** Bytes after which a piece is handed on. */
const PIECE_BYTES = 1 << 18;

const COMMA = 44;
const LINE_FEED = 10;
/** Where a row is one cell, a bare missing one would be a blank line, which is no row. */
const LONE_MISSING_CELL = new TextEncoder().encode('""');

/** Bytes that grow, and are handed on in pieces. */
class TextBuffer {
  bytes = new Uint8Array(PIECE_BYTES + 4096);
  length = 0;

  reserve(more: number): void {
    if (this.length + more <= this.bytes.length) return;
    const larger = new Uint8Array(Math.max(this.bytes.length * 2, this.length + more));
    larger.set(this.bytes.subarray(0, this.length));
    this.bytes = larger;
  }

  push(piece: Uint8Array): void {
    this.reserve(piece.length);
    this.bytes.set(piece, this.length);
    this.length += piece.length;
  }

  byte(value: number): void {
    this.reserve(1);
    this.bytes[this.length++] = value;
  }

  /** A spelling of ASCII characters alone. */
  ascii(text: string): void {
    this.reserve(text.length);
    for (let k = 0; k < text.length; k++) this.bytes[this.length++] = text.charCodeAt(k);
  }

  take(): Uint8Array<ArrayBuffer> {
    const piece = this.bytes.slice(0, this.length);
    this.length = 0;
    return piece;
  }
}

/** Writes the cell of a row that is not missing. */
type CellWriter = (row: number) => void;

function numberWriter({ values, time }: NumberColumn, out: TextBuffer): CellWriter {
  if (time !== undefined) return (row) => out.ascii(writeTime(values[row], time));
  return (row) => {
    const value = values[row];
    // String gives the fewest digits that read back as the same double; only the sign of zero is lost.
    out.ascii(value === 0 && Object.is(value, -0) ? '-0' : String(value));
  };
}

function cellWriter(column: Column, out: TextBuffer): CellWriter {
  if (column.kind === 'number') return numberWriter(column, out);
  const encoder = new TextEncoder();
  const spelt: (Uint8Array | undefined)[] = new Array<undefined>(column.dictionary.length);
  const { codes, dictionary } = column;
  return (row) => {
    const code = codes[row];
    out.push((spelt[code] ??= encoder.encode(spellCell(dictionary[code]))));
  };
}

/**
 * Spells a table as CSV with a header line.
 *
 * Numbers are spelt so that they read back as the same double, dates and times by their column's pattern. CSV cannot
 * tell a NaN or an empty text from a missing cell, nor hold a lone surrogate, which becomes U+FFFD.
 *
 * @returns pieces of about a quarter of a megabyte, each a copy of its own
 */
export function* writeCsv(table: Table): Generator<Uint8Array<ArrayBuffer>> {
  const { rows, columns } = table;
  const out = new TextBuffer();
  out.push(new TextEncoder().encode(columns.map(({ name }) => spellCell(name)).join(',')));
  out.byte(LINE_FEED);
  const writers = columns.map((column) => cellWriter(column, out));
  const missing = columns.map((column) => column.missing);
  for (let row = 0; row < rows; row++) {
    if (columns.length === 1 && missing[0]?.[row] === 1) out.push(LONE_MISSING_CELL);
    for (let c = 0; c < columns.length; c++) {
      if (c > 0) out.byte(COMMA);
      const gaps = missing[c];
      if (gaps === null || gaps[row] === 0) writers[c](row);
    }
    out.byte(LINE_FEED);
    if (out.length >= PIECE_BYTES) yield out.take();
  }
  if (out.length > 0) yield out.take();
}
