/** Columns of unknown length: blocks that are filled one after the other and joined at the end. */

const FIRST_BLOCK = 64;
const LARGEST_BLOCK = 1 << 16;

type Numbers = Float64Array | Uint32Array;
type Narrow = Int8Array | Uint8Array | Int16Array | Uint16Array | Int32Array;

/** The whole numbers of a block in the narrowest array that fits; null where it holds anything else. */
function narrowed(block: Numbers): Narrow | null {
  let min = 0;
  let max = 0;
  for (let i = 0; i < block.length; i++) {
    const value = block[i];
    if ((value | 0) !== value || (value === 0 && 1 / value < 0)) return null;
    if (value < min) min = value;
    else if (value > max) max = value;
  }
  if (min >= 0) {
    if (max < 1 << 8) return new Uint8Array(block);
    if (max < 1 << 16) return new Uint16Array(block);
  } else {
    if (min >= -(1 << 7) && max < 1 << 7) return new Int8Array(block);
    if (min >= -(1 << 15) && max < 1 << 15) return new Int16Array(block);
  }
  return new Int32Array(block);
}

/**
 * Numbers that are appended. Doubling one array would take three times its size at its last growth; blocks take what
 * they hold, whole numbers no more than they need, and no more than twice the column while they are joined.
 */
export class GrowingArray<T extends Numbers> {
  private readonly make: (length: number) => T;
  private block: T;
  private used = 0;
  private full: (T | Narrow)[] = [];
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
    const narrow = this.used === LARGEST_BLOCK ? narrowed(this.block) : null;
    this.full.push(narrow ?? this.block);
    this.used = 0;
    // A block that was copied is filled anew. Else one as long as all before, so that many short columns take little and
    // long ones have few blocks.
    if (narrow === null) this.block = this.make(Math.min(LARGEST_BLOCK, this.length));
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
