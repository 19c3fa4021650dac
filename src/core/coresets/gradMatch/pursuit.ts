/**
 * Orthogonal matching pursuit with weights that are not negative: few of many atoms g_j whose weighted sum is near to a
 * target b. Minimises ‖b − Σ w_j g_j‖² + λ ‖w‖² over w ≥ 0 greedily, and knows atoms only by their inner products.
 */
import type { Progress, Pulse } from '../../pulse.ts';
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
  /** ‖b − Σ w_j g_j‖² of the first `size` of some atoms, summed from the atoms themselves. */
  residual: (atoms: Uint32Array, weights: Float64Array, size: number) => number;
}

export interface PursuitLimits {
  /** Atoms that are picked at most. */
  most: number;
  /** λ */
  ridge: number;
  /** ε: it ends where ‖r‖ / ‖b‖ is less. */
  tolerance: number;
}

/** Who is asked between picks. */
export interface PursuitWatch {
  pulse: Pulse;
  /** What is told when so many atoms are picked. */
  progress: (picked: number) => Progress;
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
export function pursuitBytes(count: number, most: number): number {
  return 4 * count * most + GrowingFactor.bytes(most) + 25 * count + 48 * most;
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
  { pulse, progress }: PursuitWatch,
): Promise<Pursued> {
  const limit = Math.min(most, count);
  const factor = new GrowingFactor(limit);
  /**
   * Columns of the picked atoms, one behind the other; a place that was let go is taken again. Each is divided by its
   * diagonal, so that the gradients may be as small as they like: their products would soon leave single precision.
   */
  const columns = new Float32Array(limit * count);
  const free = Array.from({ length: limit }, (_, place) => limit - 1 - place);
  const correlations = target.correlations.slice();
  /** Picked before, or banned. */
  const isOut = new Uint8Array(count);
  const fresh = new Float64Array(count);
  const row = new Float64Array(limit);
  const atoms = new Uint32Array(limit);
  const weights = new Float64Array(limit);
  const shares = new Float64Array(limit);
  const places = new Uint32Array(limit);
  /** Diagonal of the column at every place. */
  const diagonals = new Float64Array(limit);
  let square = target.square;

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

  function drop(at: number): void {
    factor.remove(at);
    free.push(places[at]);
    atoms.copyWithin(at, at + 1, factor.size + 1);
    places.copyWithin(at, at + 1, factor.size + 1);
  }

  /** Solves for the weights, and drops the most negative one while there is one. */
  function weigh(): void {
    for (;;) {
      factor.solve(weights);
      let least = 0;
      for (let s = 1; s < factor.size; s++) if (weights[s] < weights[least]) least = s;
      if (factor.size === 0 || weights[least] >= 0) return;
      drop(least);
    }
  }

  /** c = c₀ − K_S w, from the beginning every time: errors do not add up. */
  async function correlate(): Promise<void> {
    const { size } = factor;
    for (let s = 0; s < size; s++) shares[s] = weights[s] * diagonals[places[s]];
    for (let from = 0; from < count; from += CHUNK) {
      const to = Math.min(count, from + CHUNK);
      for (let i = from; i < to; i++) correlations[i] = target.correlations[i];
      let s = 0;
      for (; s + 3 < size; s += 4) {
        const a = places[s] * count;
        const b = places[s + 1] * count;
        const c = places[s + 2] * count;
        const d = places[s + 3] * count;
        const u = shares[s];
        const v = shares[s + 1];
        const w = shares[s + 2];
        const x = shares[s + 3];
        for (let i = from; i < to; i++) {
          correlations[i] -=
            u * columns[a + i] + v * columns[b + i] + (w * columns[c + i] + x * columns[d + i]);
        }
      }
      for (; s < size; s++) {
        const a = places[s] * count;
        const u = shares[s];
        for (let i = from; i < to; i++) correlations[i] -= u * columns[a + i];
      }
      if (pulse.due()) await pulse.beat(progress(size));
    }
  }

  /** ‖r‖² = ‖b‖² − w · c₀ − w · c_S, where c_S = λ w */
  function residualSquare(): number {
    let left = target.square;
    for (let s = 0; s < factor.size; s++) {
      left -= weights[s] * (target.correlations[atoms[s]] + ridge * weights[s]);
    }
    if (left > CANCELLED * target.square) return left;
    return Math.max(0, target.residual(atoms, weights, factor.size));
  }

  const enough = Math.max(tolerance, NOISE) ** 2 * target.square;
  while (factor.size < limit && square > enough) {
    const next = best();
    if (next < 0) break;
    isOut[next] = 1;
    column(next, fresh);
    const { size } = factor;
    for (let s = 0; s < size; s++) row[s] = fresh[atoms[s]];
    const diagonal = fresh[next] + ridge;
    if (!factor.append(row, diagonal, target.correlations[next])) continue;
    atoms[size] = next;
    const place = free.pop();
    if (place === undefined) throw new Error('A pursuit has fewer places than picks.');
    places[size] = place;
    diagonals[place] = diagonal;
    for (let i = 0, at = place * count; i < count; i++, at++) columns[at] = fresh[i] / diagonal;
    weigh();
    await correlate();
    square = residualSquare();
  }
  return {
    atoms: atoms.slice(0, factor.size),
    weights: weights.slice(0, factor.size),
    residual: target.square > 0 ? Math.sqrt(square / target.square) : 0,
  };
}
