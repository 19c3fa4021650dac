/** Where a leaf is best divided, from the sums of its bins. */
import type { BinnedSamples } from './bins.ts';

/** Sums kept per bin: of gradients, of second derivatives, of weights. */
export const SUMS = 3;

export interface Sums {
  gradient: number;
  hessian: number;
  weight: number;
}

export interface Split {
  feature: number;
  /** Last bin that goes left. */
  bin: number;
  /** What the split gains, twice the loss that it saves to second order. */
  gain: number;
  left: Sums;
}

export interface SplitRules {
  /** Least sum of weights of a leaf. */
  minWeight: number;
  /** λ, added to the second derivatives of a leaf. */
  l2: number;
}

/** The value that a leaf adds to the output, to second order the best: −G / (H + λ). */
export const leafValue = ({ gradient, hessian }: Sums, l2: number): number =>
  hessian + l2 > 0 ? -gradient / (hessian + l2) : 0;

/** Twice the loss that a leaf of these sums saves: G² / (H + λ). */
const saved = (gradient: number, hessian: number, l2: number): number =>
  hessian + l2 > 0 ? (gradient * gradient) / (hessian + l2) : 0;

/**
 * The split of greatest gain; of equal gains that of the first feature and bin.
 *
 * @param sums SUMS per bin of all features
 * @param total the same sums of the whole leaf
 * @returns null where none gains anything
 */
export function bestSplit(
  { edges, first }: BinnedSamples,
  sums: Float64Array,
  total: Sums,
  { minWeight, l2 }: SplitRules,
): Split | null {
  const whole = saved(total.gradient, total.hessian, l2);
  let best: Split | null = null;
  let most = 0;
  for (let f = 0; f < edges.length; f++) {
    let gradient = 0;
    let hessian = 0;
    let weight = 0;
    for (let bin = 0, at = first[f] * SUMS; bin < edges[f].length; bin++, at += SUMS) {
      gradient += sums[at];
      hessian += sums[at + 1];
      weight += sums[at + 2];
      if (weight < minWeight) continue;
      if (total.weight - weight < minWeight) break;
      const gain =
        saved(gradient, hessian, l2) + saved(total.gradient - gradient, total.hessian - hessian, l2) - whole;
      if (gain > most) {
        most = gain;
        best = { feature: f, bin, gain, left: { gradient, hessian, weight } };
      }
    }
  }
  return best;
}
