/** The cells of one column while its pages come in: doubles, or codes of a dictionary that grows. */
import type { Column } from '../../core/table/table.ts';
import { finishText } from '../../core/table/textColumn.ts';
import type { TextWay, Way } from './columns.ts';
import type { Page } from './pages.ts';
import { infinitePlaces, setPattern } from './times.ts';
import type { Values } from './values.ts';

/** Rows that a column has room for at first. */
const FIRST_ROWS = 65_536;

export class ColumnCells {
  private readonly way: Way;
  private readonly rows: number;
  private cells: Float64Array | Uint32Array;
  private missing: Uint8Array | null = null;
  /** Cells of dates and times that were infinite, and are missing. */
  infinite = 0;
  private readonly index = new Map<string, number>();
  /** The chunk's dictionary as doubles or codes. */
  private entries: Float64Array | Uint32Array;
  private row = 0;

  /** @param rows how many there will be, as the footer claims: memory is taken for rows that have come */
  constructor(way: Way, rows: number) {
    this.way = way;
    this.rows = rows;
    this.cells = this.entries = this.room(0);
  }

  private room(cells: number): Float64Array | Uint32Array {
    return this.way.kind === 'number' ? new Float64Array(cells) : new Uint32Array(cells);
  }

  /** Makes room for as many rows. */
  private reserve(rows: number): void {
    if (rows <= this.cells.length) return;
    const capacity = Math.min(this.rows, Math.max(rows, FIRST_ROWS, this.cells.length * 4));
    const larger = this.room(capacity);
    larger.set(this.cells);
    this.cells = larger;
    if (this.missing === null) return;
    const flags = new Uint8Array(capacity);
    flags.set(this.missing);
    this.missing = flags;
  }

  /** Takes the rows of a page, or the dictionary of those that follow. */
  add({ kind, count, present, values }: Page): void {
    if (kind === 'dictionary') {
      this.entries = this.room(count);
      let entry = 0;
      for (const piece of values) {
        this.entries.set(this.convert(piece), entry);
        entry += piece.length;
      }
      return;
    }
    this.reserve(this.row + count);
    const { cells, entries, row } = this;
    if (present !== null) {
      this.missing ??= new Uint8Array(cells.length);
      for (let i = 0; i < count; i++) this.missing[row + i] = 1 - present[i];
    }
    let i = row;
    for (const piece of values) {
      const source = kind === 'indices' ? (piece as Uint32Array) : this.convert(piece);
      for (let k = 0; k < source.length; k++, i++) {
        if (present !== null) while (present[i - row] === 0) i++;
        cells[i] = kind === 'indices' ? entries[source[k]] : source[k];
        if (cells[i] !== cells[i]) this.markInfinite(i);
      }
    }
    this.row += count;
  }

  /** A NaN of dates and times stands for one that is infinite; of other numbers it is a value. */
  private markInfinite(row: number): void {
    if (this.way.kind !== 'number' || this.way.time === undefined) return;
    this.missing ??= new Uint8Array(this.cells.length);
    this.missing[row] = 1;
    this.cells[row] = 0;
    this.infinite++;
  }

  private convert(values: Values): ArrayLike<number> {
    const { way } = this;
    if (way.kind === 'text') return this.codesOf(way, values);
    const isTimed = way.time !== undefined && way.time.kind !== 'time';
    if (!isTimed || !(values instanceof Int32Array || values instanceof BigInt64Array))
      return way.numbers(values);
    const places = infinitePlaces(values);
    if (places.length === 0) return way.numbers(values);
    const finite = values.slice();
    for (const place of places) {
      if (finite instanceof Int32Array) finite[place] = 0;
      else finite[place] = 0n;
    }
    const numbers = Float64Array.from(way.numbers(finite));
    for (const place of places) numbers[place] = NaN;
    return numbers;
  }

  private codesOf(way: TextWay, values: Values): Uint32Array {
    const codes = new Uint32Array(values.length);
    for (let k = 0; k < codes.length; k++) {
      const text = way.spell(values[k]);
      let code = this.index.get(text);
      if (code === undefined) {
        code = this.index.size;
        this.index.set(text, code);
      }
      codes[k] = code;
    }
    return codes;
  }

  /** The whole column; dates and times that no pattern spells stay numbers. */
  finish(name: string): Column {
    const { way, cells, missing } = this;
    if (way.kind === 'text') return finishText(name, [...this.index.keys()], cells as Uint32Array, missing);
    const column: Column = { kind: 'number', name, values: cells as Float64Array, missing };
    if (way.time !== undefined) setPattern(column, way.time, way.time.unitDigits);
    return column;
  }
}
