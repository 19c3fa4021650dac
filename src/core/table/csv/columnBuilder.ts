/** One column of a CSV file while it is read: numbers until a cell says otherwise, then text by dictionary. */
import type { Column } from '../table.ts';
import { isMissing, readNumber } from './cells.ts';

/** Values of a column as they come in: growing arrays, doubled as needed. */
export class ColumnBuilder {
  readonly name: string;
  text: boolean;
  /** Set when numbers were read before the cell that made the column text. */
  reread = false;
  /** Why the column is text, for its notice. */
  reason = 0;
  private values: Float64Array;
  private codes: Uint32Array;
  private missing: Uint8Array | null = null;
  private readonly index = new Map<string, number>();
  private numbers = 0;
  private readonly out = { value: 0 };

  constructor(name: string, text: boolean) {
    this.name = name;
    this.text = text;
    this.values = new Float64Array(text ? 0 : 1024);
    this.codes = new Uint32Array(text ? 1024 : 0);
  }

  add(raw: string, row: number): void {
    const cell = this.text ? raw : raw.trim();
    if (isMissing(this.text ? raw.trim() : cell)) {
      this.grow(row);
      if (this.missing === null) this.missing = new Uint8Array(Math.max(1024, (row + 1) * 2));
      this.missing[row] = 1;
      return;
    }
    if (!this.text) {
      const why = readNumber(cell, this.out);
      if (why === 0) {
        this.grow(row);
        this.values[row] = this.out.value;
        this.numbers++;
        return;
      }
      this.becomeText(why);
    }
    this.grow(row);
    let code = this.index.get(raw);
    if (code === undefined) {
      code = this.index.size;
      this.index.set(raw, code);
    }
    this.codes[row] = code;
  }

  private becomeText(why: number): void {
    this.text = true;
    this.reason = why;
    this.reread = this.numbers > 0;
    this.codes = new Uint32Array(this.values.length);
    this.values = new Float64Array(0);
  }

  private grow(row: number): void {
    if (this.text ? row >= this.codes.length : row >= this.values.length) {
      if (this.text) {
        const larger = new Uint32Array((row + 1) * 2);
        larger.set(this.codes);
        this.codes = larger;
      } else {
        const larger = new Float64Array((row + 1) * 2);
        larger.set(this.values);
        this.values = larger;
      }
    }
    if (this.missing !== null && row >= this.missing.length) {
      const larger = new Uint8Array((row + 1) * 2);
      larger.set(this.missing);
      this.missing = larger;
    }
  }

  finish(rows: number): Column {
    let missing: Uint8Array | null = null;
    if (this.missing !== null) {
      missing = new Uint8Array(rows);
      missing.set(this.missing.subarray(0, rows));
    }
    if (!this.text) return { kind: 'number', name: this.name, values: this.values.slice(0, rows), missing };
    return this.finishText(rows, missing);
  }

  /** Dictionary by frequency, so that the analytics bits of a code separate common from rare. */
  private finishText(rows: number, missing: Uint8Array | null): Column {
    const counts = new Uint32Array(this.index.size);
    for (let i = 0; i < rows; i++) if (missing === null || missing[i] === 0) counts[this.codes[i]]++;
    const entries = [...this.index.keys()];
    const order = Uint32Array.from(entries, (_, code) => code).sort((a, b) => counts[b] - counts[a] || a - b);
    const rank = new Uint32Array(order.length);
    order.forEach((code, k) => (rank[code] = k));
    const codes = new Uint32Array(rows);
    for (let i = 0; i < rows; i++) if (missing === null || missing[i] === 0) codes[i] = rank[this.codes[i]];
    return {
      kind: 'text',
      name: this.name,
      codes,
      dictionary: Array.from(order, (code) => entries[code]),
      missing,
    };
  }
}
