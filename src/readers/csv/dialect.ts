/** How a file writes its table, found out from its first rows: delimiter, decimal sign. */
import { LabError } from '../../core/errors.ts';
import type { ReadingOptions } from '../tableReading.ts';
import { readTime } from '../../core/table/time.ts';
import { ALL_STYLES, COMMA_PLAIN, NumberReader, POINT_PLAIN } from './numbers.ts';
import { RowScanner } from './rowScanner.ts';

export type Delimiter = NonNullable<ReadingOptions['delimiter']>;

/** In a tie the first wins: the others stand in texts more often. */
const DELIMITERS: readonly Delimiter[] = ['\t', '|', ';', ','];
const DOUBLE_COLON = '::';

/** A scanner of rows between which the delimiter stands. */
export function scannerFor(delimiter: Delimiter): RowScanner {
  return new RowScanner(delimiter.charCodeAt(0), delimiter === DOUBLE_COLON);
}

/** Rows whose cells are looked at, and cells in all. */
const MOST_ROWS = 1000;
const MOST_CELLS = 200_000;

/** A row as places in the text of its head. */
export interface HeadRow {
  line: number;
  cells: number;
  starts: Int32Array;
  ends: Int32Array;
}

/** The first rows of a file, split by one delimiter; blank lines are left out. */
export interface Head {
  delimiter: Delimiter;
  bytes: Uint8Array;
  rows: HeadRow[];
  /** Cells of most rows. */
  width: number;
  /** Rows in front of these that only declare the delimiter: one or none. */
  declarations: number;
  /** What stopped the splitting, if something did. */
  fault: LabError | null;
}

/**
 * Splits the start of a file.
 *
 * @param whole whether there is nothing behind it, so that its last row is complete
 */
function splitHead(text: Uint8Array, whole: boolean, delimiter: Delimiter): Head {
  const scanner = scannerFor(delimiter);
  scanner.append(text);
  if (whole) scanner.finish();
  const rows: HeadRow[] = [];
  let fault: LabError | null = null;
  let cells = 0;
  try {
    while (rows.length < MOST_ROWS && cells < MOST_CELLS && scanner.next()) {
      if (scanner.blank) continue;
      const kept = Math.min(scanner.cells, scanner.starts.length);
      rows.push({
        line: scanner.line,
        cells: scanner.cells,
        starts: scanner.starts.slice(0, kept),
        ends: scanner.ends.slice(0, kept),
      });
      cells += kept;
    }
  } catch (thrown) {
    if (!(thrown instanceof LabError)) throw thrown;
    fault = thrown;
  }
  return { delimiter, bytes: scanner.bytes, rows, width: commonWidth(rows), declarations: 0, fault };
}

/** The count of cells that most rows have; of equally frequent ones the one that comes first. */
function commonWidth(rows: readonly HeadRow[]): number {
  const counts = new Map<number, number>();
  for (const { cells } of rows) counts.set(cells, (counts.get(cells) ?? 0) + 1);
  let width = 0;
  let most = 0;
  for (const [cells, count] of counts) {
    if (count > most) {
      most = count;
      width = cells;
    }
  }
  return width;
}

/** A cell without the white space around it, as [from, to). */
export function trimmed(bytes: Uint8Array, from: number, to: number): [number, number] {
  const isSpace = (byte: number): boolean => byte === 32 || (byte >= 9 && byte <= 13);
  let start = from;
  let end = to;
  while (start < end && isSpace(bytes[start])) start++;
  while (start < end && isSpace(bytes[end - 1])) end--;
  return [start, end];
}

const isQuoted = (bytes: Uint8Array, start: number): boolean => start > 0 && bytes[start - 1] === 34;

const numbers = new NumberReader();
const time = { value: 0, shape: 0 };
const out = { why: 0 };

/** Whether a cell looks whole: a number, a time, nothing, in quotes, or without any other delimiter in it. */
function looksWhole({ bytes, delimiter }: Head, from: number, to: number): boolean {
  const [start, end] = trimmed(bytes, from, to);
  if (start === end || isQuoted(bytes, from)) return true;
  if (numbers.stylesOf(bytes, start, end, out) !== 0 || readTime(bytes, start, end, time)) return true;
  return !DELIMITERS.some(
    (other) => other !== delimiter && bytes.subarray(start, end).includes(other.charCodeAt(0)),
  );
}

/**
 * How well a delimiter explains the first rows: by the share of rows with one count of cells, the share of their cells
 * that look whole, and a little by the count. A semicolon between decimal commas beats the comma by the second.
 */
function score(head: Head): number {
  const { rows, width } = head;
  if (width < 2) return 0;
  const regular = rows.filter((row) => row.cells === width);
  let whole = 0;
  let cells = 0;
  for (const row of regular.slice(0, 100)) {
    for (let c = 0; c < row.starts.length; c++) if (looksWhole(head, row.starts[c], row.ends[c])) whole++;
    cells += row.starts.length;
    if (cells > MOST_CELLS / 10) break;
  }
  const share = regular.length / rows.length;
  return share * share * (whole / cells) * (1 - 1 / width) * (head.fault === null ? 1 : 0.1);
}

/** "sep=;" in the first line, as Excel writes and reads it. */
function declaredDelimiter(text: Uint8Array): Delimiter | null {
  const first = /^"?sep=([,;|\t])"?[\r\n]/i.exec(String.fromCharCode(...text.subarray(0, 10)));
  return first === null ? null : (first[1] as Delimiter);
}

/**
 * Whether a double colon is the delimiter and not a part of names such as std::vector: every row has as many cells, and
 * there are more than two or some column has numbers alone.
 */
function isByColons({ rows, width, bytes }: Head): boolean {
  if (width < 2 || rows.some((row) => row.cells !== width)) return false;
  if (width > 2) return true;
  const isNumber = (row: HeadRow, cell: number): boolean => {
    const [start, end] = trimmed(bytes, row.starts[cell], row.ends[cell]);
    return start < end && numbers.stylesOf(bytes, start, end, out) !== 0;
  };
  const records = rows.slice(1);
  return records.length > 0 && [0, 1].some((cell) => records.every((row) => isNumber(row, cell)));
}

/**
 * Splits the start of a file by the delimiter that fits it best.
 *
 * @param whole whether there is nothing behind the start
 */
export function findDelimiter(text: Uint8Array, whole: boolean, asked: Delimiter | undefined): Head {
  const declared = declaredDelimiter(text);
  if (declared !== null) {
    const head = splitHead(text, whole, asked ?? declared);
    const rows = head.rows.slice(1);
    return { ...head, rows, width: commonWidth(rows), declarations: 1 };
  }
  if (asked !== undefined) return splitHead(text, whole, asked);
  const heads = DELIMITERS.map((delimiter) => splitHead(text, whole, delimiter));
  const scores = heads.map(score);
  const best = Math.max(...scores);
  const colons = splitHead(text, whole, DOUBLE_COLON);
  if (isByColons(colons) && score(colons) > best) return colons;
  if (best > 0) return heads[scores.indexOf(best)];
  // One column for most rows. Where the first row has several, rows are ragged; else they stand in texts.
  const ragged = heads.findLast(({ rows }) => rows.length > 0 && rows[0].cells > 1);
  if (ragged !== undefined) return { ...ragged, width: ragged.rows[0].cells };
  const unused = heads.findLast(({ rows, fault }) => fault === null && rows.every((row) => row.cells === 1));
  return unused ?? heads[heads.length - 1];
}

/** The decimal sign of the cells that can have only one. Between commas it is the point. */
export function findDecimal({ bytes, rows, delimiter }: Head): '.' | ',' {
  if (delimiter === ',') return '.';
  let points = 0;
  let commas = 0;
  for (const row of rows) {
    for (let c = 0; c < row.starts.length; c++) {
      const [start, end] = trimmed(bytes, row.starts[c], row.ends[c]);
      if (start === end) continue;
      const styles = numbers.stylesOf(bytes, start, end, out);
      if (styles === ALL_STYLES) continue;
      // Two bits: plain and grouped with one sign. A third one makes it 1.234 or 1,234, which says nothing.
      if ((styles & POINT_PLAIN) !== 0 && bits(styles) === 2) points++;
      if ((styles & COMMA_PLAIN) !== 0 && bits(styles) === 2) commas++;
    }
  }
  return commas > points ? ',' : '.';
}

function bits(styles: number): number {
  let count = 0;
  for (let rest = styles; rest !== 0; rest &= rest - 1) count++;
  return count;
}
