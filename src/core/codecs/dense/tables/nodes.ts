/**
 * The trees of a model in flat arrays, as encoder and decoder walk them. A node says how likely each symbol is that may
 * follow, and which node comes after it. Several trees may end in the same one.
 */
import { scaleCounts } from '../frequencies.ts';
import { SYMBOLS } from './levels.ts';

/** Frequencies of a node add up to 2^14. */
export const NODE_BITS = 14;
const TOTAL = 1 << NODE_BITS;

/** Where the symbols that a node does not know come in: behind all it knows. */
export const ESCAPE = SYMBOLS;

/** Numbers per node in `starts`: one for every symbol, the escape, and the end. */
export const STARTS = SYMBOLS + 2;

/** No node: what follows is stored as bits. */
export const RAW = -1;

/** Of how many cells of an unknown symbol there is one, beside those that a node has seen. */
const ESCAPE_SHARE = 16;

/** Nodes that there is room for at first. */
const FIRST_ROOM = 8;

export class Nodes {
  /** Where the part of each symbol begins, from 0 to 2^14. */
  starts = new Uint16Array(STARTS * FIRST_ROOM);
  /** Node after each symbol, or RAW. */
  next = new Int32Array(SYMBOLS * FIRST_ROOM);
  count = 0;

  readonly #frequencies = new Uint16Array(SYMBOLS + 1);
  readonly #counts = new Float64Array(SYMBOLS + 1);

  /**
   * Adds a node behind which nothing comes yet.
   *
   * @param estimates how often each symbol was seen, about; not all 0
   * @param possible symbols that there are; those not seen are escaped
   */
  add(estimates: ArrayLike<number>, possible: number): number {
    this.#reserve();
    const counts = this.#counts;
    let seen = 0;
    let known = 0;
    for (let s = 0; s < SYMBOLS; s++) {
      counts[s] = estimates[s];
      seen += estimates[s];
      if (estimates[s] > 0) known++;
    }
    // In parts of what was seen, so that no symbol's share is rounded away by the escape's.
    for (let s = 0; s < SYMBOLS; s++) counts[s] *= ESCAPE_SHARE;
    counts[ESCAPE] = known < possible ? Math.max(1, Math.floor((seen * ESCAPE_SHARE) / TOTAL)) : 0;
    scaleCounts(counts, NODE_BITS, this.#frequencies);
    const node = this.count++;
    let start = 0;
    for (let s = 0; s <= SYMBOLS; s++) {
      this.starts[node * STARTS + s] = start;
      start += this.#frequencies[s];
    }
    this.starts[node * STARTS + STARTS - 1] = start;
    this.next.fill(RAW, node * SYMBOLS, (node + 1) * SYMBOLS);
    return node;
  }

  frequency(node: number, symbol: number): number {
    return this.starts[node * STARTS + symbol + 1] - this.starts[node * STARTS + symbol];
  }

  get bytes(): number {
    return this.starts.byteLength + this.next.byteLength;
  }

  #reserve(): void {
    if ((this.count + 1) * SYMBOLS <= this.next.length) return;
    const starts = new Uint16Array(2 * this.starts.length);
    starts.set(this.starts);
    this.starts = starts;
    const next = new Int32Array(2 * this.next.length);
    next.set(this.next);
    this.next = next;
  }
}
