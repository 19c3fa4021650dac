/** Codes of a lane in bins, under which another lane's codes are told apart. */
import { bitsBelow, SYMBOLS, type Levels } from './levels.ts';
import { NODE_BITS, RAW, STARTS, type Nodes } from './nodes.ts';

/** How many bins there can be, by the number that an archive names. */
export const BIN_COUNTS = [4, 16, 64, 256] as const;

/** Up to this width bins are looked up. */
const LOOKED_UP = 12;

/** Which bin a code is in: as many thresholds as it reaches. */
export class Bins {
  readonly thresholds: Uint32Array;
  readonly #table: Uint8Array | null;

  /** @param thresholds at most 255, ascending */
  constructor(thresholds: Uint32Array, width: number) {
    this.thresholds = thresholds;
    this.#table = width <= LOOKED_UP ? new Uint8Array(1 << width) : null;
    if (this.#table === null) return;
    thresholds.forEach((from, k) => this.#table!.fill(k + 1, from));
  }

  get count(): number {
    return this.thresholds.length + 1;
  }

  get bytes(): number {
    return this.thresholds.byteLength + (this.#table?.length ?? 0);
  }

  of(code: number): number {
    if (this.#table !== null) return this.#table[code];
    const { thresholds } = this;
    let low = 0;
    let high = thresholds.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (thresholds[middle] <= code) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/**
 * Thresholds between codes that are about equally frequent, from the model that lane has of itself: so that an archive
 * need not name them. Where the model knows each code and there are few enough, every one has a bin of its own.
 *
 * @param root of the lane's own tree, or RAW
 * @returns ascending, fewer than `bins`
 */
export function thresholdsOf(nodes: Nodes, root: number, levels: Levels, bins: number): Uint32Array {
  const known = knownCodes(nodes, root, levels, bins);
  if (known !== null) return Uint32Array.from(known.slice(1));
  const thresholds: number[] = [];
  for (let b = 1; b < bins; b++) {
    const code = quantile(nodes, root, levels, b / bins);
    if (code > 0 && code !== thresholds.at(-1)) thresholds.push(code);
  }
  return Uint32Array.from(thresholds);
}

/** All codes that a tree knows to the last bit, ascending; null where there are more than `most`, or bits are left. */
function knownCodes(nodes: Nodes, root: number, levels: Levels, most: number): number[] | null {
  const codes: number[] = [];
  const walk = (node: number, level: number, prefix: number): boolean => {
    if (node === RAW) return false;
    const below = bitsBelow(levels, level);
    for (let s = 0; s < SYMBOLS; s++) {
      if (nodes.frequency(node, s) === 0) continue;
      const code = prefix + s * 2 ** below;
      if (below === 0) {
        if (codes.length === most) return false;
        codes.push(code);
      } else if (!walk(nodes.next[node * SYMBOLS + s], level + 1, code)) return false;
    }
    return true;
  };
  return walk(root, 0, 0) ? codes : null;
}

/** The code below which a share of a tree's codes lies. */
function quantile(nodes: Nodes, root: number, levels: Levels, share: number): number {
  let prefix = 0;
  let rest = share;
  let node = root;
  for (let level = 0; level < levels.count; level++) {
    const below = bitsBelow(levels, level);
    if (node === RAW) {
      const room = 2 ** (level === 0 ? levels.width : below + 4);
      return prefix + Math.floor(rest * room);
    }
    // Shares of what the node knows, the escape apart.
    const at = node * STARTS;
    const aim = rest * nodes.starts[at + SYMBOLS];
    let symbol = 0;
    while (symbol < SYMBOLS - 1 && nodes.starts[at + symbol + 1] <= aim) symbol++;
    const frequency = nodes.frequency(node, symbol);
    rest = frequency === 0 ? 0 : Math.max(0, (aim - nodes.starts[at + symbol]) / frequency);
    prefix += symbol * 2 ** below;
    node = nodes.next[node * SYMBOLS + symbol];
    if (rest >= 1) rest = 1 - 1 / (1 << NODE_BITS);
  }
  return prefix;
}
