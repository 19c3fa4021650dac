/**
 * Which nodes a tree of a lane has, of the codes of some records in ascending order. A node is worth having where what
 * it saves is more than what it takes to say: so no tree has a depth that somebody set.
 */
import { BIT, log2Units } from '../log2.ts';
import { bitsAt, bitsBelow, SYMBOLS, type Levels } from './levels.ts';
import { NODE_BITS, RAW, type Nodes } from './nodes.ts';

/** Fewer cells have no node of their own. */
export const FEWEST_CELLS = 4;

/** A node to be written. */
export interface TreeNode {
  counts: Uint32Array;
  /** After each symbol: a node of its own, or null for what comes otherwise. */
  next: (TreeNode | null)[];
}

/** Units that it takes to say a node, about: some for itself, some for each symbol and how often it was seen. */
const NODE_COST = 5 * BIT;
const SYMBOL_COST = 1.75 * BIT;

/** n log₂ n in units. */
const timesLog = (n: number): number => n * log2Units(n);

/** What the codes of a lane take under a tree that is there: from every level on, for every record. */
export class TailCosts {
  /** Of level l and record i at l × records + i, in units. */
  readonly costs: Float64Array;
  readonly records: number;

  constructor(levels: Levels, codes: ArrayLike<number>, records: number, nodes: Nodes, root: number) {
    this.records = records;
    const costs = (this.costs = new Float64Array(levels.count * records));
    const own = new Float64Array(levels.count);
    for (let i = 0; i < records; i++) {
      const code = codes[i];
      let node = root;
      let level = 0;
      for (; level < levels.count && node !== RAW; level++) {
        const symbol = (code >>> bitsBelow(levels, level)) & (SYMBOLS - 1);
        const frequency = nodes.frequency(node, symbol);
        if (frequency === 0) break;
        own[level] = NODE_BITS * BIT - log2Units(frequency);
        node = nodes.next[node * SYMBOLS + symbol];
      }
      const rest = level < levels.count ? bitsBelow(levels, level) + bitsAt(levels, level) : 0;
      // An unknown symbol is escaped; where there is no node it is bits.
      let sum = rest * BIT + (level < levels.count && node !== RAW ? NODE_BITS * BIT : 0);
      for (let l = levels.count - 1; l >= 0; l--) {
        if (l < level) sum += own[l];
        costs[l * records + i] = l <= level ? sum : (bitsBelow(levels, l) + bitsAt(levels, l)) * BIT;
      }
    }
  }
}

/** Builds trees of one lane. */
export class TreeBuilder {
  readonly #levels: Levels;
  readonly #codes: ArrayLike<number>;
  readonly #tails: TailCosts | null;
  readonly #thrift: number;
  #order: Uint32Array = new Uint32Array(0);

  /**
   * @param codes of all records
   * @param tails what they take without a tree of their own; null for their plain bits
   * @param thrift how dear nodes are: 1 where a model says enough of them to learn what they are like
   */
  constructor(levels: Levels, codes: ArrayLike<number>, tails: TailCosts | null, thrift: number) {
    this.#thrift = thrift;
    this.#levels = levels;
    this.#codes = codes;
    this.#tails = tails;
  }

  /**
   * @param order records, by ascending code between `from` and `to`
   * @returns what these take at best, in units, with what it takes to say the tree
   */
  cost(order: Uint32Array, from: number, to: number): number {
    this.#order = order;
    return this.#best(from, to, 0, null, 0);
  }

  /** @returns the best tree; null where none pays */
  build(order: Uint32Array, from: number, to: number): TreeNode | null {
    this.#order = order;
    const root: TreeNode = { counts: new Uint32Array(0), next: [null] };
    this.#best(from, to, 0, root, 0);
    return root.next[0];
  }

  /** @param above the node to hang the best one to, after symbol `as`; null to learn only what it costs */
  #best(from: number, to: number, level: number, above: TreeNode | null, as: number): number {
    const cells = to - from;
    if (cells === 0) return 0;
    const otherwise = this.#otherwise(from, to, level);
    if (cells < FEWEST_CELLS || otherwise === 0) return otherwise;
    const below = bitsBelow(this.#levels, level);
    const ends = this.#ends(from, to, below);
    const thrift = this.#thrift;
    let own = thrift * NODE_COST + timesLog(cells);
    let before = from;
    for (let s = 0; s < SYMBOLS; s++) {
      const count = ends[s] - before;
      before = ends[s];
      if (count > 0) own += thrift * SYMBOL_COST + log2Units(count) / 2 - timesLog(count);
    }
    if (own >= otherwise) return otherwise;
    const node: TreeNode | null =
      above === null
        ? null
        : { counts: new Uint32Array(SYMBOLS), next: new Array<TreeNode | null>(SYMBOLS).fill(null) };
    before = from;
    for (let s = 0; s < SYMBOLS; s++) {
      const end = ends[s];
      if (node !== null) node.counts[s] = end - before;
      if (below > 0 && end > before) own += this.#best(before, end, level + 1, node, s);
      before = end;
      if (own >= otherwise) return otherwise;
    }
    if (above !== null) above.next[as] = node;
    return own;
  }

  #otherwise(from: number, to: number, level: number): number {
    const levels = this.#levels;
    const tails = this.#tails;
    if (tails === null) return (to - from) * (bitsBelow(levels, level) + bitsAt(levels, level)) * BIT;
    let sum = 0;
    const at = level * tails.records;
    for (let k = from; k < to; k++) sum += tails.costs[at + this.#order[k]];
    return sum;
  }

  /** Where the records of each symbol end. */
  #ends(from: number, to: number, below: number): Int32Array {
    const ends = new Int32Array(SYMBOLS);
    const order = this.#order;
    const codes = this.#codes;
    let k = from;
    for (let s = 0; s < SYMBOLS; s++) {
      while (k < to && ((codes[order[k]] >>> below) & (SYMBOLS - 1)) === s) k++;
      ends[s] = k;
    }
    return ends;
  }
}

/** Records by ascending code: two or more passes of a byte each. */
export function sortByCode(codes: ArrayLike<number>, records: Uint32Array, width: number): Uint32Array {
  let order = records.slice();
  let into = new Uint32Array(order.length);
  for (let shift = 0; shift < width; shift += 8) {
    const starts = new Uint32Array(257);
    for (let k = 0; k < order.length; k++) starts[((codes[order[k]] >>> shift) & 255) + 1]++;
    for (let b = 0; b < 256; b++) starts[b + 1] += starts[b];
    for (let k = 0; k < order.length; k++) into[starts[(codes[order[k]] >>> shift) & 255]++] = order[k];
    [order, into] = [into, order];
  }
  return order;
}

/**
 * Records bin by bin, in the order that they had.
 *
 * @param bins of every record
 * @param starts where each bin begins; one more for the end
 */
export function sortByBin(
  order: Uint32Array,
  bins: Uint16Array,
  count: number,
  into: Uint32Array,
): Uint32Array {
  const starts = new Uint32Array(count + 1);
  for (let k = 0; k < order.length; k++) starts[bins[order[k]] + 1]++;
  for (let b = 0; b < count; b++) starts[b + 1] += starts[b];
  const at = starts.slice();
  for (let k = 0; k < order.length; k++) into[at[bins[order[k]]]++] = order[k];
  return starts;
}
