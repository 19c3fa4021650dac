/** Streams of a table back to records. */
import { LabError } from '../../../errors.ts';
import type { StreamDecoder } from '../family.ts';
import { RansDecoder } from '../rans.ts';
import { SYMBOL_BITS, SYMBOLS } from './levels.ts';
import { COPY_CONTEXTS } from './model.ts';
import { NODE_BITS, RAW, STARTS } from './nodes.ts';
import type { TableModel } from './open.ts';
import { BLOCK_RECORDS } from './plan.ts';

const wrong = (what: string): LabError =>
  new LabError('ARCHIVE_CORRUPT', `The archive is damaged: its records ${what}.`);

export class TableDecoder implements StreamDecoder {
  readonly codes: Uint32Array;
  readonly recordStride = 1;
  readonly laneStride = BLOCK_RECORDS;
  readonly #model: TableModel;
  readonly #rans = new RansDecoder();

  constructor(model: TableModel) {
    this.#model = model;
    this.codes = new Uint32Array(model.lanes.length * BLOCK_RECORDS);
  }

  get residentBytes(): number {
    return this.codes.byteLength;
  }

  decode(bytes: Uint8Array, from: number, to: number, count: number): void {
    const { lanes, order } = this.#model;
    const { codes } = this;
    const rans = this.#rans;
    rans.load(bytes, from, to);
    let context = COPY_CONTEXTS - 1;
    for (let i = 0; i < count; i++) {
      for (let k = 0; k < order.length; k++) {
        const lane = order[k];
        const { levels, parent, bins, roots, copies, canCopyFirst, copyNodes } = lanes[lane];
        const at = lane * BLOCK_RECORDS + i;
        if (i === 0 ? canCopyFirst : copies.length > 0) {
          const choice = this.#symbol(copyNodes[context]);
          const isCopy = choice < copies.length;
          context = isCopy ? choice : COPY_CONTEXTS - 2;
          if (isCopy) {
            const { lane: source, isBefore, difference } = copies[choice];
            if (isBefore && i === 0) throw wrong('repeat a record that is not there');
            const code = codes[source * BLOCK_RECORDS + (isBefore ? i - 1 : i)] + difference;
            codes[at] = levels.width === 32 ? code : code & ((1 << levels.width) - 1);
            continue;
          }
        }
        let root = roots[0];
        if (parent !== null) {
          const other = parent.lane * BLOCK_RECORDS + i;
          if (!parent.isBefore) root = roots[bins!.of(codes[other])];
          else if (i > 0) root = roots[1 + bins!.of(codes[other - 1])];
        }
        codes[at] = this.#code(root, levels.firstBits, levels.count);
      }
    }
    if (!rans.isAtEnd) throw wrong('end where they should not');
  }

  #code(root: number, firstBits: number, levels: number): number {
    const { next } = this.#model.nodes;
    let node = root;
    let code = 0;
    for (let level = 0; level < levels; level++) {
      const bits = level === 0 ? firstBits : SYMBOL_BITS;
      const symbol = node === RAW ? SYMBOLS : this.#symbol(node);
      // Without a node, or for a symbol that it does not know, the rest is as it is.
      if (symbol === SYMBOLS) return this.#bits(code, bits + (levels - 1 - level) * SYMBOL_BITS);
      code = (code << bits) | symbol;
      node = next[node * SYMBOLS + symbol];
    }
    return code >>> 0;
  }

  /** The next symbol at a node: the last whose part begins no later. */
  #symbol(node: number): number {
    const { starts } = this.#model.nodes;
    const rans = this.#rans;
    const slot = rans.peek(NODE_BITS);
    const first = node * STARTS;
    let at = first;
    if (slot >= starts[first + SYMBOLS]) at += SYMBOLS;
    else {
      if (slot >= starts[at + 8]) at += 8;
      if (slot >= starts[at + 4]) at += 4;
      if (slot >= starts[at + 2]) at += 2;
      if (slot >= starts[at + 1]) at += 1;
    }
    rans.take(starts[at], starts[at + 1] - starts[at], NODE_BITS);
    return at - first;
  }

  #bits(above: number, bits: number): number {
    const rans = this.#rans;
    let code = above;
    for (let left = bits; left > 0;) {
      const some = Math.min(NODE_BITS, left);
      left -= some;
      const piece = rans.peek(NODE_BITS) >>> (NODE_BITS - some);
      rans.take(piece << (NODE_BITS - some), 1 << (NODE_BITS - some), NODE_BITS);
      code = (code << some) | piece;
    }
    return code >>> 0;
  }
}
