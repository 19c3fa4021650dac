/** Columns of unknown length: blocks that are filled one after the other and joined at the end. */

const FIRST_BLOCK = 64;
const LARGEST_BLOCK = 1 << 16;

type Numbers = Float64Array | Uint32Array;

/**
 * Numbers that are appended. Doubling one array would take three times its size at its last growth; blocks take what
 * they hold, and no more than twice that while they are joined.
 */
export class GrowingArray<T extends Numbers> {
  private readonly make: (length: number) => T;
  private block: T;
  private used = 0;
  private full: T[] = [];
  length = 0;

  constructor(make: (length: number) => T) {
    this.make = make;
    this.block = make(FIRST_BLOCK);
  }

  push(value: number): void {
    if (this.used === this.block.length) this.nextBlock();
    this.block[this.used++] = value;
    this.length++;
  }

  private nextBlock(): void {
    this.full.push(this.block);
    // As long as all blocks before, so that many short columns take little and long ones have few blocks.
    this.block = this.make(Math.min(LARGEST_BLOCK, this.length));
    this.used = 0;
  }

  /** All values in one array; the blocks are given up. */
  join(): T {
    const all = this.make(this.length);
    let at = 0;
    for (const block of this.full) {
      all.set(block, at);
      at += block.length;
    }
    all.set(this.block.subarray(0, this.used), at);
    this.full = [];
    this.block = this.make(0);
    return all;
  }
}

const FLAGS_BITS = 12;
const FLAGS_BLOCK = 1 << FLAGS_BITS;

/** Flags per row of which most are not set: blocks without any take nothing. */
export class GrowingFlags {
  private readonly blocks: (Uint8Array | undefined)[] = [];
  count = 0;

  set(row: number): void {
    const index = row >>> FLAGS_BITS;
    const block = (this.blocks[index] ??= new Uint8Array(FLAGS_BLOCK));
    block[row & (FLAGS_BLOCK - 1)] = 1;
    this.count++;
  }

  /** One flag per row, or null when none is set. */
  join(rows: number): Uint8Array | null {
    if (this.count === 0) return null;
    const all = new Uint8Array(rows);
    this.blocks.forEach((block, index) => {
      const from = index * FLAGS_BLOCK;
      if (block !== undefined) all.set(block.subarray(0, Math.min(FLAGS_BLOCK, rows - from)), from);
    });
    return all;
  }
}
