/**
 * Orthogonal matching pursuit with weights that are not negative: few of many atoms g_j whose weighted sum is near to a
 * target b. Minimises ‖b − Σ w_j g_j‖² + λ ‖w‖² over w ≥ 0 greedily, and knows atoms only by their inner products.
 */
import type { Watch } from '../watch.ts';
import { PickedColumns } from './columns.ts';
import { GrowingFactor } from './factor.ts';

/** Atoms whose correlations are worked out in one go: their part of every array stays in the processor's cache. */
const CHUNK = 2048;
/** Columns are kept in single precision. A residual below this share of the target says nothing any more. */
const NOISE = 1e-7;
/** Where ‖r‖² comes to less of ‖b‖² than this it is summed anew from the atoms: it was a difference of large numbers. */
const CANCELLED = 1e-6;

/** What is picked from: n atoms, by their inner products. */
export interface Atoms {
  /** n */
  count: number;
  /** Writes ⟨g_i, g_j⟩ of every atom i: n numbers. */
  column: (j: number, into: Float64Array) => void;
}

/** What their weighted sum is to come near to. */
export interface PursuitTarget {
  /** [n] ⟨g_j, b⟩ of every atom. */
  correlations: Float64Array;
  /** ‖b‖² */
  square: number;
  /**
   * Numbers of an atom, where `residual` writes correlations: with a residual of so many they cost less than sums over
   * more columns than that, and these need not be kept.
   */
  dimension?: number;
  /**
   * ‖r‖² of r = b − Σ w_j g_j over the first `size` of some atoms, summed from the atoms themselves.
   *
   * @param correlations where given, ⟨g_j, r⟩ of every atom is written there
   */
  residual: (atoms: Uint32Array, weights: Float64Array, size: number, correlations?: Float64Array) => number;
}

export interface PursuitLimits {
  /** Atoms that are picked at most. */
  most: number;
  /** λ */
  ridge: number;
  /** ε: it ends where ‖r‖ / ‖b‖ is less. */
  tolerance: number;
}

export interface Pursued {
  /** Picked atoms, each once, in the order in which they were picked; at most as many as were asked for. */
  atoms: Uint32Array;
  /** Their weights, not negative. */
  weights: Float64Array;
  /** ‖r‖ / ‖b‖ of what is left; 0 of a target of 0. */
  residual: number;
}

/** Bytes that a pursuit holds at once beside what it is handed. */
export function pursuitBytes(count: number, most: number, dimension: number): number {
  return (
    PickedColumns.bytes(count, Math.min(most, dimension)) + GrowingFactor.bytes(most) + 25 * count + 20 * most
  );
}

/**
 * Picks until there are enough atoms, the residual is small enough, or no atom is positively correlated with it. An atom
 * whose weight turns negative is dropped for good, and so is one that depends on those picked: it never cycles. Among
 * equals the atom of lower number is picked.
 *
 * @throws CANCELLED by the pulse
 */
export async function pursue(
  { count, column }: Atoms,
  target: PursuitTarget,
  { most, ridge, tolerance }: PursuitLimits,
  { pulse, progress }: Watch,
): Promise<Pursued> {
  const limit = Math.min(most, count);
  const factor = new GrowingFactor(limit);
  const columns = new PickedColumns(count, Math.min(limit, target.dimension ?? limit));
  /** Whether a column has found no room: correlations are then those of the residual itself. */
  let isDirect = false;
  const correlations = target.correlations.slice();
  let square = target.square;
  /** Picked before, or banned. */
  const isOut = new Uint8Array(count);
  const fresh = new Float64Array(count);
  const row = new Float64Array(limit);
  const atoms = new Uint32Array(limit);
  const weights = new Float64Array(limit);

  /** argmax ⟨g_j, r⟩ over what may be picked, where it is positive; −1: none. */
  function best(): number {
    let found = -1;
    let largest = 0;
    for (let j = 0; j < count; j++) {
      if (isOut[j] !== 0 || correlations[j] <= largest) continue;
      found = j;
      largest = correlations[j];
    }
    return found;
  }

  /** False where the atom depends on those that are picked. */
  function take(j: number): boolean {
    const { size } = factor;
    column(j, fresh);
    for (let s = 0; s < size; s++) row[s] = fresh[atoms[s]];
    const diagonal = fresh[j] + ridge;
    if (!factor.append(row, diagonal, target.correlations[j])) return false;
    atoms[size] = j;
    isDirect ||= !columns.append(fresh, diagonal);
    return true;
  }

  /** Solves for the weights, and drops the most negative one while there is one. */
  function weigh(): void {
    for (;;) {
      factor.solve(weights);
      let least = 0;
      for (let s = 1; s < factor.size; s++) if (weights[s] < weights[least]) least = s;
      if (factor.size === 0 || weights[least] >= 0) return;
      factor.remove(least);
      if (!isDirect) columns.remove(least);
      atoms.copyWithin(least, least + 1, factor.size + 1);
    }
  }

  /** c = c₀ − K_S w, from the beginning every time: errors do not add up. */
  async function correlate(): Promise<void> {
    for (let from = 0; from < count; from += CHUNK) {
      const to = Math.min(count, from + CHUNK);
      for (let i = from; i < to; i++) correlations[i] = target.correlations[i];
      columns.subtract(weights, correlations, from, to);
      if (pulse.due()) await pulse.beat(progress(factor.size));
    }
  }

  /** ‖r‖² = ‖b‖² − w · c₀ − w · c_S, where c_S = λ w */
  function residualSquare(): number {
    let left = target.square;
    for (let s = 0; s < factor.size; s++) {
      left -= weights[s] * (target.correlations[atoms[s]] + ridge * weights[s]);
    }
    return left > CANCELLED * target.square ? left : target.residual(atoms, weights, factor.size);
  }

  const enough = Math.max(tolerance, NOISE) ** 2 * target.square;
  while (factor.size < limit && square > enough) {
    if (pulse.due()) await pulse.beat(progress(factor.size));
    const next = best();
    if (next < 0) break;
    isOut[next] = 1;
    if (!take(next)) continue;
    weigh();
    if (isDirect) {
      square = target.residual(atoms, weights, factor.size, correlations);
    } else {
      await correlate();
      square = residualSquare();
    }
  }
  return {
    atoms: atoms.slice(0, factor.size),
    weights: weights.slice(0, factor.size),
    residual: target.square > 0 ? Math.sqrt(square / target.square) : 0,
  };
}
