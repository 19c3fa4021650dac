/** The columns of a file of records while it is read: one for every key, missing wherever a record has no value of it. */
import { LabError } from '../../core/errors.ts';
import { counted, MAX_CELLS } from '../../core/limits.ts';
import { MISSING_MARKERS, MISSING_WORDS } from '../csv/cells.ts';
import { ColumnReader } from '../csv/columnReader.ts';
import type { NumberDialect } from '../csv/evidence.ts';
import type { Markers } from '../csv/headCells.ts';
import { MissingMarkers } from '../csv/missing.ts';
import type { ReadingOptions, TableNotice } from '../tableReading.ts';
import { nameOfKey, type Key } from './keyTree.ts';
import type { CellKind, CellTaker } from './recordParser.ts';

/** JSON's numbers have a point; where a text has a comma, nothing says what it is for. */
export const JSON_DIALECT: NumberDialect = { delimiter: ',', decimal: '.', decimalChosen: false };

/** JSON has a null: a word is missing among numbers and times only, or where the user says so. */
function jsonMarkers(extra: readonly string[]): Markers {
  const said = new MissingMarkers([], extra, '.');
  const words = [...MISSING_MARKERS, ...MISSING_WORDS];
  return { always: said, bare: said, amongNumbers: new MissingMarkers(words, [], '.') };
}

/** A column, and how many rows it has. */
interface Filling {
  key: Key;
  reader: ColumnReader | null;
  rows: number;
  /** Whether some of its cells are lists, or objects that are not taken apart. */
  hasLists: boolean;
}

const NOTHING = new Uint8Array(0);

/** Columns in one reading of the file: the first, which makes them, or a second by the same keys. */
export class JsonColumns implements CellTaker {
  rows = 0;
  readonly markers: Markers;
  private readonly columns: Filling[] = [];
  private readonly names = new Set<string>();
  private readonly nameless: string[] = [];
  private readonly doubled: string[] = [];
  private readonly asked: Map<string, 'number' | 'text' | 'time'>;
  private readonly fileName: string;

  constructor(options: ReadingOptions, fileName: string) {
    this.markers = jsonMarkers(options.missing ?? []);
    this.asked = new Map((options.types ?? []).map(({ column, type }) => [column, type]));
    this.fileName = fileName;
  }

  /** A name that no column has. */
  private nameFor(key: Key): string {
    const said = nameOfKey(key);
    const wanted = said === '' ? `column${this.columns.length + 1}` : said;
    let name = wanted;
    for (let k = 2; this.names.has(name); k++) name = `${wanted} (${k})`;
    this.names.add(name);
    if (said === '') this.nameless.push(name);
    else if (name !== said) this.doubled.push(name);
    return name;
  }

  private columnOf(key: Key): Filling {
    if (key.column >= 0) return this.columns[key.column];
    key.column = this.columns.length;
    const name = this.nameFor(key);
    const reader = new ColumnReader(
      name,
      this.asked.get(name),
      { kind: 'open', style: 0 },
      JSON_DIALECT,
      this.markers,
    );
    const column = { key, reader, rows: 0, hasLists: false };
    this.columns.push(column);
    return column;
  }

  cell(key: Key, kind: CellKind, bytes: Uint8Array, from: number, to: number, line: number): void {
    // A key that never holds anything but null is a column at the end; so is one that holds objects elsewhere.
    if (kind === 'missing') return;
    const column = this.columnOf(key);
    this.fill(column, this.rows);
    if (kind === 'list') column.hasLists = true;
    column.reader?.add(bytes, from, to, column.rows++, line);
  }

  /** Missing cells up to a row. */
  private fill(column: Filling, rows: number): void {
    if (column.reader === null) return;
    while (column.rows < rows) column.reader.add(NOTHING, 0, 0, column.rows++, 0);
  }

  /** The record has ended. @throws JSON_TOO_LARGE */
  endRecord(): void {
    this.rows++;
    if (this.rows * this.columns.length > MAX_CELLS)
      throw new LabError(
        'JSON_TOO_LARGE',
        `${this.fileName} has ${counted(this.rows)} records or more of ${counted(this.columns.length)} columns; the limit is ${counted(MAX_CELLS)} cells.`,
      );
  }

  /**
   * All columns with as many rows as there are records.
   *
   * @param leaves every key that holds values, or nothing at all, in the order of the table
   */
  finish(leaves: readonly Key[]): ColumnReader[] {
    return leaves.map((key) => {
      const column = this.columnOf(key);
      this.fill(column, this.rows);
      return column.reader!;
    });
  }

  /**
   * For a second reading: takes the columns of those keys whose reader is not null.
   *
   * @param leaves of the first reading, whose columns the readers are
   */
  static again(first: JsonColumns, leaves: readonly Key[], readers: readonly (ColumnReader | null)[]) {
    const columns = new JsonColumns({}, first.fileName);
    const byKey = new Map(leaves.map((key, place) => [key, readers[place]]));
    for (const { key } of first.columns)
      columns.columns.push({ key, reader: byKey.get(key) ?? null, rows: 0, hasLists: false });
    return columns;
  }

  /** What was mended and decided. */
  notices(): TableNotice[] {
    const notices: TableNotice[] = [];
    const say = (code: string, text: string, column: string | null = null): number =>
      notices.push({ code, column, text });
    const listed = (names: readonly string[]): string =>
      names.slice(0, 5).join(', ') + (names.length > 5 ? ', …' : '');
    for (const name of this.asked.keys())
      if (!this.names.has(name))
        say('unknown-column', `A type was chosen for column ${name}, which the file does not have.`);
    if (this.nameless.length > 0)
      say('nameless-columns', `A key without a name is called ${listed(this.nameless)}.`);
    if (this.doubled.length > 0)
      say('duplicate-names', `Keys that would have one name are called ${listed(this.doubled)}.`);
    for (const { reader, hasLists } of this.columns)
      if (hasLists && reader !== null)
        say('lists-as-text', 'Kept as text: some of its cells are lists or deeply nested.', reader.name);
    return notices;
  }
}
