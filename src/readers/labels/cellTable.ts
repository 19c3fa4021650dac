/** Cells of files of labels: text is taken apart by the scanner of tables, and a cell is a string only when asked for. */
import { LabError } from '../../core/errors.ts';
import { findDelimiter } from '../csv/dialect.ts';
import { NotUtf8, type Encoding } from '../csv/encoding.ts';
import { RowScanner } from '../csv/rowScanner.ts';
import { TextStream } from '../csv/textStream.ts';
import type { ImageFile } from '../imageReading.ts';
import { openSource } from '../source.ts';

/** Most bytes of a file of labels or names, as UTF-8. */
const MAX_TEXT_BYTES = 64 * 1024 * 1024;
/** Most cells of it. */
const MAX_CELLS = 1 << 24;
/** Text from which the delimiter is told. */
const HEAD_BYTES = 1 << 18;

const SPACE = 32;
/** Stands in no text. */
const NUL = 0;

/** Rows of cells; the first one may name the columns. */
export interface CellTable {
  rows: number;
  /** Cells of a row, of which there may be more or fewer than in others. */
  cellsIn(row: number): number;
  /** A cell without the white space around it; empty where the row has no such cell. */
  cell(row: number, column: number): string;
}

async function textIn(file: ImageFile, encoding: Encoding | undefined): Promise<Uint8Array> {
  const { stream } = await openSource(file);
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of new TextStream(stream, encoding).pieces()) {
    length += piece.length;
    if (length > MAX_TEXT_BYTES)
      throw new LabError('CSV_TOO_LARGE', `Labels and names take ${MAX_TEXT_BYTES} bytes at most.`);
    pieces.push(piece.slice());
  }
  const text = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    text.set(piece, at);
    at += piece.length;
  }
  return text;
}

/**
 * The text of a file as UTF-8, in any of the encodings that tables may have.
 *
 * @returns the text, and whether it was read as windows-1252 because it is nothing else
 * @throws LabError CSV_TOO_LARGE, CSV_BINARY, CSV_ENCODING, GZIP_DAMAGED, FILE_UNREADABLE
 */
export async function readText(file: ImageFile): Promise<{ text: Uint8Array; isWindows1252: boolean }> {
  try {
    return { text: await textIn(file, undefined), isWindows1252: false };
  } catch (thrown) {
    if (!(thrown instanceof NotUtf8)) throw thrown;
    return { text: await textIn(file, 'windows-1252'), isWindows1252: true };
  }
}

/** Splits text by a delimiter; blank lines are left out, and so are the empty cells between spaces. */
function split(text: Uint8Array, delimiter: number): CellTable {
  const scanner = new RowScanner(delimiter);
  scanner.append(text);
  scanner.finish();
  const firsts: number[] = [];
  let starts = new Int32Array(1024);
  let ends = new Int32Array(1024);
  let cells = 0;
  while (scanner.next()) {
    if (scanner.blank) continue;
    firsts.push(cells);
    const count = Math.min(scanner.cells, scanner.starts.length);
    if (cells + count > MAX_CELLS)
      throw new LabError('CSV_TOO_LARGE', `A file of labels has ${MAX_CELLS} cells at most.`);
    if (cells + count > starts.length) {
      const larger = [starts, ends].map((all) => {
        const grown = new Int32Array(2 * (cells + count));
        grown.set(all);
        return grown;
      });
      [starts, ends] = larger;
    }
    for (let c = 0; c < count; c++) {
      if (delimiter === SPACE && scanner.starts[c] === scanner.ends[c]) continue;
      starts[cells] = scanner.starts[c];
      ends[cells++] = scanner.ends[c];
    }
  }
  firsts.push(cells);
  const { bytes } = scanner;
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const cellsIn = (row: number): number => firsts[row + 1] - firsts[row];
  return {
    rows: firsts.length - 1,
    cellsIn,
    cell: (row, column) => {
      if (column >= cellsIn(row)) return '';
      const at = firsts[row] + column;
      return decoder.decode(bytes.subarray(starts[at], ends[at])).trim();
    },
  };
}

/** Text as lines: one cell a row, whatever is in it. @throws LabError CSV_QUOTES, CSV_TOO_LARGE */
export function splitLines(text: Uint8Array): CellTable {
  return split(text, NUL);
}

/** Text as cells between spaces. @throws LabError CSV_QUOTES, CSV_TOO_LARGE */
export function splitSpaces(text: Uint8Array): CellTable {
  return split(text, SPACE);
}

/**
 * Text as a table by the delimiter that its first rows have.
 *
 * @returns null where rows have one cell, or differ in the number of cells from the first on
 * @throws LabError CSV_QUOTES, CSV_TOO_LARGE
 */
export function splitTable(text: Uint8Array): CellTable | null {
  const head = findDelimiter(text.subarray(0, HEAD_BYTES), text.length <= HEAD_BYTES, undefined);
  const regular = head.rows.filter(({ cells }) => cells === head.width).length;
  if (head.width < 2 || 2 * regular < head.rows.length) return null;
  const table = split(text, head.delimiter.charCodeAt(0));
  if (head.declarations === 0) return table;
  return {
    rows: table.rows - 1,
    cellsIn: (row) => table.cellsIn(row + 1),
    cell: (row, column) => table.cell(row + 1, column),
  };
}

/** Records of JSON as a table: the keys of the first one are its header. */
export function tableOfRecords(records: readonly Record<string, unknown>[]): CellTable {
  const header = Object.keys(records[0]);
  return {
    rows: records.length + 1,
    cellsIn: () => header.length,
    cell: (row, column) => {
      if (row === 0) return header[column];
      const { [header[column]]: value } = records[row - 1];
      return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
        ? String(value).trim()
        : '';
    },
  };
}
