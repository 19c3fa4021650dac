/**
 * How often each symbol follows at a node, as few bits: by halves, each half's share of what is there told no more
 * finely than so many cells can tell it.
 */
import { BinaryContexts } from '../binaryCoder.ts';
import { log2Units } from '../log2.ts';
import { SYMBOL_BITS, SYMBOLS } from './levels.ts';
import type { ModelCoder } from './modelCoder.ts';

/** A share is told in steps of its standard error: about 0.9 √n of them. Finer ones cost more bits than they save. */
const STEPS_PER_ROOT = 0.9;

/** Shares are of this many parts. */
const PARTS = 65_536;

/** Classes of how many steps there are, and of what share was expected. */
const SIZES = 10;
const EXPECTATIONS = 7;
const NONE_EXPECTED = 6;
/** Symbols of a step's number that are learned, before the rest is as it is. */
const LEARNED = 16;
const FAR = 12;

function steps(cells: number): number {
  return cells < 2 ? 1 : Math.max(2, Math.ceil(STEPS_PER_ROOT * Math.sqrt(cells)));
}

/** The share of step j of m, close to sin²(πj / 2m): steps are narrow where a share is near nothing or all. */
function shareOf(j: number, m: number): number {
  return Math.floor((j * j * (3 * m - 2 * j) * PARTS) / (m * m * m) + 0.5);
}

/** The step nearest to a share. */
function stepOf(share: number, m: number): number {
  let low = 0;
  let high = m;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (shareOf(middle, m) <= share) low = middle;
    else high = middle;
  }
  return share - shareOf(low, m) <= shareOf(high, m) - share ? low : high;
}

/** The step under which the cells of both halves take least. */
function bestStep(left: number, right: number, m: number): number {
  if (left === 0 || right === 0) return left === 0 ? 0 : m;
  if (m === 1) return left < right ? 0 : 1;
  const near = stepOf(Math.floor((left / (left + right)) * PARTS), m);
  let best = 0;
  let least = Infinity;
  for (let j = Math.max(1, near - 1); j <= Math.min(m - 1, near + 1); j++) {
    const share = shareOf(j, m);
    const cost = -left * log2Units(share) - right * log2Units(PARTS - share);
    if (cost < least) {
      least = cost;
      best = j;
    }
  }
  return best === 0 ? (near === 0 ? 1 : m - 1) : best;
}

const sizeClass = (m: number): number => Math.min(SIZES - 1, m < 5 ? m : 32 - Math.clz32(m) + 2);

/** 0 none, 1 little, 2 less than half, 3 more, 4 nearly all, 5 all. */
function expectationClass(share: number): number {
  if (share < PARTS / 2) return share === 0 ? 0 : share < PARTS / 16 ? 1 : 2;
  return share === PARTS ? 5 : share > (15 * PARTS) / 16 ? 4 : 3;
}

export class NodeCode {
  readonly #none = new BinaryContexts(SIZES * EXPECTATIONS * SYMBOL_BITS);
  readonly #all = new BinaryContexts(SIZES * EXPECTATIONS * SYMBOL_BITS);
  readonly #digits = new BinaryContexts(SIZES * LEARNED);
  readonly #isExpected = new BinaryContexts(SIZES);
  readonly #sign = new BinaryContexts(SIZES);
  readonly #far = new BinaryContexts(SIZES * FAR);
  readonly #wanted = new Float64Array(2 * SYMBOLS);
  readonly #expected = new Float64Array(2 * SYMBOLS);
  readonly #estimates = new Float64Array(SYMBOLS);

  /**
   * @param cells how many were seen at the node, as the reader knows it; at least 1
   * @param bits of the symbols
   * @param counts how often each symbol was seen, of all that there may be; null for a reader
   * @param expected how often, in any unit, where there is something to go by
   * @returns how often each symbol was seen, as the reader knows it; lent until the next call
   */
  code(
    coder: ModelCoder,
    cells: number,
    bits: number,
    counts: ArrayLike<number> | null,
    expected: ArrayLike<number> | null,
  ): Float64Array {
    const size = 1 << bits;
    // Sums of halves: those of 2k and 2k + 1 are in k, and symbols begin at `size`.
    sumUp(this.#wanted, counts, size);
    sumUp(this.#expected, expected, size);
    this.#estimates.fill(0);
    this.#divide(coder, 1, cells, size, 0, counts !== null, expected !== null);
    return this.#estimates;
  }

  #divide(
    coder: ModelCoder,
    at: number,
    cells: number,
    size: number,
    depth: number,
    isWanted: boolean,
    isExpected: boolean,
  ): void {
    if (cells === 0) return;
    if (at >= size) {
      this.#estimates[at - size] = cells;
      return;
    }
    const m = steps(cells);
    const wanted = isWanted ? bestStep(this.#wanted[2 * at], this.#wanted[2 * at + 1], m) : 0;
    const all = this.#expected[at];
    const share = isExpected && all > 0 ? Math.floor((this.#expected[2 * at] / all) * PARTS) : -1;
    const j = this.#codeStep(coder, m, wanted, share, depth);
    let left = Math.floor((cells * shareOf(j, m)) / PARTS + 0.5);
    // Neither half that has a share is left without a cell.
    if (j > 0 && j < m) left = Math.min(cells - 1, Math.max(1, left));
    this.#divide(coder, 2 * at, left, size, depth + 1, isWanted, isExpected);
    this.#divide(coder, 2 * at + 1, cells - left, size, depth + 1, isWanted, isExpected);
  }

  #codeStep(coder: ModelCoder, m: number, wanted: number, share: number, depth: number): number {
    const size = sizeClass(m);
    const context =
      (size * EXPECTATIONS + (share < 0 ? NONE_EXPECTED : expectationClass(share))) * SYMBOL_BITS + depth;
    if (coder.bit(this.#none, context, wanted === 0 ? 1 : 0) === 1) return 0;
    if (m === 1) return 1;
    if (coder.bit(this.#all, context, wanted === m ? 1 : 0) === 1) return m;
    if (m === 2) return 1;
    return share < 0
      ? this.#codeDigits(coder, m, size, wanted)
      : this.#codeNear(coder, m, size, wanted, Math.min(m - 1, Math.max(1, stepOf(share, m))));
  }

  /** A step between the first and the last, by halves. */
  #codeDigits(coder: ModelCoder, m: number, size: number, wanted: number): number {
    let low = 1;
    let high = m;
    for (let node = 1; high - low > 1;) {
      const middle = (low + high) >>> 1;
      const aim = wanted >= middle ? 1 : 0;
      const bit = node < LEARNED ? coder.bit(this.#digits, size * LEARNED + node, aim) : coder.plain(1, aim);
      if (bit === 1) low = middle;
      else high = middle;
      node = 2 * node + bit;
    }
    return low;
  }

  /** A step between the first and the last, by how far it is from the one expected. */
  #codeNear(coder: ModelCoder, m: number, size: number, wanted: number, expected: number): number {
    if (coder.bit(this.#isExpected, size, wanted === expected ? 1 : 0) === 1) return expected;
    const room = { below: expected - 1, above: m - 1 - expected };
    const isAbove =
      room.below === 0 ? 1 : room.above === 0 ? 0 : coder.bit(this.#sign, size, wanted > expected ? 1 : 0);
    const most = isAbove === 1 ? room.above : room.below;
    const aim = Math.abs(wanted - expected);
    let far = 1;
    while (far < most && coder.bit(this.#far, size * FAR + Math.min(FAR - 1, far), aim > far ? 1 : 0) === 1)
      far++;
    return isAbove === 1 ? expected + far : expected - far;
  }
}

function sumUp(sums: Float64Array, counts: ArrayLike<number> | null, size: number): void {
  if (counts === null) return;
  for (let s = 0; s < size; s++) sums[size + s] = counts[s];
  for (let k = size - 1; k > 0; k--) sums[k] = sums[2 * k] + sums[2 * k + 1];
}
