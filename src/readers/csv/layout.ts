/** Where the table starts in a file: lines above it that belong to no table, and whether its first row names columns. */
import { LabError } from '../../core/errors.ts';
import { readTime } from '../../core/table/time.ts';
import { TEXT_WORD } from './cells.ts';
import { trimmed, type Head, type HeadRow } from './dialect.ts';
import { Evidence } from './evidence.ts';
import type { MissingMarkers } from './missing.ts';
import { NumberReader } from './numbers.ts';

export interface Layout {
  /** The cells of the row that names the columns, or null when there is none. */
  header: string[] | null;
  /** Line of the first record. */
  firstLine: number;
  /** Lines above the table that were left out, blank ones aside. */
  skipped: number;
}

const HASH = 35;
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const numbers = new NumberReader();
const time = { value: 0, shape: 0 };
const out = { why: 0 };

const textOf = ({ bytes }: Head, row: HeadRow, cell: number): string =>
  decoder.decode(bytes.subarray(row.starts[cell], row.ends[cell])).trim();

function isMissing(bytes: Uint8Array, start: number, end: number, markers: MissingMarkers): boolean {
  return start === end || (markers.first[bytes[start]] === 1 && markers.matches(bytes, start, end));
}

/** 0 for a missing cell, 1 for a word, 2 for a number, a code or a time, which name no column. */
function classOf({ bytes }: Head, row: HeadRow, cell: number, markers: MissingMarkers): number {
  const [start, end] = trimmed(bytes, row.starts[cell], row.ends[cell]);
  if (isMissing(bytes, start, end, markers)) return 0;
  if (numbers.stylesOf(bytes, start, end, out) !== 0 || out.why !== TEXT_WORD) return 2;
  return readTime(bytes, start, end, time) ? 2 : 1;
}

/** What the cells of the rows from an index on have in common, per column; rows of another width are left out. */
export function gatherEvidence(head: Head, fromLine: number, markers: MissingMarkers): Evidence[] {
  const { bytes, width } = head;
  const columns = Array.from({ length: width }, () => new Evidence());
  for (const row of head.rows) {
    if (row.line < fromLine || row.cells !== width) continue;
    for (let c = 0; c < Math.min(width, row.starts.length); c++) {
      const [start, end] = trimmed(bytes, row.starts[c], row.ends[c]);
      if (!isMissing(bytes, start, end, markers)) columns[c].see(numbers, bytes, start, end, row.line);
    }
  }
  return columns;
}

/** Rows that say whether the first names the columns: more of them would not say more. */
const VOTING_ROWS = 100;

/**
 * Whether a row stands above its columns as names do: words above numbers, and no numbers.
 *
 * @returns 1 when columns say so, −1 when they deny it, 0 when none is of numbers
 */
function namesColumns(head: Head, index: number, markers: MissingMarkers): number {
  const row = head.rows[index];
  const below = { ...head, rows: head.rows.slice(index + 1, index + 1 + VOTING_ROWS) };
  const columns = gatherEvidence(below, 0, markers);
  let ayes = 0;
  let noes = 0;
  for (let c = 0; c < row.starts.length; c++) {
    const { seen, offence } = columns[c];
    if (!seen || offence !== null) continue;
    const kind = classOf(head, row, c, markers);
    if (kind === 1) ayes++;
    if (kind === 2) noes++;
  }
  if (ayes + noes > 0) return ayes >= noes ? 1 : -1;
  for (let c = 0; c < row.starts.length; c++) if (classOf(head, row, c, markers) === 2) return -1;
  return 0;
}

const valuesIn = (head: Head, row: HeadRow): number =>
  Array.from(row.starts).filter((start, c) => {
    const [from, to] = trimmed(head.bytes, start, row.ends[c]);
    return from < to;
  }).length;

/** Index of the first row of the table: behind comments and titles that happen to have as many cells. */
function firstRow(head: Head, markers: MissingMarkers): number {
  const { rows, bytes, width } = head;
  let first = rows.findIndex((row) => row.cells === width);
  const isComment = (row: HeadRow): boolean => bytes[row.starts[0]] === HASH;
  const isTitle = (row: HeadRow): boolean => width >= 3 && valuesIn(head, row) <= 1;
  while (isComment(rows[first]) || isTitle(rows[first])) {
    const next = rows.findIndex((row, index) => index > first && row.cells === width);
    if (next < 0) break;
    const goesOn = isComment(rows[next]) || (isTitle(rows[next]) && !isComment(rows[first]));
    // "#a,b" above numbers is the header itself, and so may be a row with a single name.
    if (!goesOn && namesColumns(head, next, markers) !== 1) break;
    if (goesOn && !tableStartsBehind(next)) break;
    first = next;
  }
  return first;

  function tableStartsBehind(from: number): boolean {
    const start = rows.findIndex(
      (row, index) => index > from && row.cells === width && !isComment(row) && !isTitle(row),
    );
    return start >= 0 && namesColumns(head, start, markers) === 1;
  }
}

/** Refuses a row right above the table that almost fits: more likely it has a cell too many or too few. */
function refuseNearMiss(head: Head, first: number): void {
  const { width } = head;
  const above = head.rows[first - 1] as HeadRow | undefined;
  if (above === undefined || above.cells < 2 || Math.abs(above.cells - width) !== 1) return;
  if (head.bytes[above.starts[0]] === HASH) return;
  throw new LabError(
    'CSV_RAGGED',
    `Line ${above.line} has ${above.cells} cells where the rows below have ${width}.`,
  );
}

/** Whether all rows end in an empty cell, as when every line ends in a delimiter. */
function endInEmptyCell({ rows, width }: Head): boolean {
  return rows.every((row) => row.cells !== width || row.starts[width - 1] === row.ends[width - 1]);
}

/**
 * Finds the first row of the table and whether it names the columns.
 *
 * @param head first rows, of which at least one has as many cells as most
 * @param asked whether there is a header, when the user says so
 * @throws CSV_RAGGED
 */
export function findLayout(head: Head, asked: boolean | undefined, markers: MissingMarkers): Layout {
  const { rows, width } = head;
  const first = firstRow(head, markers);
  const row = rows[first];
  const votes = namesColumns(head, first, markers);
  const above = rows[first - 1] as HeadRow | undefined;
  if (
    asked !== false &&
    above !== undefined &&
    width >= 3 &&
    above.cells === width - 1 &&
    endInEmptyCell(head)
  ) {
    // Every line but the header ends in a delimiter.
    const header = Array.from({ length: width }, (_, c) => (c < above.cells ? textOf(head, above, c) : ''));
    return { header, firstLine: row.line, skipped: head.declarations + first - 1 };
  }
  if (votes !== 1) refuseNearMiss(head, first);
  const named = asked ?? votes >= 0;
  if (!named) return { header: null, firstLine: row.line, skipped: head.declarations + first };
  const header = Array.from(row.starts, (_, c) => textOf(head, row, c));
  return { header, firstLine: row.line + 1, skipped: head.declarations + first };
}

/** Columns of a row that stand apart by something that is no delimiter here. */
const OTHER_SEPARATORS: [name: string, pattern: RegExp][] = [
  ['spaces', / +/],
  ['colons', /:/],
  ['carets', /\^/],
  ['tildes', /~/],
];

/**
 * The name of another separator by which the rows of a table of one column fall into several, most of them numbers;
 * null when it really seems to be one column.
 */
export function otherSeparator(head: Head, markers: MissingMarkers): string | null {
  const [, ...rows] = head.rows;
  if (rows.length === 0 || gatherEvidence(head, rows[0].line, markers)[0].offence === null) return null;
  const texts = rows.slice(0, VOTING_ROWS).map((row) => textOf(head, row, 0));
  for (const [name, pattern] of OTHER_SEPARATORS) {
    const cells = texts.map((text) => text.split(pattern));
    const regular = cells.every((row) => row.length >= 2 && row.length === cells[0].length);
    const numeric = cells.flat().filter((cell) => cell !== '' && Number.isFinite(Number(cell))).length;
    if (regular && numeric * 2 >= cells.flat().length) return name;
  }
  return null;
}
