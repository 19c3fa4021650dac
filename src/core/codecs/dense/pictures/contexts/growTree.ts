/**
 * Grows a tree of contexts: where asking for a feature saves most bits, the question is asked, until what it saves is
 * no more than what it costs. All is counted in whole units of a bit, so that the same pixels give the same tree
 * everywhere.
 */
import type { Pulse } from '../../../../pulse.ts';
import { BIT, log2Units } from '../../log2.ts';
import { ContextTree, MOST_DEPTH, type TreeNode } from './tree.ts';

/** Pixels to grow from. */
export interface Observations {
  count: number;
  /** The symbol of each. */
  symbols: Uint8Array;
  /** Per feature that may be asked for. */
  features: readonly ObservedFeature[];
}

export interface ObservedFeature {
  /** Its number. */
  feature: number;
  /** Values that may be gone by, ascending. */
  cuts: Uint8Array;
  /** Of each pixel: how many cuts its value is above of. */
  levels: Uint8Array;
}

export interface GrowthLimits {
  leaves: number;
  /** Every pixel stands for so many. */
  weight: number;
  /** Bits that a question has to save of every pixel that it is asked of. */
  bitsAVisit: number;
}

export interface GrownTree {
  tree: ContextTree;
  /** Bits that each question saved: of feature number f of the observations and cut j at f × 256 + j. */
  saved: Float64Array;
}

/** What a leaf costs in the model: bits, and bits for every symbol that it shows. */
const LEAF_BITS = 24;
const SYMBOL_BITS = 5;
/** Bits by which what was observed flatters a leaf, for every symbol that it shows. */
const FLATTERY_BITS = 1;

/** n log n in units. */
const SMALL = 1 << 14;
const SMALL_PRODUCTS = /* @__PURE__ */ (() => {
  const table = new Float64Array(SMALL);
  for (let n = 2; n < SMALL; n++) table[n] = n * log2Units(n);
  return table;
})();
const product = (n: number): number => (n < SMALL ? SMALL_PRODUCTS[n] : n * log2Units(n));

/** A node while the tree grows. */
interface Growing {
  from: number;
  to: number;
  depth: number;
  /** The best question, null where none is worth it. */
  best: Question | null;
  feature: number;
  cut: number;
  lower: Growing | null;
  upper: Growing | null;
}

interface Question {
  /** Bits saved of all pixels, what it costs taken off. */
  worth: number;
  saved: number;
  feature: number;
  cut: number;
}

export async function growTree(
  observed: Observations,
  limits: GrowthLimits,
  pulse: Pulse,
): Promise<GrownTree> {
  const order = new Uint32Array(observed.count);
  for (let k = 0; k < order.length; k++) order[k] = k;
  const spare = new Uint32Array(observed.count);
  const asker = new Asker(observed, limits, order);
  const leafOf = (from: number, to: number, depth: number): Growing => ({
    ...{ from, to, depth, best: depth < MOST_DEPTH ? asker.best(from, to) : null },
    ...{ feature: 0, cut: 0, lower: null, upper: null },
  });
  const root = leafOf(0, observed.count, 0);
  const saved = new Float64Array(observed.features.length * 256);
  const open = new Set([root]);
  for (let leaves = 1; leaves < limits.leaves; leaves++) {
    let chosen: Growing | null = null;
    for (const leaf of open) {
      if (leaf.best !== null && (chosen === null || leaf.best.worth > chosen.best!.worth)) chosen = leaf;
    }
    if (chosen === null) break;
    const { from, to } = chosen;
    const { feature, cut } = chosen.best!;
    const { levels } = observed.features[feature];
    let lower = from;
    let upper = 0;
    for (let k = from; k < to; k++) {
      if (levels[order[k]] <= cut) order[lower++] = order[k];
      else spare[upper++] = order[k];
    }
    order.set(spare.subarray(0, upper), lower);
    saved[feature * 256 + cut] += chosen.best!.saved;
    chosen.feature = feature;
    chosen.cut = cut;
    chosen.lower = leafOf(from, lower, chosen.depth + 1);
    chosen.upper = leafOf(lower, to, chosen.depth + 1);
    open.delete(chosen);
    open.add(chosen.lower).add(chosen.upper);
    if (pulse.due()) {
      await pulse.beat({ phase: 'Finding contexts', done: leaves, total: limits.leaves, unit: 'contexts' });
    }
  }
  return { tree: new ContextTree(nodesOf(root, observed)), saved };
}

function nodesOf(root: Growing, { features }: Observations): TreeNode[] {
  const nodes: TreeNode[] = [];
  let leaves = 0;
  const add = ({ lower, upper, feature, cut }: Growing): void => {
    if (lower === null || upper === null) {
      nodes.push({ feature: null, threshold: 0, other: leaves++ });
      return;
    }
    const { feature: number, cuts } = features[feature];
    const node: TreeNode = { feature: number, threshold: cuts[cut], other: 0 };
    nodes.push(node);
    add(lower);
    node.other = nodes.length;
    add(upper);
  };
  add(root);
  return nodes;
}

/** Finds the best question to ask of some of the pixels. */
class Asker {
  readonly #observed: Observations;
  readonly #limits: GrowthLimits;
  readonly #order: Uint32Array;
  readonly #levels: number;
  #counts = new Uint32Array(0);
  readonly #seen = new Uint32Array(256);
  readonly #dense = new Uint16Array(256);
  readonly #below = new Uint32Array(256);

  constructor(observed: Observations, limits: GrowthLimits, order: Uint32Array) {
    this.#observed = observed;
    this.#limits = limits;
    this.#order = order;
    this.#levels = 1 + observed.features.reduce((most, { cuts }) => Math.max(most, cuts.length), 0);
  }

  best(from: number, to: number): Question | null {
    const { symbols, features } = this.#observed;
    const order = this.#order;
    const seen = this.#seen.fill(0);
    for (let k = from; k < to; k++) seen[symbols[order[k]]]++;
    let shown = 0;
    let whole = product(to - from);
    const totals = new Uint32Array(256);
    for (let s = 0; s < 256; s++) {
      if (seen[s] === 0) continue;
      totals[shown] = seen[s];
      whole -= product(seen[s]);
      this.#dense[s] = shown++;
    }
    const least = (to - from) * this.#limits.bitsAVisit;
    if (shown < 2 || whole <= least * BIT) return null;
    let best: Question | null = null;
    const levels = this.#levels;
    const size = levels * shown;
    if (this.#counts.length < size) this.#counts = new Uint32Array(size);
    const counts = this.#counts;
    const dense = this.#dense;
    for (let f = 0; f < features.length; f++) {
      const { levels: own, cuts } = features[f];
      if (cuts.length === 0) continue;
      counts.fill(0, 0, size);
      for (let k = from; k < to; k++) {
        const pixel = order[k];
        counts[own[pixel] * shown + dense[symbols[pixel]]]++;
      }
      const below = this.#below.fill(0, 0, shown);
      // Σ n log n over the symbols of the lower and of the upper side.
      let lowerSum = 0;
      let upperSum = product(to - from) - whole;
      let lowerCount = 0;
      let lowerShown = 0;
      let upperShown = shown;
      for (let cut = 0; cut < cuts.length; cut++) {
        let added = 0;
        for (let d = 0, k = cut * shown; d < shown; d++, k++) {
          const count = counts[k];
          if (count === 0) continue;
          added += count;
          const before = below[d];
          const after = before + count;
          const total = totals[d];
          below[d] = after;
          if (before === 0) lowerShown++;
          if (after === total) upperShown--;
          lowerSum += product(after) - product(before);
          upperSum += product(total - after) - product(total - before);
        }
        if (added === 0) continue;
        lowerCount += added;
        const upperCount = to - from - lowerCount;
        if (upperCount === 0) break;
        const divided = product(lowerCount) - lowerSum + product(upperCount) - upperSum;
        const saved = (whole - divided) / BIT;
        if (saved < least) continue;
        const rarer = Math.min(lowerShown, upperShown);
        const worth = (saved - FLATTERY_BITS * rarer) * this.#limits.weight - SYMBOL_BITS * rarer - LEAF_BITS;
        if (worth > 0 && (best === null || worth > best.worth)) best = { worth, saved, feature: f, cut };
      }
    }
    return best;
  }
}
