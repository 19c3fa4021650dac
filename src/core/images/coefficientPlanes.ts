/** Bit planes of transformed pictures: 32 pictures at a time, two columns a transposition. */
import { transpose32, type BitPlanes } from '../bits/bitPlanes.ts';
import type { ColumnForms } from './representations/representation.ts';

/** Widest column of which two share a word. */
const HALF = 16;

export class CoefficientPlanes {
  private readonly forms: ColumnForms;
  /** Position of each column's most significant bit. */
  private readonly starts: Uint32Array;
  /** Columns that are not constant: the narrow ones first, in pairs; then those of more than 16 bits. */
  private readonly narrow: Uint32Array;
  private readonly wide: Uint32Array;
  private readonly low = new Uint16Array(32);
  private readonly high = new Uint16Array(32);
  private readonly whole = new Uint32Array(32);
  private readonly block = new Uint32Array(32);

  constructor(forms: ColumnForms) {
    const { widths } = forms;
    this.forms = forms;
    this.starts = new Uint32Array(widths.length);
    const narrow: number[] = [];
    const wide: number[] = [];
    let start = 0;
    for (let k = 0; k < widths.length; k++) {
      this.starts[k] = start;
      start += widths[k];
      if (widths[k] > HALF) wide.push(k);
      else if (widths[k] > 0) narrow.push(k);
    }
    this.narrow = Uint32Array.from(narrow);
    this.wide = Uint32Array.from(wide);
  }

  /**
   * Sets the bits of records 32·w to 32·w + 31, or to the last one.
   *
   * @param values of those records, one record after the other from index `at` on
   */
  fill(planes: BitPlanes, values: Int16Array | Int32Array, at: number, w: number): void {
    const { forms, narrow, wide, low, high, whole, block } = this;
    const columns = forms.widths.length;
    const count = Math.min(32, planes.records - (w << 5));
    low.fill(0);
    high.fill(0);
    whole.fill(0);
    for (let k = 0; k < narrow.length; k += 2) {
      const first = narrow[k];
      forms.encodeColumn(first, values, at + first, columns, count, low);
      const hasSecond = k + 1 < narrow.length;
      const second = hasSecond ? narrow[k + 1] : first;
      if (hasSecond) forms.encodeColumn(second, values, at + second, columns, count, high);
      for (let r = 0; r < 32; r++) block[r] = low[r] | (high[r] << HALF);
      transpose32(block);
      this.put(planes, first, 0, w);
      if (hasSecond) this.put(planes, second, HALF, w);
    }
    for (const column of wide) {
      forms.encodeColumn(column, values, at + column, columns, count, whole);
      block.set(whole);
      transpose32(block);
      this.put(planes, column, 0, w);
    }
  }

  /** One column's planes out of the transposed block, where its least significant bit is word `from`. */
  private put({ data, words }: BitPlanes, column: number, from: number, w: number): void {
    const width = this.forms.widths[column];
    const { block } = this;
    let target = (this.starts[column] + width - 1) * words + w;
    for (let b = 0; b < width; b++, target -= words) data[target] = block[from + b];
  }
}
