/** Binary trees over features: which context a pixel is in. */
import { BinaryContexts, type BinaryDecoder, type BinaryEncoder } from '../../binaryCoder.ts';
import { FEATURES } from './neighbours.ts';

/** Most contexts that a tree tells apart, and answers to reach one. */
export const MOST_LEAVES = 4_096;
const MOST_DEPTH = 64;

const LEAF = 255;
const FEATURE_BITS = 5;

/**
 * Nodes, each followed by the nodes of its lower side. Of a leaf `features` says 255 and `others` its number, in the order
 * of the leaves; of any other node a feature, up to what value of it one goes on to the node after it, and the node beyond.
 */
export class ContextTree {
  readonly features: Uint8Array;
  readonly thresholds: Uint8Array;
  readonly others: Uint16Array;
  readonly leaves: number;

  constructor(nodes: readonly TreeNode[]) {
    this.features = Uint8Array.from(nodes, ({ feature }) => feature ?? LEAF);
    this.thresholds = Uint8Array.from(nodes, ({ threshold }) => threshold);
    this.others = Uint16Array.from(nodes, ({ other }) => other);
    this.leaves = (nodes.length + 1) / 2;
  }

  get residentBytes(): number {
    return this.features.length * 4;
  }

  /** Number of the leaf that values lead to. */
  find(values: Int32Array): number {
    const { features, thresholds, others } = this;
    let node = 0;
    for (let feature = features[0]; feature !== LEAF; feature = features[node]) {
      node = values[feature] > thresholds[node] ? others[node] : node + 1;
    }
    return others[node];
  }

  /** Values of a feature that some node goes by, ascending. */
  thresholdsOf(feature: number): Uint8Array {
    const found = new Set<number>();
    this.features.forEach((own, node) => own === feature && found.add(this.thresholds[node]));
    return Uint8Array.from(found).sort();
  }

  write(encoder: BinaryEncoder): void {
    const contexts = new TreeContexts();
    const depths = [0];
    for (let node = 0; node < this.features.length; node++) {
      const depth = depths.pop()!;
      const feature = this.features[node];
      encoder.bit(contexts.isLeaf, Math.min(depth, 15), feature === LEAF ? 1 : 0);
      if (feature === LEAF) continue;
      for (let b = FEATURE_BITS - 1, k = 1; b >= 0; b--) {
        const bit = (feature >>> b) & 1;
        encoder.bit(contexts.feature, k, bit);
        k = 2 * k + bit;
      }
      for (let b = 7, k = 1; b >= 0; b--) {
        const bit = (this.thresholds[node] >>> b) & 1;
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
    for (let b = 0; b < 8; b++) threshold = 2 * threshold + decoder.bit(contexts.threshold, threshold);
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
