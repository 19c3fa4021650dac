/** Columns by index that come in row by row, most of them 0: blocks of rows, each with the columns that it needs. */
import type { NumberColumn } from '../../core/table/table.ts';

/** Small, so that a block of many columns with one value each stays bounded. */
const BLOCK_ROWS = 4096;

export class SparseColumns {
  /** Largest index so far. */
  largest = 0;
  private readonly blocks: (Float64Array | undefined)[][] = [];
  private readonly seen = new Set<number>();
  private current: (Float64Array | undefined)[] = [];
  private block = -1;

  /** Puts a value; NaN stands for a missing one. */
  set(index: number, row: number, value: number): void {
    const block = Math.floor(row / BLOCK_ROWS);
    if (block !== this.block) {
      while (this.blocks.length <= block) this.blocks.push([]);
      this.block = block;
      this.current = this.blocks[block];
    }
    let values = this.current[index];
    if (values === undefined) {
      values = new Float64Array(BLOCK_ROWS);
      this.current[index] = values;
      this.seen.add(index);
      if (index > this.largest) this.largest = index;
    }
    values[row - block * BLOCK_ROWS] = value;
  }

  /** The value of a row, 0 where none was put. */
  get(index: number, row: number): number {
    const block = Math.floor(row / BLOCK_ROWS);
    return (
      (this.blocks[block] as (typeof this.blocks)[number] | undefined)?.[index]?.[row - block * BLOCK_ROWS] ??
      0
    );
  }

  has(index: number): boolean {
    return this.seen.has(index);
  }

  /** A column as one array; its blocks are given up, so that no more than one column is held twice. */
  column(index: number, name: string, rows: number): NumberColumn {
    const values = new Float64Array(rows);
    let missing: Uint8Array | null = null;
    for (const [b, block] of this.blocks.entries()) {
      const some = block[index];
      if (some === undefined) continue;
      const from = b * BLOCK_ROWS;
      const count = Math.min(BLOCK_ROWS, rows - from);
      for (let k = 0; k < count; k++) {
        const value = some[k];
        if (value === value) values[from + k] = value;
        else (missing ??= new Uint8Array(rows))[from + k] = 1;
      }
      block[index] = undefined;
    }
    return { kind: 'number', name, values, missing };
  }
}
