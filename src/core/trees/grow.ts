/**
 * One tree, leaf by leaf: whichever leaf's best split gains most is divided next. The sums of a leaf's bins are added
 * up for the smaller of two new leaves, and are the difference to their parent's for the larger.
 */
import type { Pulse } from '../pulse.ts';
import type { BinnedSamples } from './bins.ts';
import { bestSplit, leafValue, SUMS, type Split, type SplitRules, type Sums } from './splits.ts';
import type { Tree } from './tree.ts';

/** Additions to sums between two looks at the clock. */
const CHUNK = 1 << 20;

interface Leaf {
  /** Its samples in `Grower.order`. */
  from: number;
  to: number;
  total: Sums;
  /** Its sums per bin, where it may be divided. */
  sums: Float64Array;
  split: Split | null;
  /** The inner node that it hangs on, −1 for the root, and on which side. */
  parent: number;
  isLeft: boolean;
}

export interface GrowRules extends SplitRules {
  leaves: number;
  /** What the values of leaves are multiplied with. */
  rate: number;
}

/** Grows trees on the same samples, in the same memory. */
export class Grower {
  private readonly binned: BinnedSamples;
  private readonly weights: Float64Array;
  private readonly rules: GrowRules;
  private readonly order: Int32Array;
  private readonly aside: Int32Array;
  /** Sums per bin, for as many leaves as a tree may have. */
  private readonly pool: Float64Array[] = [];

  constructor(binned: BinnedSamples, weights: Float64Array, rules: GrowRules) {
    this.binned = binned;
    this.weights = weights;
    this.rules = rules;
    this.order = new Int32Array(weights.length);
    this.aside = new Int32Array(weights.length);
  }

  /**
   * Grows a tree by the derivatives, and adds its values to one output of every sample.
   *
   * @param beat called when it is time to report
   */
  async grow(
    gradient: Float64Array,
    hessian: Float64Array,
    scores: Float64Array,
    output: number,
    outputs: number,
    pulse: Pulse,
    beat: () => Promise<void>,
  ): Promise<Tree> {
    const { rules, order } = this;
    const derivatives = { gradient, hessian };
    for (let i = 0; i < order.length; i++) order[i] = i;
    let used = 0;
    const fresh = (): Float64Array => {
      const sums = this.pool[used] ?? new Float64Array(this.binned.all * SUMS);
      this.pool[used++] = sums;
      return sums.fill(0);
    };
    const root: Leaf = {
      from: 0,
      to: order.length,
      total: this.total(derivatives),
      sums: fresh(),
      split: null,
      parent: -1,
      isLeft: true,
    };
    await this.addUp(root, derivatives, pulse, beat);
    root.split = bestSplit(this.binned, root.sums, root.total, rules);
    const leaves = [root];
    const nodes: { feature: number; threshold: number; left: number; right: number }[] = [];
    while (leaves.length < rules.leaves) {
      let chosen: Leaf | null = null;
      for (const leaf of leaves) {
        if (leaf.split !== null && leaf.split.gain > (chosen?.split?.gain ?? 0)) chosen = leaf;
      }
      const split = chosen?.split ?? null;
      if (chosen === null || split === null) break;
      const middle = this.divide(chosen, split);
      const { from, to, total, sums, parent, isLeft } = chosen;
      if (middle === from || middle === to) {
        // What subtraction has left in empty bins is no weight.
        chosen.split = null;
        continue;
      }
      const node = nodes.length;
      nodes.push({
        feature: split.feature,
        threshold: this.binned.edges[split.feature][split.bin],
        left: 0,
        right: 0,
      });
      if (parent >= 0) nodes[parent][isLeft ? 'left' : 'right'] = node;
      const rest: Sums = {
        gradient: total.gradient - split.left.gradient,
        hessian: total.hessian - split.left.hessian,
        weight: total.weight - split.left.weight,
      };
      const left: Leaf = {
        from,
        to: middle,
        total: split.left,
        sums,
        split: null,
        parent: node,
        isLeft: true,
      };
      const right: Leaf = { from: middle, to, total: rest, sums, split: null, parent: node, isLeft: false };
      leaves[leaves.indexOf(chosen)] = left;
      leaves.push(right);
      if (leaves.length === rules.leaves) break;
      const [small, large] = middle - from <= to - middle ? [left, right] : [right, left];
      if (large.total.weight < 2 * rules.minWeight && small.total.weight < 2 * rules.minWeight) continue;
      small.sums = fresh();
      await this.addUp(small, derivatives, pulse, beat);
      for (let k = 0; k < sums.length; k++) sums[k] -= small.sums[k];
      left.split = bestSplit(this.binned, left.sums, left.total, rules);
      right.split = bestSplit(this.binned, right.sums, right.total, rules);
    }
    return this.finish(leaves, nodes, scores, output, outputs);
  }

  private total({ gradient, hessian }: { gradient: Float64Array; hessian: Float64Array }): Sums {
    const total: Sums = { gradient: 0, hessian: 0, weight: 0 };
    for (let i = 0; i < gradient.length; i++) {
      total.gradient += gradient[i];
      total.hessian += hessian[i];
      total.weight += this.weights[i];
    }
    return total;
  }

  /** Adds the samples of a leaf to the sums of its bins. */
  private async addUp(
    { from, to, sums }: Leaf,
    derivatives: { gradient: Float64Array; hessian: Float64Array },
    pulse: Pulse,
    beat: () => Promise<void>,
  ): Promise<void> {
    const step = Math.max(1, Math.floor(CHUNK / Math.max(1, this.binned.edges.length)));
    for (let start = from; start < to; start += step) {
      this.add(start, Math.min(to, start + step), sums, derivatives);
      if (pulse.due()) await beat();
    }
  }

  private add(
    from: number,
    to: number,
    sums: Float64Array,
    { gradient, hessian }: { gradient: Float64Array; hessian: Float64Array },
  ): void {
    const { order, weights } = this;
    const { bins, first } = this.binned;
    const features = first.length;
    for (let k = from; k < to; k++) {
      const i = order[k];
      const g = gradient[i];
      const h = hessian[i];
      const w = weights[i];
      for (let f = 0, at = i * features; f < features; f++, at++) {
        const to3 = (first[f] + bins[at]) * SUMS;
        sums[to3] += g;
        sums[to3 + 1] += h;
        sums[to3 + 2] += w;
      }
    }
  }

  /**
   * Moves the samples of a leaf that go left in front of the others, each in the order that they were in.
   *
   * @returns where those that go right begin
   */
  private divide({ from, to }: Leaf, { feature, bin }: Split): number {
    const { order, aside } = this;
    const { bins, first } = this.binned;
    const features = first.length;
    let middle = from;
    let kept = 0;
    for (let k = from; k < to; k++) {
      const i = order[k];
      if (bins[i * features + feature] <= bin) order[middle++] = i;
      else aside[kept++] = i;
    }
    order.set(aside.subarray(0, kept), middle);
    return middle;
  }

  private finish(
    leaves: readonly Leaf[],
    nodes: { feature: number; threshold: number; left: number; right: number }[],
    scores: Float64Array,
    output: number,
    outputs: number,
  ): Tree {
    const values = new Float64Array(leaves.length);
    leaves.forEach((leaf, l) => {
      const value = this.rules.rate * leafValue(leaf.total, this.rules.l2);
      values[l] = value;
      if (leaf.parent >= 0) nodes[leaf.parent][leaf.isLeft ? 'left' : 'right'] = -1 - l;
      for (let k = leaf.from; k < leaf.to; k++) scores[this.order[k] * outputs + output] += value;
    });
    return {
      features: Uint16Array.from(nodes, (node) => node.feature),
      thresholds: Float64Array.from(nodes, (node) => node.threshold),
      left: Int32Array.from(nodes, (node) => node.left),
      right: Int32Array.from(nodes, (node) => node.right),
      values,
    };
  }
}
