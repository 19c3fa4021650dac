/** What a model says of a plane: by which neighbours its values are predicted, and by which how far off they may be. */
import type { PlanarPictures } from './planes.ts';

/** Neighbours in the plane itself, and in each plane before, [dx, dy], those that tell most first. */
const OWN = [
  [-1, 0],
  [0, -1],
  [-1, -1],
  [1, -1],
  [-2, 0],
  [0, -2],
  [1, -2],
  [-2, -1],
  [2, -1],
  [-1, -2],
] as const;
const EARLIER = [
  [0, 0],
  [-1, 0],
  [0, -1],
  [1, 0],
  [0, 1],
  [-1, -1],
  [1, -1],
  [-1, 1],
  [1, 1],
] as const;

/** Differences of neighbours, and neighbours that were off, which tell how far off a value may be. */
const PAIRS = [
  [-1, 0, -1, -1],
  [0, -1, -1, -1],
  [0, -1, 1, -1],
  [-1, 0, -2, 0],
  [0, -1, 0, -2],
] as const;
const OWN_OFF = [
  [-1, 0],
  [0, -1],
  [1, -1],
  [-2, 0],
  [0, -2],
  [-1, -1],
] as const;
const EARLIER_OFF = [
  [0, 0],
  [1, 0],
  [0, 1],
] as const;

export const MOST_OWN = OWN.length;
export const MOST_EARLIER = EARLIER.length;

/** Fraction bits of a prediction, and of the energy's weights. */
export const PREDICTION_BITS = 12;
export const WEIGHT_BITS = 6;
/** An energy is a mean magnitude in so many parts of 1. */
export const ENERGY_BITS = 3;
export const MOST_ENERGY = (1 << (8 + ENERGY_BITS)) - 1;
/** The constant feature: its factor can say as much as those of values. */
export const CONSTANT = 16;
export const ENERGY_UNIT = 1 << ENERGY_BITS;

/** What is fitted of a plane. */
export interface PlanePlan {
  /** Neighbours that are asked: of the plane, and of each plane before. */
  own: number;
  earlier: number;
  /**
   * Set after set of factors, each in 2^−PREDICTION_BITS, the constant last; one for each group of energies, and one for
   * the first row.
   */
  factors: Int16Array;
  /** Weights of what energies are worked out from, in 2^−WEIGHT_BITS, the constant last; then those of the first row. */
  weights: Int16Array;
  /** Energies above which the next step begins, ascending. */
  thresholds: Uint16Array;
  /** The group of each step, and how many groups there are. */
  groupOfStep: Uint8Array;
  groups: number;
}

/** What is asked of neighbours, in numbers of values from a value's own. */
export interface PlaneOffsets {
  factors: Int32Array;
  /** Whether each is known in the first row. */
  isKnownAtFirst: readonly boolean[];
  pairs: Int32Array;
  off: Int32Array;
  isWeightKnownAtFirst: readonly boolean[];
}

export function planeOffsets(
  { stride, size }: Pick<PlanarPictures, 'stride' | 'size'>,
  plane: number,
  own: number,
  earlier: number,
): PlaneOffsets {
  const offset = ([dx, dy]: readonly [number, number]): number => dy * stride + dx;
  const factors = OWN.slice(0, own).map(offset);
  const known: boolean[] = OWN.slice(0, own).map(([, dy]) => dy === 0);
  const before = Array.from({ length: plane }, (_, k) => (k + 1) * size);
  for (const back of before) {
    for (const neighbour of EARLIER.slice(0, earlier)) {
      factors.push(offset(neighbour) - back);
      known.push(neighbour[1] >= 0);
    }
  }
  const off = OWN_OFF.map(offset);
  for (const back of before) off.push(...EARLIER_OFF.map((neighbour) => offset(neighbour) - back));
  return {
    factors: Int32Array.from(factors),
    isKnownAtFirst: known,
    pairs: Int32Array.from(PAIRS.flatMap(([ax, ay, bx, by]) => [offset([ax, ay]), offset([bx, by])])),
    off: Int32Array.from(off),
    isWeightKnownAtFirst: [
      ...PAIRS.map(([, ay, , by]) => ay === 0 && by === 0),
      ...OWN_OFF.map(([, dy]) => dy === 0),
      ...before.flatMap(() => EARLIER_OFF.map(([, dy]) => dy >= 0)),
    ],
  };
}
