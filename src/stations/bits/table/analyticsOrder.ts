import { BIT_ROLE, type BitsReport, type MapRow } from '../../../contracts/codec.ts';
import { TABLE_SETTINGS } from '../../../contracts/settings.ts';

/** Rank of every cell in the analytics order, −1 where it can be no analytics bit. */
export function ranksOf(bits: Pick<BitsReport, 'order' | 'role'>): Int32Array {
  const ranks = new Int32Array(bits.role.length).fill(-1);
  for (let rank = 0; rank < bits.order.length; rank++) ranks[bits.order[rank]] = rank;
  return ranks;
}

/** Index of the row of every cell. */
export function rowOfCells(rows: readonly MapRow[], cells: number): Int32Array {
  const owner = new Int32Array(cells).fill(-1);
  rows.forEach((row, index) => owner.fill(index, row.start, row.start + row.bits));
  return owner;
}

/** Runs [from, to) of neighbouring analytics bits in a row: each gets one ring. */
export function ringRuns(row: MapRow, ranks: Int32Array, beta: number): [number, number][] {
  const runs: [number, number][] = [];
  let from = -1;
  for (let bit = 0; bit <= row.bits; bit++) {
    const rank = bit < row.bits ? ranks[row.start + bit] : -1;
    const ringed = rank >= 0 && rank < beta;
    if (ringed && from < 0) from = bit;
    if (!ringed && from >= 0) {
      runs.push([from, bit]);
      from = -1;
    }
  }
  return runs;
}

/**
 * Where the layers of the order begin: ranks r at which the order goes from every column's k-th non-constant bits to
 * the next ones. Only the layered order has any.
 */
export function layerStarts(bits: BitsReport): number[] {
  const depth = new Int32Array(bits.role.length);
  for (const row of bits.rows) {
    let next = 0;
    for (let cell = row.start; cell < row.start + row.bits; cell++) {
      const constant =
        row.kind === 'stored'
          ? bits.role[cell] === BIT_ROLE.constant
          : bits.ones[cell] === 0 || bits.ones[cell] === bits.trainRows;
      depth[cell] = next;
      if (!constant) next++;
    }
  }
  const starts: number[] = [];
  for (let rank = 0; rank < bits.order.length; rank++) {
    if (rank === 0 || depth[bits.order[rank]] > depth[bits.order[rank - 1]]) starts.push(rank);
  }
  return starts;
}

/** A bit is nearly constant where fewer than one record in so many differs from the rest. */
export const NEARLY_CONSTANT = 1_000;

/** Whether a bit changes, so that it has its place in the order, but in hardly any record. */
export function isNearlyConstant(
  { ones, trainRows }: Pick<BitsReport, 'ones' | 'trainRows'>,
  cell: number,
): boolean {
  const differing = Math.min(ones[cell], trainRows - ones[cell]);
  return differing > 0 && differing * NEARLY_CONSTANT < trainRows;
}

/** How many of the first β bits of the order are nearly constant. */
export function countNearlyConstant(
  bits: Pick<BitsReport, 'order' | 'ones' | 'trainRows'>,
  beta: number,
): number {
  let count = 0;
  for (let rank = 0; rank < Math.min(beta, bits.order.length); rank++) {
    if (isNearlyConstant(bits, bits.order[rank])) count++;
  }
  return count;
}

/** The largest β that can be chosen: every bit of the order, as far as settings go. */
export function largestBeta(order: ArrayLike<number>): number {
  return Math.min(order.length, TABLE_SETTINGS.of('beta').max);
}

/** How much of the order is worth showing: up to where every further bit splits nothing, or to β if that is more. */
export function stripLength(bits: Pick<BitsReport, 'order' | 'condensedSamples'>, beta: number): number {
  const largest = largestBeta(bits.order);
  let end = largest;
  while (end > 1 && bits.condensedSamples[end - 1] === bits.condensedSamples[largest]) end--;
  return beta <= end ? end : largest;
}

/** β that can be chosen: at least 1 where there is a bit at all. */
export function clampBeta(beta: number, largest: number): number {
  return Math.max(Math.min(1, largest), Math.min(largest, Math.round(beta)));
}

/** β whose boundary lies nearest to x on a strip that starts at `left` and is `width` wide. */
export function betaAt(x: number, left: number, width: number, largest: number): number {
  return clampBeta(((x - left) / Math.max(1, width)) * largest, largest);
}
