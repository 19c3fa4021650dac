/** Binary trees over features: which context a pixel is in. */
import { BinaryContexts, type BinaryDecoder, type BinaryEncoder } from '../../binaryCoder.ts';
import { FEATURES } from './neighbours.ts';

/** Most contexts that a tree tells apart, and answers to reach one. */
const MOST_LEAVES = 4_096;
export const MOST_DEPTH = 64;

const LEAF = 31;
const FEATURE_BITS = 5;
const THRESHOLD_BITS = 8;

/**
 * Nodes, each followed by the nodes of its lower side. A node is a word: its feature, up to what value of it one goes on to
 * the node after it, and the node beyond; or 31, nothing, and the number of the leaf, in the order of the leaves.
 */
export class ContextTree {
  readonly #nodes: Int32Array;
  readonly leaves: number;

  constructor(nodes: readonly TreeNode[]) {
    this.#nodes = Int32Array.from(
      nodes,
      ({ feature, threshold, other }) =>
        (feature ?? LEAF) | (threshold << FEATURE_BITS) | (other << (FEATURE_BITS + THRESHOLD_BITS)),
    );
    this.leaves = (nodes.length + 1) / 2;
  }

  get residentBytes(): number {
    return this.#nodes.byteLength;
  }

  /** Number of the leaf that values lead to. */
  find(values: Int32Array): number {
    const nodes = this.#nodes;
    let at = 0;
    let node = nodes[0];
    for (let feature = node & LEAF; feature !== LEAF; feature = node & LEAF) {
      at =
        values[feature] > ((node >>> FEATURE_BITS) & 255) ? node >>> (FEATURE_BITS + THRESHOLD_BITS) : at + 1;
      node = nodes[at];
    }
    return node >>> (FEATURE_BITS + THRESHOLD_BITS);
  }

  /** Values of a feature that some node goes by, ascending. */
  thresholdsOf(feature: number): Uint8Array {
    const found = new Set<number>();
    for (const node of this.#nodes) {
      if ((node & LEAF) === feature) found.add((node >>> FEATURE_BITS) & 255);
    }
    return Uint8Array.from(found).sort();
  }

  write(encoder: BinaryEncoder): void {
    const contexts = new TreeContexts();
    const depths = [0];
    for (const node of this.#nodes) {
      const depth = depths.pop()!;
      const feature = node & LEAF;
      const threshold = (node >>> FEATURE_BITS) & 255;
      encoder.bit(contexts.isLeaf, Math.min(depth, 15), feature === LEAF ? 1 : 0);
      if (feature === LEAF) continue;
      for (let b = FEATURE_BITS - 1, k = 1; b >= 0; b--) {
        const bit = (feature >>> b) & 1;
        encoder.bit(contexts.feature, k, bit);
        k = 2 * k + bit;
      }
      for (let b = THRESHOLD_BITS - 1, k = 1; b >= 0; b--) {
        const bit = (threshold >>> b) & 1;
        encoder.bit(contexts.threshold, k, bit);
        k = 2 * k + bit;
      }
      depths.push(depth + 1, depth + 1);
    }
  }
}

export interface TreeNode {
  /** Null of a leaf. */
  feature: number | null;
  threshold: number;
  other: number;
}

class TreeContexts {
  readonly isLeaf = new BinaryContexts(16);
  readonly feature = new BinaryContexts(1 << FEATURE_BITS);
  readonly threshold = new BinaryContexts(256);
}

/** Reads a tree. @throws ARCHIVE_CORRUPT where it is none, or asks for what nobody knows */
export function readTree(decoder: BinaryDecoder, mayAsk: (feature: number) => boolean): ContextTree {
  const contexts = new TreeContexts();
  const nodes: TreeNode[] = [];
  let leaves = 0;
  const read = (depth: number): void => {
    if (depth > MOST_DEPTH) throw decoder.corrupt('has a tree that is too deep');
    if (decoder.bit(contexts.isLeaf, Math.min(depth, 15)) === 1) {
      nodes.push({ feature: null, threshold: 0, other: leaves++ });
      return;
    }
    if (nodes.length >= 2 * MOST_LEAVES) throw decoder.corrupt('has a tree that is too large');
    let feature = 1;
    for (let b = 0; b < FEATURE_BITS; b++) feature = 2 * feature + decoder.bit(contexts.feature, feature);
    feature -= 1 << FEATURE_BITS;
    if (feature >= FEATURES || !mayAsk(feature)) throw decoder.corrupt('asks for what no pixel has');
    let threshold = 1;
    for (let b = 0; b < THRESHOLD_BITS; b++)
      threshold = 2 * threshold + decoder.bit(contexts.threshold, threshold);
    const node: TreeNode = { feature, threshold: threshold - 256, other: 0 };
    nodes.push(node);
    read(depth + 1);
    node.other = nodes.length;
    read(depth + 1);
  };
  read(0);
  if (leaves > MOST_LEAVES) throw decoder.corrupt('has a tree that is too large');
  return new ContextTree(nodes);
}
