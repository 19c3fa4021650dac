/**
 * One column of a CSV file while it is read. It starts as what the first rows suggest; a cell that does not fit ends
 * the storing, not the looking, so that at the end of the file it is known what every cell is. A column that was stored
 * as something else is then read once more.
 */
import { LabError } from '../../core/errors.ts';
import type { ColumnType } from '../tableReading.ts';
import type { Column } from '../../core/table/table.ts';
import { patternOfShape, readTime, type TimeCell } from '../../core/table/time.ts';
import { Dictionary, sortDictionary } from './dictionary.ts';
import { chooseStyle, Evidence, type NumberDialect } from './evidence.ts';
import { GrowingArray, GrowingFlags } from './growing.ts';
import type { Markers } from './headCells.ts';
import type { MissingMarkers } from './missing.ts';
import {
  COMMA_GROUPED,
  COMMA_PLAIN,
  mayBeGrouped,
  NumberReader,
  POINT_GROUPED,
  POINT_PLAIN,
} from './numbers.ts';

/** How a column is stored. */
export interface Storage {
  /** "open" until the first cell that is not missing; "none" when its type cannot be told yet, or is no longer known. */
  kind: 'open' | 'number' | 'time' | 'text' | 'none';
  /** Of numbers: a style of numbers.ts. */
  style: number;
}

const OPEN = 0;
const PLAIN_NUMBER = 1;
const GROUPED_NUMBER = 2;
const TIME = 3;
const TEXT = 4;
const NONE = 5;

/** What evidence from the first rows, or the whole file, makes of a column. */
export function storageFor(evidence: Evidence, dialect: NumberDialect): Storage {
  if (!evidence.seen) return { kind: 'open', style: 0 };
  if (evidence.offence !== null) return { kind: 'text', style: 0 };
  if (evidence.isTime) return { kind: 'time', style: 0 };
  const style = chooseStyle(evidence.styles, dialect);
  return style === 0 ? { kind: 'none', style } : { kind: 'number', style };
}

const float64 = (length: number): Float64Array => new Float64Array(length);
const uint32 = (length: number): Uint32Array => new Uint32Array(length);

export class ColumnReader {
  readonly name: string;
  /** What the user wants it to be. */
  readonly asked: ColumnType | undefined;
  readonly evidence: Evidence;
  private readonly markers: MissingMarkers;
  /** Words that are missing cells among numbers and times; null where the user wants text. */
  private readonly words: MissingMarkers | null;
  /** How often each usual marker, and each word, was met. */
  private readonly markerCounts: Uint32Array;
  private readonly wordCounts: Uint32Array;
  private wordCells = 0;
  private readonly dialect: NumberDialect;
  private readonly numbers: NumberReader;
  private readonly time: TimeCell = { value: 0, shape: 0 };
  private readonly missing = new GrowingFlags();
  private kind = OPEN;
  private style = 0;
  private decimal = 0;
  /** Of plain numbers: the styles with the other decimal sign. */
  private otherStyles = 0;
  private values: GrowingArray<Float64Array> | null = null;
  private codes: GrowingArray<Uint32Array> | null = null;
  private dictionary: Dictionary | null = null;

  /** @param storage how it is stored from its first row on */
  constructor(
    name: string,
    asked: ColumnType | undefined,
    storage: Storage,
    dialect: NumberDialect,
    markers: Markers,
  ) {
    this.name = name;
    this.asked = asked;
    this.dialect = dialect;
    this.markers = asked === 'text' ? markers.bare : markers.always;
    this.words = asked === 'text' ? null : markers.amongNumbers;
    this.markerCounts = new Uint32Array(this.markers.usual.length);
    this.wordCounts = new Uint32Array(markers.amongNumbers.usual.length);
    this.numbers = new NumberReader(asked === 'number');
    this.evidence = new Evidence(asked === 'text' ? undefined : asked);
    this.store(storage, 0);
  }

  /** How it is stored now. */
  get storage(): Storage {
    const kinds = ['open', 'number', 'number', 'time', 'text', 'none'] as const;
    return { kind: kinds[this.kind], style: this.style };
  }

  /** Cells that are missing whatever the column is. */
  get missingCells(): number {
    return this.missing.count - (this.evidence.seen ? 0 : this.wordCells);
  }

  /** Whether all its cells that have something in them are words for a missing value: it is a column of words. */
  get hasWordsAlone(): boolean {
    return this.wordCells > 0 && !this.evidence.seen;
  }

  /** What stood in cells that are missing now, in the order of the markers. */
  spellings(): { text: string; cells: number }[] {
    const counted = (usual: readonly string[], counts: Uint32Array): { text: string; cells: number }[] =>
      usual.flatMap((text, k) => (counts[k] > 0 ? [{ text, cells: counts[k] }] : []));
    return [
      ...counted(this.markers.usual, this.markerCounts),
      ...counted(this.words?.usual ?? [], this.wordCounts),
    ];
  }

  private store({ kind, style }: Storage, rowsBefore: number): void {
    this.style = style;
    if (kind === 'open') {
      this.kind = OPEN;
    } else if (kind === 'none') {
      this.giveUp();
    } else if (kind === 'text') {
      this.kind = TEXT;
      this.dictionary = new Dictionary();
      this.codes = new GrowingArray(uint32);
      for (let row = 0; row < rowsBefore; row++) this.codes.push(0);
    } else {
      const plain = style === POINT_PLAIN || style === COMMA_PLAIN;
      this.kind = kind === 'time' ? TIME : plain ? PLAIN_NUMBER : GROUPED_NUMBER;
      this.decimal = style === COMMA_PLAIN ? 44 : 46;
      this.otherStyles = style === COMMA_PLAIN ? POINT_PLAIN | POINT_GROUPED : COMMA_PLAIN | COMMA_GROUPED;
      this.values = new GrowingArray(float64);
      for (let row = 0; row < rowsBefore; row++) this.values.push(0);
    }
  }

  /** Stores no more, and frees what is stored. */
  private giveUp(): void {
    this.kind = NONE;
    this.values = null;
    this.codes = null;
    this.dictionary = null;
  }

  /**
   * Takes the cell of the next row.
   *
   * @param row number of the row, from 0
   * @param line its line in the file
   * @throws CSV_TYPE for a cell that is not what the user wants the column to be
   */
  add(bytes: Uint8Array, from: number, to: number, row: number, line: number): void {
    let start = from;
    let end = to;
    // Bytes up to 32 that are white space: tab, line feed, vertical tab, form feed, carriage return, space.
    while (start < end && (bytes[start] === 32 || (bytes[start] >= 9 && bytes[start] <= 13))) start++;
    while (start < end && (bytes[end - 1] === 32 || (bytes[end - 1] >= 9 && bytes[end - 1] <= 13))) end--;
    const empty = this.asked === 'text' ? from === to : start === end;
    if (empty) {
      this.miss(row);
      return;
    }
    if (start < end && this.markers.first[bytes[start]] === 1) {
      const place = this.markers.find(bytes, start, end);
      if (place >= 0) {
        if (place < this.markerCounts.length) this.markerCounts[place]++;
        this.miss(row);
        return;
      }
    }
    switch (this.kind) {
      case PLAIN_NUMBER: {
        const { numbers } = this;
        if (numbers.read(bytes, start, end, this.decimal) !== 0) {
          if (!this.isWord(bytes, start, end, row)) this.misfit(bytes, start, end, line);
          return;
        }
        if (!this.evidence.seen) this.evidence.seeNumber();
        if (numbers.fraction >= 0 && (this.evidence.styles & this.otherStyles) !== 0) {
          const grouped = mayBeGrouped(numbers, bytes, start, end);
          this.evidence.seeDecimal(this.otherStyles, grouped, bytes, start, end, line);
        }
        this.values!.push(numbers.value);
        return;
      }
      case TEXT:
        this.codes!.push(this.dictionary!.code(bytes, from, to));
        return;
      case TIME:
        if (!readTime(bytes, start, end, this.time)) {
          if (!this.isWord(bytes, start, end, row)) this.misfit(bytes, start, end, line);
        } else if (this.time.shape !== this.evidence.shape) this.firstTime(bytes, start, end, line);
        else this.values!.push(this.time.value);
        return;
      case GROUPED_NUMBER:
        if (this.isWord(bytes, start, end, row)) return;
        this.evidence.see(this.numbers, bytes, start, end, line);
        if (this.numbers.readStyled(bytes, start, end, this.style) !== 0)
          this.misfit(bytes, start, end, line);
        else this.values!.push(this.numbers.value);
        return;
      case OPEN:
        if (!this.isWord(bytes, start, end, row)) this.open(bytes, from, to, start, end, row, line);
        return;
      default:
        // Once a column is known to be text, its words are words.
        if (this.evidence.offence === null && this.isWord(bytes, start, end, row)) return;
        this.look(bytes, start, end, line);
    }
  }

  private miss(row: number): void {
    this.missing.set(row);
    if (this.values !== null) this.values.push(0);
    else if (this.codes !== null) this.codes.push(0);
  }

  /** Whether a cell that is neither a number nor a time is a word for a missing value; then it is taken as one. */
  private isWord(bytes: Uint8Array, start: number, end: number, row: number): boolean {
    const { words } = this;
    if (words === null || words.first[bytes[start]] === 0) return false;
    const place = words.find(bytes, start, end);
    if (place < 0) return false;
    this.wordCounts[place]++;
    this.wordCells++;
    this.miss(row);
    return true;
  }

  /** The first cell of a column of which the first rows showed none decides how it is stored. */
  private open(
    bytes: Uint8Array,
    from: number,
    to: number,
    start: number,
    end: number,
    row: number,
    line: number,
  ): void {
    if (this.asked === 'text') this.store({ kind: 'text', style: 0 }, row);
    else {
      this.look(bytes, start, end, line);
      const storage = storageFor(this.evidence, this.dialect);
      // Words that were taken for missing cells are words after all.
      const isAnother = storage.kind === 'text' && this.wordCells > 0;
      this.store(isAnother ? { kind: 'none', style: 0 } : storage, row);
    }
    if (this.kind !== NONE) this.add(bytes, from, to, row, line);
  }

  /** The first time of a column gives it its shape; another shape ends it. */
  private firstTime(bytes: Uint8Array, start: number, end: number, line: number): void {
    this.look(bytes, start, end, line);
    if (this.time.shape === this.evidence.shape) this.values!.push(this.time.value);
    else this.giveUp();
  }

  private misfit(bytes: Uint8Array, start: number, end: number, line: number): void {
    this.look(bytes, start, end, line);
    this.giveUp();
  }

  private look(bytes: Uint8Array, start: number, end: number, line: number): void {
    if (this.asked === 'text') return;
    const { evidence } = this;
    evidence.see(this.numbers, bytes, start, end, line);
    if (evidence.offence === null || this.asked === undefined) return;
    const what = this.asked === 'number' ? 'numbers' : 'dates or times of one form';
    throw new LabError(
      'CSV_TYPE',
      `Column ${this.name} is to be read as ${what}, but line ${evidence.offence.line} has ${evidence.offence.cell}.`,
    );
  }

  /** The column as it is stored; its blocks are given up. */
  finish(rows: number): Column {
    const { name } = this;
    const missing = this.missing.join(rows);
    if (this.codes !== null && this.dictionary !== null) {
      const column = sortDictionary(this.codes.join(), this.dictionary, missing);
      this.giveUp();
      return { kind: 'text', name, ...column, missing };
    }
    const values = this.values === null ? new Float64Array(rows) : this.values.join();
    const time =
      this.kind === TIME && this.evidence.isTime ? { time: patternOfShape(this.evidence.shape) } : {};
    this.giveUp();
    return { kind: 'number', name, values, missing, ...time };
  }
}
