/**
 * The order in which bits become analytics bits (the paper's clustering phase; docs/ARCHITECTURE.md says what is the
 * paper's and what is an ablation).
 */
import { minority } from '../bits/bitPlanes.ts';
import { createGenerator, permutation } from '../random.ts';

/** Order in which bits become analytics bits (docs/ARCHITECTURE.md, "The order of analytics bits"). */
export type AnalyticsOrder = 'layered' | 'pool' | 'descending' | 'ascending' | 'random';

/** What the analytics bits of a feature are read from: its stored code where that halves its range, or always a
 * linear 16-bit quantisation. */
export type AnalyticsCode = 'mixed' | 'linear';

/** The bits of one clustering column: cells start … start + bits − 1 from its most significant bit. */
export interface AnalyticsRow {
  column: number;
  start: number;
  bits: number;
}

interface Candidate {
  cell: number;
  row: number;
  /** Rank among the non-constant bits of its row, from the most significant. */
  rank: number;
  /** min(ones, n − ones): sorts as the entropy does. */
  weight: number;
}

/**
 * All non-constant bits of the clustering columns in the chosen order; the first β are the analytics bits.
 *
 * @param rows clustering columns in table order
 * @param ones count of ones per cell over the training records
 * @param records number of training records
 * @param beta only the order "pool" depends on it: its pool holds the first ⌈β/d⌉ bits of every column
 * @param seed only the order "random" uses it
 */
export function analyticsOrder(
  rows: readonly AnalyticsRow[],
  ones: ArrayLike<number>,
  records: number,
  order: AnalyticsOrder,
  beta: number,
  seed: number,
): Uint32Array {
  const candidates: Candidate[] = [];
  rows.forEach(({ start, bits }, row) => {
    let rank = 0;
    for (let cell = start; cell < start + bits; cell++) {
      const weight = minority(ones[cell], records);
      if (weight > 0) candidates.push({ cell, row, rank: rank++, weight });
    }
  });
  if (order === 'random') {
    const shuffled = permutation(candidates.length, createGenerator(seed));
    return shuffled.map((k) => candidates[k].cell);
  }
  const poolRanks = order === 'pool' ? Math.ceil(beta / Math.max(1, rows.length)) : 0;
  const inPool = (c: Candidate): number => (c.rank < poolRanks ? 0 : 1);
  const position = (a: Candidate, b: Candidate): number => a.row - b.row || a.rank - b.rank;
  const compare: Record<Exclude<AnalyticsOrder, 'random'>, (a: Candidate, b: Candidate) => number> = {
    // Rank ascending, entropy descending, column index.
    layered: (a, b) => a.rank - b.rank || b.weight - a.weight || a.row - b.row,
    // The pool by entropy alone; what is not in the pool follows in layers.
    pool: (a, b) => {
      const apart = inPool(a) - inPool(b);
      if (apart !== 0) return apart;
      return inPool(a) === 0 ? b.weight - a.weight || position(a, b) : compare.layered(a, b);
    },
    descending: (a, b) => b.weight - a.weight || position(a, b),
    ascending: (a, b) => a.weight - b.weight || position(a, b),
  };
  candidates.sort(compare[order]);
  return Uint32Array.from(candidates, (c) => c.cell);
}
