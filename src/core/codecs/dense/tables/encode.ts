/** Records of a table to streams, a block of records each. */
import type { LaneCodes } from '../../../bits/lanes.ts';
import type { StreamEncoder, StreamMeter } from '../family.ts';
import { BIT, log2Units } from '../log2.ts';
import { RansEncoder } from '../rans.ts';
import { bitsAt, bitsBelow, SYMBOLS } from './levels.ts';
import { COPY_CONTEXTS } from './model.ts';
import { ESCAPE, NODE_BITS, RAW, STARTS } from './nodes.ts';
import type { TableModel } from './open.ts';
import { BLOCK_RECORDS, copyOf, maskOf } from './plan.ts';

/** Parts that one code takes at most: its copy, eight symbols with an escape, and 32 bits in three pieces. */
const MOST_PARTS = 13;

/** Parts of the symbols of a block, in the order in which they are read. */
class Parts {
  readonly starts: Uint16Array;
  readonly lengths: Uint16Array;
  count = 0;
  /** Where those of each code begin, in the order of coding, and how many codes there are. */
  readonly marks: Uint32Array;
  codes = 0;

  /** @param codes that a block has at most */
  constructor(codes: number) {
    this.starts = new Uint16Array(codes * MOST_PARTS);
    this.lengths = new Uint16Array(codes * MOST_PARTS);
    this.marks = new Uint32Array(codes);
  }

  clear(): void {
    this.count = 0;
    this.codes = 0;
  }

  beginCode(): void {
    this.marks[this.codes++] = this.count;
  }

  add(start: number, length: number): void {
    this.starts[this.count] = start;
    this.lengths[this.count++] = length;
  }

  /** The low bits of a number, most significant first. */
  addBits(value: number, bits: number): void {
    for (let left = bits; left > 0;) {
      const some = Math.min(NODE_BITS, left);
      left -= some;
      const piece = (value >>> left) & ((1 << some) - 1);
      this.add(piece << (NODE_BITS - some), 1 << (NODE_BITS - some));
    }
  }
}

export function tableEncoder(model: TableModel, codes: readonly LaneCodes[]): StreamEncoder {
  const { parts, divide } = dividerOf(model, codes);
  const rans = new RansEncoder();
  return (first, count) => {
    divide(first, count);
    for (let k = parts.count - 1; k >= 0; k--) rans.put(parts.starts[k], parts.lengths[k], NODE_BITS);
    return rans.finish();
  };
}

/** A copy, or what names it, is of the lane that is copied to. */
export function tableMeter(model: TableModel, codes: readonly LaneCodes[]): StreamMeter {
  const { parts, divide } = dividerOf(model, codes);
  const { order } = model;
  return (first, count, units) => {
    divide(first, count);
    const { marks, lengths } = parts;
    for (let code = 0, k = 0; code < parts.codes; code++) {
      const end = code + 1 < parts.codes ? marks[code + 1] : parts.count;
      let sum = 0;
      for (; k < end; k++) sum += NODE_BITS * BIT - log2Units(lengths[k]);
      units[order[code % order.length]] += sum;
    }
  };
}

/** Divides blocks of records into the parts of their symbols. */
function dividerOf(
  model: TableModel,
  codes: readonly LaneCodes[],
): { parts: Parts; divide: (first: number, count: number) => void } {
  const { nodes, lanes, order, widths } = model;
  const { starts, next } = nodes;
  const parts = new Parts(BLOCK_RECORDS * lanes.length);
  const masks = widths.map(maskOf);

  const addSymbol = (node: number, symbol: number): void => {
    const at = node * STARTS + symbol;
    parts.add(starts[at], starts[at + 1] - starts[at]);
  };

  const addCode = (lane: number, code: number, root: number): void => {
    const { levels } = lanes[lane];
    let node = root;
    for (let level = 0; level < levels.count; level++) {
      const below = bitsBelow(levels, level);
      const bits = below + bitsAt(levels, level);
      if (node === RAW) return parts.addBits(code, bits);
      const symbol = (code >>> below) & (SYMBOLS - 1);
      const at = node * STARTS + symbol;
      if (starts[at] === starts[at + 1]) {
        addSymbol(node, ESCAPE);
        return parts.addBits(code, bits);
      }
      addSymbol(node, symbol);
      node = next[node * SYMBOLS + symbol];
    }
  };

  const divide = (first: number, count: number): void => {
    parts.clear();
    let context = COPY_CONTEXTS - 1;
    for (let i = first; i < first + count; i++) {
      const isFirst = i === first;
      for (const lane of order) {
        parts.beginCode();
        const { parent, bins, roots, copies, canCopyFirst, copyNodes } = lanes[lane];
        const code = codes[lane][i];
        if (isFirst ? canCopyFirst : copies.length > 0) {
          const choice = copyOf(copies, codes, lane, masks[lane], i, isFirst);
          addSymbol(copyNodes[context], choice);
          context = choice === copies.length ? COPY_CONTEXTS - 2 : choice;
          if (choice < copies.length) continue;
        }
        let root = roots[0];
        if (parent !== null) {
          if (!parent.isBefore) root = roots[bins!.of(codes[parent.lane][i])];
          else if (!isFirst) root = roots[1 + bins!.of(codes[parent.lane][i - 1])];
        }
        addCode(lane, code, root);
      }
    }
  };
  return { parts, divide };
}
