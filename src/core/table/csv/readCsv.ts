/**
 * Reading a CSV file as a stream into typed columns, typed over the whole file, with every cell kept so that nothing is
 * lost.
 *
 * The first quarter of a megabyte says how the file is written and what its columns seem to be. Then the file is read
 * through. Columns of which a later cell says otherwise ("41.0" has been stored as 41 when "n/a" comes) are read a
 * second time, all of them together, now that it is known what they are.
 */
import { LabError } from '../../errors.ts';
import { SILENT_PULSE, type Pulse } from '../../pulse.ts';
import type { ColumnDecision, ReadingOptions, TableFile, TableNotice, TableReading } from '../reading.ts';
import { MAX_CELLS, type Column } from '../table.ts';
import { ColumnReader, storageFor, type Storage } from './columnReader.ts';
import { explain } from './decisions.ts';
import { findDecimal, findDelimiter, type Delimiter, type Head } from './dialect.ts';
import { NotUtf8, type Encoding } from './encoding.ts';
import type { Evidence, NumberDialect } from './evidence.ts';
import { findLayout, gatherEvidence, otherSeparator, type Layout } from './layout.ts';
import { MissingMarkers } from './missing.ts';
import { columnNames } from './names.ts';
import { COMMA_PLAIN, POINT_PLAIN } from './numbers.ts';
import { MAX_COLUMNS, RowScanner } from './rowScanner.ts';
import { TextStream } from './textStream.ts';

/** Text from which the dialect and the first guess of types are taken. */
const HEAD_BYTES = 262_144;
/** Where the first rows are longer than that, more is taken, up to beyond the longest row. */
const LARGEST_HEAD = 17 * 1024 * 1024;
const LINES_IN_HEAD = 2;

/** Ragged rows after which there is no use in counting further, and how many of them are named. */
const MOST_RAGGED = 1000;
const NAMED_RAGGED = 5;

/** What is known of a file before its rows are read. */
interface Plan extends NumberDialect {
  delimiter: Delimiter;
  width: number;
  layout: Layout;
  names: string[];
  /** Per column, what the first rows say. */
  evidence: Evidence[];
  markers: MissingMarkers;
  /** For columns that the user wants as text, in which NA is a text like any other. */
  bareMarkers: MissingMarkers;
}

/** The start of the text, of a length that does not depend on how the file comes in pieces. */
async function readHead(pieces: AsyncGenerator<Uint8Array>): Promise<{
  text: Uint8Array;
  /** Text behind the head in the last piece. */
  rest: Uint8Array;
  whole: boolean;
}> {
  let text = new Uint8Array(HEAD_BYTES);
  let length = 0;
  let wanted = HEAD_BYTES;
  for (;;) {
    const { done, value } = await pieces.next();
    if (done === true) return { text: text.subarray(0, length), rest: new Uint8Array(0), whole: true };
    let taken = 0;
    while (taken < value.length) {
      const some = value.subarray(taken, taken + wanted - length);
      text.set(some, length);
      length += some.length;
      taken += some.length;
      if (length < wanted) break;
      if (wanted >= LARGEST_HEAD || countLines(text) >= LINES_IN_HEAD)
        return { text, rest: value.slice(taken), whole: false };
      wanted *= 2;
      const larger = new Uint8Array(wanted);
      larger.set(text);
      text = larger;
    }
  }
}

function countLines(text: Uint8Array): number {
  let lines = 0;
  for (let i = 0; i < text.length && lines < LINES_IN_HEAD; i++) {
    if (text[i] === 10 || (text[i] === 13 && text[i + 1] !== 10)) lines++;
  }
  return lines;
}

function makePlan(head: Head, options: ReadingOptions, notices: TableNotice[], fileName: string): Plan {
  const { delimiter, width, rows, fault } = head;
  if (rows.length === 0) throw fault ?? new LabError('CSV_EMPTY', `${fileName} is empty.`);
  if (width > MAX_COLUMNS)
    throw new LabError('CSV_TOO_WIDE', `The file has ${width} columns; the limit is ${MAX_COLUMNS}.`);
  const decimal = options.decimal ?? findDecimal(head);
  const markers = new MissingMarkers(options.missing ?? [], decimal, true);
  const separator = width === 1 && options.delimiter === undefined ? otherSeparator(head, markers) : null;
  if (separator !== null) {
    throw new LabError(
      'CSV_ONE_COLUMN',
      `${fileName} has one column; its cells look as if they were separated by ${separator}.`,
    );
  }
  const layout = findLayout(head, options.header, markers);
  return {
    delimiter,
    decimal,
    decimalChosen: options.decimal !== undefined,
    width,
    layout,
    names: columnNames(layout.header, width, notices),
    evidence: gatherEvidence(head, layout.firstLine, markers),
    markers,
    bareMarkers: new MissingMarkers(options.missing ?? [], decimal, false),
  };
}

/** Columns as the first rows suggest them, and as the user wants them. */
function firstColumns(plan: Plan, options: ReadingOptions, notices: TableNotice[]): ColumnReader[] {
  const asked = new Map((options.types ?? []).map(({ column, type }) => [column, type]));
  for (const column of asked.keys()) {
    if (!plan.names.includes(column))
      notices.push({
        code: 'unknown-column',
        column: null,
        text: `A type was chosen for column ${column}, which the file does not have.`,
      });
  }
  return plan.names.map((name, c) => {
    const type = asked.get(name);
    const suggested = storageFor(plan.evidence[c], plan);
    const storage: Storage =
      type === undefined || suggested.kind === type
        ? suggested
        : { kind: type, style: plan.decimal === ',' ? COMMA_PLAIN : POINT_PLAIN };
    const markers = type === 'text' ? plan.bareMarkers : plan.markers;
    return new ColumnReader(name, type, storage, plan, markers);
  });
}

/** Rows that have another number of cells than the table is wide. */
class Ragged {
  private readonly named: string[] = [];
  private count = 0;
  private readonly width: number;

  constructor(width: number) {
    this.width = width;
  }

  get found(): boolean {
    return this.count > 0;
  }

  add(line: number, cells: number): void {
    this.count++;
    if (this.named.length < NAMED_RAGGED) this.named.push(`line ${line} (${cells})`);
    if (this.count >= MOST_RAGGED) this.refuse(true);
  }

  refuse(andMore = false): never {
    const { count, named, width } = this;
    const rows = count === 1 ? 'One row has' : `${andMore ? 'At least ' : ''}${count} rows have`;
    const others = count > named.length ? ', …' : '';
    throw new LabError(
      'CSV_RAGGED',
      `${rows} another number of cells than the table, which has ${width}: ${named.join(', ')}${others}.`,
    );
  }
}

interface Reading {
  rows: number;
  blankRows: number;
}

/** Reads all rows into columns; `columns[c]` may be null when it is not wanted. */
class RowReader {
  private readonly scanner: RowScanner;
  private readonly plan: Plan;
  private readonly columns: readonly (ColumnReader | null)[];
  private readonly ragged: Ragged;
  private rows = 0;
  private blankRows = 0;

  constructor(plan: Plan, columns: readonly (ColumnReader | null)[]) {
    this.scanner = new RowScanner(plan.delimiter.charCodeAt(0));
    this.plan = plan;
    this.columns = columns;
    this.ragged = new Ragged(plan.width);
  }

  push(text: Uint8Array): void {
    this.scanner.append(text);
    this.takeRows();
  }

  finish(): Reading {
    this.scanner.finish();
    this.takeRows();
    if (this.ragged.found) this.ragged.refuse();
    return { rows: this.rows, blankRows: this.blankRows };
  }

  private takeRows(): void {
    const { scanner, columns, plan } = this;
    const { width, layout } = plan;
    while (scanner.next()) {
      if (scanner.blank) {
        this.blankRows++;
        continue;
      }
      if (scanner.line < layout.firstLine) continue;
      if (scanner.cells !== width) {
        this.ragged.add(scanner.line, scanner.cells);
        continue;
      }
      if (this.ragged.found) continue;
      if ((this.rows + 1) * width > MAX_CELLS)
        throw new LabError('CSV_TOO_LARGE', `The table has more than ${MAX_CELLS} cells.`);
      const { bytes, starts, ends, line } = scanner;
      for (let c = 0; c < width; c++) {
        const column = columns[c];
        if (column !== null) column.add(bytes, starts[c], ends[c], this.rows, line);
      }
      this.rows++;
    }
  }
}

/** A file that is read in one encoding, as often as needed. */
class CsvFile {
  readonly file: TableFile;
  readonly options: ReadingOptions;
  private readonly pulse: Pulse;
  encoding: Encoding | undefined;
  bytes = 0;

  constructor(file: TableFile, options: ReadingOptions, pulse: Pulse) {
    this.file = file;
    this.options = options;
    this.pulse = pulse;
    this.encoding = options.encoding;
  }

  private async beat(phase: string, stream: TextStream): Promise<void> {
    if (!this.pulse.due()) return;
    await this.pulse.beat({ phase, done: stream.bytes, total: this.file.bytes, unit: 'bytes' });
  }

  /** First reading: the plan from the first rows, then all rows. */
  async read(notices: TableNotice[]): Promise<{ plan: Plan; columns: ColumnReader[]; reading: Reading }> {
    const stream = new TextStream(this.file, this.encoding);
    const pieces = stream.pieces();
    try {
      const { text, rest, whole } = await readHead(pieces);
      const head = findDelimiter(text, whole, this.options.delimiter);
      const plan = makePlan(head, this.options, notices, this.file.name);
      const columns = firstColumns(plan, this.options, notices);
      const rows = new RowReader(plan, columns);
      rows.push(text);
      rows.push(rest);
      for await (const piece of pieces) {
        rows.push(piece);
        await this.beat('Reading rows', stream);
      }
      return { plan, columns, reading: rows.finish() };
    } finally {
      this.encoding = stream.encoding;
      this.bytes = stream.bytes;
      await pieces.return(undefined);
    }
  }

  /** Another reading, by the same plan, of the columns that are not null. */
  async readAgain(plan: Plan, columns: readonly (ColumnReader | null)[]): Promise<Reading> {
    const stream = new TextStream(this.file, this.encoding);
    const rows = new RowReader(plan, columns);
    for await (const piece of stream.pieces()) {
      rows.push(piece);
      await this.beat('Reading some columns again', stream);
    }
    return rows.finish();
  }
}

/** What a column is after all its cells have been seen. */
function settle(column: ColumnReader, plan: Plan): Storage {
  const { storage, evidence, asked } = column;
  if (storage.kind === 'text' || asked === 'text') return { kind: 'text', style: 0 };
  const settled = storageFor(evidence, plan);
  if (settled.kind !== 'none') return settled;
  // Thousands or fractions: who wants numbers gets what the file's decimal sign makes of them.
  if (asked === 'number') return storageFor(evidence, { ...plan, delimiter: ';', decimalChosen: true });
  return { kind: 'text', style: 0 };
}

async function settleColumns(
  csv: CsvFile,
  plan: Plan,
  columns: ColumnReader[],
  settled: Storage[],
  rows: number,
): Promise<void> {
  const isRight = ({ storage }: ColumnReader, { kind, style }: Storage): boolean =>
    storage.kind === kind && storage.style === style;
  const again = columns.map((column, c) => {
    if (isRight(column, settled[c])) return null;
    const markers = column.asked === 'text' ? plan.bareMarkers : plan.markers;
    return new ColumnReader(column.name, column.asked, settled[c], plan, markers);
  });
  if (again.every((column) => column === null)) return;
  const reading = await csv.readAgain(plan, again);
  again.forEach((column, c) => {
    if (column === null) return;
    if (reading.rows !== rows || !isRight(column, settled[c])) {
      throw new LabError('FILE_UNREADABLE', `${csv.file.name} has changed while it was read.`);
    }
    columns[c] = column;
  });
}

/** How many of the last columns have neither a name nor a value, as when lines end in delimiters. */
function trailingEmpty(plan: Plan, columns: readonly ColumnReader[], rows: number): number {
  const { header } = plan.layout;
  let kept = columns.length;
  while (
    kept > 1 &&
    columns[kept - 1].missingCells === rows &&
    (header === null || header[kept - 1] === '') &&
    columns[kept - 1].asked === undefined
  )
    kept--;
  return columns.length - kept;
}

function count(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`;
}

/** Rows in which every cell is missing. */
function emptyRecords(columns: readonly Column[], rows: number): number {
  if (columns.some(({ missing }) => missing === null)) return 0;
  let empty = 0;
  for (let row = 0; row < rows; row++) if (columns.every(({ missing }) => missing![row] === 1)) empty++;
  return empty;
}

const DELIMITER_NAMES: Record<Delimiter, string> = {
  ',': 'comma',
  ';': 'semicolon',
  '\t': 'tab',
  '|': 'vertical bar',
};
const ENCODING_NAMES: Record<Encoding, string> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16 LE',
  'utf-16be': 'UTF-16 BE',
  'windows-1252': 'windows-1252',
};

function describe(plan: Plan, encoding: Encoding): TableReading['dialect'] {
  return [
    { name: 'Delimiter', value: plan.width === 1 ? 'none' : DELIMITER_NAMES[plan.delimiter] },
    { name: 'Decimal sign', value: plan.decimal === ',' ? 'comma' : 'point' },
    { name: 'Header', value: plan.layout.header === null ? 'none' : 'first row' },
    { name: 'Encoding', value: ENCODING_NAMES[encoding] },
  ];
}

async function readFile(csv: CsvFile): Promise<TableReading> {
  const { file, options } = csv;
  const notices: TableNotice[] = [];
  if (csv.encoding === 'windows-1252' && options.encoding === undefined)
    notices.push({
      code: 'windows-1252',
      column: null,
      text: 'Its text is not UTF-8; it was read as windows-1252.',
    });
  const { plan, columns, reading } = await csv.read(notices);
  const { rows, blankRows } = reading;
  const { layout } = plan;
  if (rows === 0) throw new LabError('CSV_EMPTY', `${file.name} has a header line but no rows.`);
  if (rows === 1) throw new LabError('CSV_ONE_ROW', `${file.name} has only one row.`);
  if (columns.every((column) => column.missingCells === rows))
    throw new LabError('CSV_EMPTY', `None of the ${rows} rows of ${file.name} has a value.`);
  const dropped = trailingEmpty(plan, columns, rows);
  columns.length -= dropped;
  const settled = columns.map((column) => settle(column, plan));
  const ofColumns: TableNotice[] = [];
  const decisions = columns.map((column, c): ColumnDecision =>
    explain(column, plan.evidence[c], settled[c], ofColumns),
  );
  await settleColumns(csv, plan, columns, settled, rows);
  const finished = columns.map((column) => column.finish(rows));

  const say = (code: string, text: string): number => notices.push({ code, column: null, text });
  if (layout.skipped > 0)
    say(
      'preamble',
      `${count(layout.skipped, 'line')} above the table ${layout.skipped === 1 ? 'was' : 'were'} left out.`,
    );
  if (layout.header === null && options.header === undefined)
    say('no-header', 'The first row holds values, so the columns are called column1, column2 and so on.');
  if (blankRows > 0) say('blank-rows', `${count(blankRows, 'blank row')} left out.`);
  if (dropped > 0) say('empty-columns', `${count(dropped, 'empty column')} at the right left out.`);
  const empty = emptyRecords(finished, rows);
  if (empty > 0) say('empty-records', `${count(empty, 'record')} without a value in any column kept.`);
  if (finished.length === 1)
    say('one-column', 'The table has one column: it can be compressed, but not learned from.');
  return {
    table: { rows, columns: finished },
    notices: [...notices, ...ofColumns],
    decisions,
    bytes: csv.bytes,
    format: 'csv',
    dialect: describe(plan, csv.encoding ?? 'utf-8'),
  };
}

/**
 * Reads delimited text into a table. What the options leave open is found out: delimiter, encoding, header, decimal
 * sign and types.
 *
 * @param file is opened once, and again where the encoding or the type of a column turns out otherwise
 * @throws CSV_EMPTY, CSV_BINARY, CSV_ONE_ROW, CSV_ONE_COLUMN, CSV_RAGGED, CSV_QUOTES, CSV_TYPE, CSV_TOO_WIDE,
 * CSV_TOO_LARGE, CSV_ENCODING, FILE_UNREADABLE where it changes meanwhile, and what opening it throws
 */
export async function readCsv(
  file: TableFile,
  options: ReadingOptions = {},
  pulse: Pulse = SILENT_PULSE,
): Promise<TableReading> {
  const csv = new CsvFile(file, options, pulse);
  try {
    return await readFile(csv);
  } catch (thrown) {
    if (!(thrown instanceof NotUtf8)) throw thrown;
    csv.encoding = 'windows-1252';
    return readFile(csv);
  }
}
