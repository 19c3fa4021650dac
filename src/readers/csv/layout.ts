/** Where the table starts in a file: lines above it that belong to no table, and whether its first row names columns. */
import { LabError } from '../../core/errors.ts';
import { trimmed, type Head, type HeadRow } from './dialect.ts';
import { gatherEvidence, textOf, type Markers } from './headCells.ts';
import { judgeHeader, type Judgement } from './header.ts';

export interface Layout {
  /** The cells of the row that names the columns, or null when there is none. */
  header: string[] | null;
  /** Line of the first record. */
  firstLine: number;
  /** Lines above the table that were left out, blank ones aside. */
  skipped: number;
  /** The cells of the first row where it may as well be the other, a record or the names of the columns. */
  doubtful: string[] | null;
  /** Whether the names are numbers or dates, and nobody said that they are names. */
  namesAreNumbers: boolean;
}

const HASH = 35;

const valuesIn = (head: Head, row: HeadRow): number =>
  Array.from(row.starts).filter((start, c) => {
    const [from, to] = trimmed(head.bytes, start, row.ends[c]);
    return from < to;
  }).length;

/** Index of the first row of the table: behind comments and titles that happen to have as many cells. */
function firstRow(head: Head, judge: (index: number) => Judgement): number {
  const { rows, bytes, width } = head;
  let first = rows.findIndex((row) => row.cells === width);
  const isComment = (row: HeadRow): boolean => bytes[row.starts[0]] === HASH;
  const isTitle = (row: HeadRow): boolean => width >= 3 && valuesIn(head, row) <= 1;
  while (isComment(rows[first]) || isTitle(rows[first])) {
    const next = rows.findIndex((row, index) => index > first && row.cells === width);
    if (next < 0) break;
    const goesOn = isComment(rows[next]) || (isTitle(rows[next]) && !isComment(rows[first]));
    // "#a,b" above numbers is the header itself, and so may be a row with a single name.
    if (!goesOn && judge(next).vote !== 1) break;
    if (goesOn && !tableStartsBehind(next)) break;
    first = next;
  }
  return first;

  function tableStartsBehind(from: number): boolean {
    const start = rows.findIndex(
      (row, index) => index > from && row.cells === width && !isComment(row) && !isTitle(row),
    );
    return start >= 0 && judge(start).vote === 1;
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
export function findLayout(head: Head, asked: boolean | undefined, markers: Markers): Layout {
  const { rows, width } = head;
  const judged = new Map<number, Judgement>();
  const judge = (index: number): Judgement => {
    const known = judged.get(index) ?? judgeHeader(head, index, markers);
    judged.set(index, known);
    return known;
  };
  const first = firstRow(head, judge);
  const row = rows[first];
  const { vote, doubtful, ofNumbers } = judge(first);
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
    const skipped = head.declarations + first - 1;
    return { header, firstLine: row.line, skipped, doubtful: null, namesAreNumbers: false };
  }
  if (vote !== 1) refuseNearMiss(head, first);
  const cells = Array.from(row.starts, (_, c) => textOf(head, row, c));
  const named = asked ?? vote >= 0;
  return {
    header: named ? cells : null,
    firstLine: named ? row.line + 1 : row.line,
    skipped: head.declarations + first,
    doubtful: asked === undefined && doubtful ? cells : null,
    namesAreNumbers: asked === undefined && vote === 1 && ofNumbers,
  };
}

/** Rows that say whether something else separates their columns. */
const SEPARATED_ROWS = 100;

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
export function otherSeparator(head: Head, markers: Markers): string | null {
  const [, ...rows] = head.rows;
  if (rows.length === 0 || gatherEvidence(head, rows[0].line, markers)[0].offence === null) return null;
  const texts = rows.slice(0, SEPARATED_ROWS).map((row) => textOf(head, row, 0));
  for (const [name, pattern] of OTHER_SEPARATORS) {
    const cells = texts.map((text) => text.split(pattern));
    const regular = cells.every((row) => row.length >= 2 && row.length === cells[0].length);
    const numeric = cells.flat().filter((cell) => cell !== '' && Number.isFinite(Number(cell))).length;
    if (regular && numeric * 2 >= cells.flat().length) return name;
  }
  return null;
}
