/**
 * Whether the first row of a table names its columns. The row is a record like the others unless it stands out: a word
 * above numbers, a date above numbers, years or 0 … n above numbers that are none, a word above texts of other words.
 */
import type { Head, HeadRow } from './dialect.ts';
import { gatherEvidence, kindOf, textOf, type CellKind, type Markers } from './headCells.ts';

/** What a row is, and whether the rows leave room for doubt. */
export interface Judgement {
  /** 1 where the row names the columns, −1 where it is a record, 0 where nothing says either. */
  vote: 1 | -1 | 0;
  doubtful: boolean;
  /** Whether the names are numbers or dates rather than words. */
  ofNumbers: boolean;
}

/** Rows that say whether the first names the columns: more of them would not say more. */
const VOTING_ROWS = 100;
/** Rows from which on a column says what is usual in it. */
const TELLING_ROWS = 3;
/** A value that is new comes as often as values that came once: of so large a share it is no surprise. */
const RARE = 0.2;
/** Columns from which on ascending names are no chance, whatever their steps. */
const LONG_RUN = 8;
const LONGEST_TEXT = 200;

/** How a cell of the row stands to its column. */
type Stand =
  | 'silent'
  /** A word or a date above numbers. */
  | 'name'
  /** A word above other words, a number above dates, nothing above words. */
  | 'hint'
  /** A value as there are below. */
  | 'value'
  /** A word that comes again below. */
  | 'again';

interface ColumnView {
  kind: CellKind;
  stand: Stand;
  /** The cell as a number, else NaN. */
  number: number;
  /** Whether the number is unlike those below. */
  isOdd: () => boolean;
}

/** The body of a table as the voting rows show it. */
interface Body {
  head: Head;
  rows: readonly HeadRow[];
  markers: Markers;
}

const PLAIN_NUMBER = /^[+-]?\d{1,15}(?:[.,]\d{1,15})?$/;

function numberOf(head: Head, row: HeadRow, cell: number): number {
  const text = textOf(head, row, cell);
  return PLAIN_NUMBER.test(text) ? Number(text.replace(',', '.')) : NaN;
}

const isYear = (value: number): boolean => Number.isInteger(value) && value >= 1800 && value <= 2100;

/** "Land 10" → "Aa 9": what texts that are written alike have in common. */
function formOf(text: string): string {
  return text
    .replace(/\p{Lu}+/gu, 'A')
    .replace(/\p{Ll}+/gu, 'a')
    .replace(/\d+/g, '9');
}

/** Whether a text is none of some, and new ones are rare among them. */
function standsOut(text: string, others: readonly string[]): boolean {
  const counts = new Map<string, number>();
  for (const other of others) counts.set(other, (counts.get(other) ?? 0) + 1);
  if (counts.has(text) || others.length < TELLING_ROWS) return false;
  let once = 0;
  for (const count of counts.values()) if (count === 1) once++;
  return once <= RARE * others.length;
}

function standAboveText({ head, rows, markers }: Body, kind: CellKind, row: HeadRow, cell: number): Stand {
  const filled = rows.filter((below) => kindOf(head, below, cell, markers) !== 'missing');
  if (kind === 'missing')
    return filled.length === rows.length && rows.length >= TELLING_ROWS ? 'hint' : 'silent';
  if (kind !== 'word') return 'silent';
  const text = textOf(head, row, cell).slice(0, LONGEST_TEXT);
  const texts = filled.map((below) => textOf(head, below, cell).slice(0, LONGEST_TEXT));
  if (texts.includes(text)) return 'again';
  return standsOut(text, texts) || standsOut(formOf(text), texts.map(formOf)) ? 'hint' : 'silent';
}

/** Whether a number lies apart from those of its column, or is whole where they are not, or a year where none is. */
function isUnlike(number: number, { head, rows, markers }: Body, cell: number): boolean {
  let fractions = 0;
  let years = 0;
  const values: number[] = [];
  for (const below of rows) {
    if (kindOf(head, below, cell, markers) !== 'number') continue;
    const value = numberOf(head, below, cell);
    if (value !== value) continue;
    values.push(value);
    if (/[.,]/.test(textOf(head, below, cell))) fractions++;
    if (isYear(value)) years++;
  }
  if (Number.isInteger(number) && 2 * fractions >= Math.max(1, values.length)) return true;
  if (isYear(number) && years === 0) return true;
  if (values.length < TELLING_ROWS) return values.length === 0;
  const least = Math.min(...values);
  const most = Math.max(...values);
  return number < least - (most - least) || number > most + (most - least);
}

/** Neighbouring columns whose names count up or down: 0 … n, years, wavelengths. */
interface Run {
  from: number;
  to: number;
  isIndex: boolean;
  isYears: boolean;
}

/** Length of the steps from one number to the next, 0 where they are not all the same. */
function stepOf(values: readonly number[]): number {
  const step = values[1] - values[0];
  const tolerance = Math.abs(step) * 1e-6;
  return values.every((value, k) => k === 0 || Math.abs(value - values[k - 1] - step) <= tolerance)
    ? step
    : 0;
}

function isMonotonic(values: readonly number[]): boolean {
  const up = values[1] > values[0];
  return values.every((value, k) => k === 0 || (up ? value > values[k - 1] : value < values[k - 1]));
}

function goesOn(values: readonly number[]): boolean {
  return values.length > 1 && (stepOf(values) !== 0 || (values.length >= LONG_RUN && isMonotonic(values)));
}

/** The runs of equal steps in numbers that stand side by side, one number alone included, as [from, to). */
function equalSteps(numbers: readonly number[]): [number, number][] {
  if (goesOn(numbers)) return [[0, numbers.length]];
  const runs: [number, number][] = [];
  for (let from = 0; from < numbers.length;) {
    let to = Math.min(from + 2, numbers.length);
    while (to < numbers.length && stepOf(numbers.slice(to - 2, to + 1)) !== 0) to++;
    runs.push([from, to]);
    // The last number of a run may begin the next one.
    from = to === numbers.length ? to : to - 1;
  }
  return runs;
}

function findRun(columns: readonly ColumnView[]): Run | null {
  let best: Run | null = null;
  for (let start = 0; start < columns.length;) {
    let end = start;
    while (end < columns.length && columns[end].number === columns[end].number) end++;
    const numbers = columns.slice(start, end).map(({ number }) => number);
    for (const [from, to] of equalSteps(numbers)) {
      const some = numbers.slice(from, to);
      const length = to - from;
      if (best !== null && length <= best.to - best.from) continue;
      const isYears = some.every(isYear) && new Set(some).size === length;
      const areNames = length >= 3 && goesOn(some);
      // One year or two may be values; not so above numbers that are no years.
      if (!areNames && !(isYears && columns.slice(start + from, start + to).every(({ isOdd }) => isOdd())))
        continue;
      const isIndex = length > 1 && (some[0] === 0 || some[0] === 1) && stepOf(some) === 1;
      best = { from: start + from, to: start + to, isIndex, isYears };
    }
    start = end + 1;
  }
  return best;
}

/** Whether most rows below count on in the same columns, as 4, 5, 6 below 1, 2, 3. */
function isShared({ from, to }: Run, { head, rows }: Body): boolean {
  if (to - from < 2) return false;
  const alike = rows.filter((below) =>
    goesOn(Array.from({ length: to - from }, (_, k) => numberOf(head, below, from + k))),
  ).length;
  return 2 * alike >= Math.max(1, rows.length);
}

const sure = (vote: Judgement['vote'], ofNumbers = false): Judgement => ({
  vote,
  doubtful: false,
  ofNumbers,
});
const unsure = (vote: Judgement['vote'], ofNumbers = false): Judgement => ({
  vote,
  doubtful: true,
  ofNumbers,
});

function viewColumns(body: Body, row: HeadRow): ColumnView[] {
  const { head, rows, markers } = body;
  const evidence = gatherEvidence({ ...head, rows: [...rows] }, 0, markers);
  return Array.from(row.starts, (_, c): ColumnView => {
    const kind = kindOf(head, row, c, markers);
    const { seen, offence, isTime } = evidence[c];
    const number = kind === 'number' || kind === 'code' ? numberOf(head, row, c) : NaN;
    const view = (stand: Stand): ColumnView => ({
      kind,
      stand,
      number,
      isOdd: () => number === number && isUnlike(number, body, c),
    });
    if (!seen) return view('silent');
    if (offence !== null) return view(standAboveText(body, kind, row, c));
    if (kind === 'word' || (kind === 'time' && !isTime)) return view('name');
    if (isTime && (kind === 'number' || kind === 'code')) return view('hint');
    return view(kind === 'missing' || kind === 'code' ? 'silent' : 'value');
  });
}

/** A row in which some names count on: what else speaks for it being a header, and what against. */
function judgeRun(run: Run, columns: readonly ColumnView[], body: Body, hints: number): Judgement {
  const length = run.to - run.from;
  const odd = columns.slice(run.from, run.to).filter(({ isOdd }) => isOdd()).length;
  const isOdd = 2 * odd >= length;
  if (isShared(run, body)) {
    if (hints <= 0 && !isOdd) return sure(-1);
    return hints + (isOdd ? 1 : 0) >= 2 ? sure(1, true) : unsure(1, true);
  }
  const others = columns.filter(({ stand }, c) => stand === 'value' && (c < run.from || c >= run.to)).length;
  let points = 0;
  if (isOdd) points += 2;
  if (hints > 0) points += 2;
  if (hints < 0) points -= 2;
  if (length >= 5) points++;
  if (run.isIndex || run.isYears) points++;
  if (others === 0) points++;
  if (others > length) points -= 2;
  if (points < 2) return points < 1 ? sure(-1) : unsure(-1);
  return points >= 3 ? sure(1, true) : unsure(1, true);
}

/**
 * Judges a row by those below it.
 *
 * @param index of the row among those of the head
 */
export function judgeHeader(head: Head, index: number, markers: Markers): Judgement {
  const row = head.rows[index];
  const rows = head.rows
    .slice(index + 1, index + 1 + VOTING_ROWS)
    .filter(({ cells }) => cells === head.width);
  const body: Body = { head, rows, markers };
  const columns = viewColumns(body, row);
  const count = (wanted: Stand): number => columns.filter(({ stand }) => stand === wanted).length;
  const names = count('name');
  const values = columns.filter(({ stand }) => stand === 'value');
  const hints = count('hint') - count('again');
  const run = findRun(columns);

  if (names > 0) {
    const dates = columns.filter(({ stand, kind }) => stand === 'name' && kind === 'time').length;
    const ofNumbers = 2 * dates >= names;
    const others = columns.filter(
      ({ stand }, c) => stand === 'value' && (run === null || c < run.from || c >= run.to),
    );
    if (others.length <= names) return sure(1, ofNumbers);
    // As a record the row would make numbers into text; but no two columns are called the same.
    const distinct = new Set(others.map(({ number }) => number)).size === others.length;
    return unsure(distinct ? 1 : -1, ofNumbers);
  }
  if (run !== null) return judgeRun(run, columns, body, hints);
  if (values.length > 0) {
    if (hints <= 0) return sure(-1);
    const odd = values.filter(({ isOdd }) => isOdd()).length;
    if (2 * odd > values.length) return unsure(1, true);
    return 2 * hints >= values.length ? unsure(-1) : sure(-1);
  }
  const isOfWords = columns.every(({ kind }) => kind === 'word' || kind === 'missing');
  if (!isOfWords) return hints > 0 ? unsure(1) : sure(-1);
  if (rows.length >= TELLING_ROWS && 2 * count('again') > columns.length) return unsure(-1);
  return sure(hints > 0 ? 1 : 0);
}
