/** The cells of one column while its pages come in: doubles, or codes of a dictionary that grows. */
import type { Column } from '../../core/table/table.ts';
import { finishText } from '../../core/table/textColumn.ts';
import type { NumberWay, TextWay, Way } from './columns.ts';
import type { DataPage } from './pages.ts';
import { setPattern } from './times.ts';
import type { PageValues } from './values.ts';

/** Rows that a column has room for at first. */
const FIRST_ROWS = 65_536;

export class ColumnCells {
  private readonly way: Way;
  private readonly rows: number;
  private cells: Float64Array | Uint32Array;
  private missing: Uint8Array | null = null;
  private readonly index = new Map<string, number>();
  /** The chunk's dictionary as doubles or codes, made when a page first asks for it. */
  private entries: Float64Array | Uint32Array | null = null;
  private row = 0;

  /** @param rows how many there will be, as the footer claims: memory is taken for rows that have come */
  constructor(way: Way, rows: number) {
    this.way = way;
    this.rows = rows;
    this.cells = way.kind === 'number' ? new Float64Array(0) : new Uint32Array(0);
  }

  /** Makes room for as many rows. */
  private reserve(rows: number): void {
    if (rows <= this.cells.length) return;
    const capacity = Math.min(this.rows, Math.max(rows, FIRST_ROWS, this.cells.length * 4));
    const larger = this.way.kind === 'number' ? new Float64Array(capacity) : new Uint32Array(capacity);
    larger.set(this.cells);
    this.cells = larger;
    if (this.missing === null) return;
    const flags = new Uint8Array(capacity);
    flags.set(this.missing);
    this.missing = flags;
  }

  /** Each chunk has a dictionary of its own. */
  startChunk(): void {
    this.entries = null;
  }

  /** Takes the rows of a page. */
  add({ rows, present, values, indices }: DataPage, dictionary: PageValues | null): void {
    this.reserve(this.row + rows);
    const { cells, row } = this;
    if (indices !== null && indices.length > 0) this.entries ??= this.convert(dictionary!);
    const source = values === null ? this.entries : this.convert(values);
    let k = 0;
    for (let i = 0; i < rows; i++) {
      if (present !== null && present[i] === 0) {
        this.missing ??= new Uint8Array(cells.length);
        this.missing[row + i] = 1;
        continue;
      }
      cells[row + i] = source![indices === null ? k : indices[k]];
      k++;
    }
    this.row += rows;
  }

  private convert(values: PageValues): Float64Array | Uint32Array {
    return this.way.kind === 'number' ? numbersOf(this.way, values) : this.codesOf(this.way, values);
  }

  private codesOf(way: TextWay, values: PageValues): Uint32Array {
    const codes = new Uint32Array(values.count);
    for (let k = 0; k < values.count; k++) {
      const text = way.spell(values, k);
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

function numbersOf(way: NumberWay, values: PageValues): Float64Array {
  const read = way.reader(values);
  const numbers = new Float64Array(values.count);
  for (let k = 0; k < values.count; k++) numbers[k] = read(k);
  return numbers;
}
