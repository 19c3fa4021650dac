/** A model of a table: written as it is fitted, and read back the same way. */
import { BinaryContexts } from '../binaryCoder.ts';
import { BIN_COUNTS, Bins, thresholdsOf } from './bins.ts';
import { bitsAt, bitsBelow, levelsOf, MOST_LEVELS, SYMBOLS, type Levels } from './levels.ts';
import { NumberContexts, type ModelCoder } from './modelCoder.ts';
import { NodeCode } from './nodeCode.ts';
import { Nodes, RAW } from './nodes.ts';
import { MOST_COPIES, type Copy, type Parent } from './plan.ts';
import { FEWEST_CELLS, type TreeNode } from './trees.ts';

/** Bits of a symbol that says which copy a code is. */
const COPY_BITS = 3;

/** What the copy before said: which one, none, or that there was no copy before in the block. */
export const COPY_CONTEXTS = MOST_COPIES + 2;

/** Classes of cells that decide whether a node is likely to be there. */
const CELL_CLASSES = 16;

/** Probability in parts of 2^16 that something rare is not there. */
const RARE = 62_000;

/** How one lane is coded. */
export interface LaneModel {
  levels: Levels;
  parent: Parent | null;
  /** Of the parent's codes. */
  bins: Bins | null;
  /** First node for every bin, of the record before with one in front for the first of a block; one where no parent is. */
  roots: Int32Array;
  copies: readonly Copy[];
  canCopyFirst: boolean;
  /** Node of the copy's symbol for each context; empty where nothing is copied. */
  copyNodes: Int32Array;
}

/** Trees of one lane to be written: by bin. */
export type BinTrees = readonly { cells: number; tree: TreeNode | null }[];

export class ModelCode {
  readonly nodes = new Nodes();
  readonly #coder: ModelCoder;
  readonly #lanes: number;
  readonly #mostNodes: number;
  readonly #node = new NodeCode();
  readonly #copyNode = new NodeCode();
  readonly #isOwn = new BinaryContexts(CELL_CLASSES * MOST_LEVELS * 2);
  readonly #isPresent = new BinaryContexts(4);
  readonly #counts = new NumberContexts(31);
  readonly #binCounts = new NumberContexts(7);
  readonly #copyCounts = new NumberContexts(3, RARE);
  readonly #differences = new NumberContexts(32);
  /** Of the lane before. */
  #cells = 0;

  /**
   * @param lanes of the table
   * @param mostNodes a reader refuses more
   */
  constructor(coder: ModelCoder, lanes: number, mostNodes = Infinity) {
    this.#coder = coder;
    this.#lanes = lanes;
    this.#mostNodes = mostNodes;
  }

  get isFull(): boolean {
    return this.nodes.count > this.#mostNodes;
  }

  /** @param wanted null for a reader */
  copies(wanted: readonly Copy[] | null): Copy[] {
    const count = this.#copyCounts.code(this.#coder, wanted?.length ?? 0);
    return Array.from({ length: count }, (_, c) => ({
      lane: this.#lane(wanted?.[c].lane ?? 0),
      isBefore: this.#coder.bit(this.#isPresent, 2, wanted?.[c].isBefore === true ? 1 : 0) === 1,
      difference: this.#differences.code(this.#coder, wanted?.[c].difference ?? 0) >>> 0,
    }));
  }

  /** @param wanted how often each symbol follows each context; null for a reader */
  copyNodes(copies: number, wanted: readonly Uint32Array[] | null): Int32Array {
    if (copies === 0) return new Int32Array(0);
    const nodes = new Int32Array(COPY_CONTEXTS);
    for (let context = 0; context < COPY_CONTEXTS; context++) {
      const counts = wanted?.[context] ?? null;
      const cells = this.#counts.code(this.#coder, counts?.reduce((sum, count) => sum + count, 0) ?? 0);
      const estimates =
        cells === 0
          ? new Float64Array(SYMBOLS)
          : this.#copyNode.code(this.#coder, cells, COPY_BITS, counts, null).slice();
      // Each has to be codable, whatever the records that are coded later are like.
      for (let c = 0; c <= copies; c++) estimates[c] = Math.max(1, estimates[c]);
      estimates.fill(0, copies + 1);
      nodes[context] = this.nodes.add(estimates, copies + 1);
    }
    return nodes;
  }

  /** @param wanted null for a reader */
  parent(wanted: Parent | null): Parent | null {
    const coder = this.#coder;
    if (coder.bit(this.#isPresent, 0, wanted === null ? 0 : 1) === 0) return null;
    const isBefore = coder.bit(this.#isPresent, 1, wanted?.isBefore === true ? 1 : 0) === 1;
    return { lane: this.#lane(wanted?.lane ?? 0), isBefore, bins: coder.plain(2, wanted?.bins ?? 0) };
  }

  /** A lane's own tree, of all that is not copied. */
  sharedTree(levels: Levels, wanted: { cells: number; tree: TreeNode | null } | null): number {
    // Lanes of which nothing is copied have as many cells as there are records.
    const isSame = this.#coder.bit(this.#isPresent, 3, wanted?.cells === this.#cells ? 1 : 0) === 1;
    if (!isSame) this.#cells = this.#counts.code(this.#coder, wanted?.cells ?? 0);
    return this.#tree(levels, 0, this.#cells, wanted?.tree ?? null, RAW);
  }

  /** A tree for every bin: its own, or the lane's. */
  binTrees(levels: Levels, count: number, shared: number, wanted: BinTrees | null): Int32Array {
    const roots = new Int32Array(count);
    for (let b = 0; b < count; b++) {
      const cells = this.#roughly(wanted?.[b].cells ?? 0);
      roots[b] = this.#tree(levels, 0, cells, wanted?.[b].tree ?? null, shared);
    }
    return roots;
  }

  #lane(wanted: number): number {
    return this.#coder.plain(32 - Math.clz32(Math.max(0, this.#lanes - 1)), wanted);
  }

  /** A count to its two leading bits. */
  #roughly(wanted: number): number {
    const length = 32 - Math.clz32(wanted);
    const below = Math.max(0, length - 2);
    const known = this.#binCounts.code(this.#coder, Math.min(127, length * 4 + ((wanted >>> below) & 3)));
    const bits = known >>> 2;
    return bits <= 2 ? known & 3 : (known & 3) * 2 ** (bits - 2) + 2 ** (bits - 3);
  }

  #tree(levels: Levels, level: number, cells: number, wanted: TreeNode | null, shared: number): number {
    if (cells < FEWEST_CELLS || this.isFull) return shared;
    const cellClass = Math.min(CELL_CLASSES - 1, 32 - Math.clz32(cells));
    const context = (cellClass * MOST_LEVELS + level) * 2 + (shared === RAW ? 0 : 1);
    if (this.#coder.bit(this.#isOwn, context, wanted === null ? 0 : 1) === 0) return shared;
    const bits = bitsAt(levels, level);
    const nodes = this.nodes;
    const expected =
      shared === RAW ? null : Uint16Array.from({ length: SYMBOLS }, (_, s) => nodes.frequency(shared, s));
    const estimates = this.#node.code(this.#coder, cells, bits, wanted?.counts ?? null, expected).slice();
    const node = nodes.add(estimates, 1 << bits);
    if (bitsBelow(levels, level) === 0) return node;
    for (let s = 0; s < SYMBOLS; s++) {
      if (estimates[s] === 0) continue;
      const after = shared === RAW ? RAW : nodes.next[shared * SYMBOLS + s];
      const next = this.#tree(levels, level + 1, estimates[s], wanted?.next[s] ?? null, after);
      nodes.next[node * SYMBOLS + s] = next;
    }
    return node;
  }
}

/** The bins of a lane's parent, from the tree that the parent has of itself. */
export function parentBins(
  nodes: Nodes,
  shared: Int32Array,
  widths: readonly number[],
  parent: Parent,
): Bins {
  const width = widths[parent.lane];
  const thresholds = thresholdsOf(nodes, shared[parent.lane], levelsOf(width), BIN_COUNTS[parent.bins]);
  return new Bins(thresholds, width);
}
