/** What is expected of a value of a plane: how large it is, and how far off that may be. */
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
const ENERGY_BITS = 3;
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

/** A set of factors, whatever neighbours are asked, has its own places in so many. */
const SET_BITS = 5;

/**
 * Works a plan out, value after value. Neighbours and weights are written out one by one, in the order of the lists above:
 * this is where most of the time of coding a picture goes.
 */
export class PlanePredictor {
  /** Of the value asked for last: its energy and the step of it, what is expected, and whether that was rounded up. */
  energy = 0;
  step = 0;
  expected = 0;
  isRoundedUp = 0;

  readonly contexts: number;
  readonly #values: Int16Array;
  readonly #magnitudes: Uint8Array;
  readonly #stride: number;
  readonly #size: number;
  readonly #plane: number;
  readonly #factors: Int32Array;
  readonly #weights: Int32Array;
  /** Weights of the first row begin here. */
  readonly #firstWeights: number;
  readonly #stepOfEnergy: Uint8Array;
  readonly #setOfStep: Uint8Array;
  readonly #firstSet: number;

  constructor(pictures: PlanarPictures, plane: number, plan: PlanePlan) {
    this.#values = pictures.values;
    this.#magnitudes = pictures.magnitudes;
    this.#stride = pictures.stride;
    this.#size = pictures.size;
    this.#plane = plane;
    this.#factors = spreadFactors(plan, plane);
    this.#weights = Int32Array.from(plan.weights);
    this.#firstWeights = plan.weights.length / 2;
    this.#stepOfEnergy = stepsOfEnergies(plan.thresholds);
    this.#setOfStep = plan.groupOfStep;
    this.#firstSet = plan.groups;
    this.contexts = 2 * plan.groupOfStep.length;
  }

  get residentBytes(): number {
    return this.#stepOfEnergy.length + this.#factors.byteLength;
  }

  /** Says what is expected at a value. */
  look(at: number, isFirstRow: boolean): void {
    const values = this.#values;
    const magnitudes = this.#magnitudes;
    const stride = this.#stride;
    const plane = this.#plane;
    const weights = this.#weights;
    const north = at - stride;
    const north2 = north - stride;
    const vW = values[at - 1];
    const vWW = values[at - 2];
    const vN = values[north];
    const vNW = values[north - 1];
    const vNE = values[north + 1];
    const vNN = values[north2];
    let w = isFirstRow ? this.#firstWeights : 0;
    let sum =
      Math.imul(weights[w], Math.abs(vW - vNW)) +
      Math.imul(weights[w + 1], Math.abs(vN - vNW)) +
      Math.imul(weights[w + 2], Math.abs(vN - vNE)) +
      Math.imul(weights[w + 3], Math.abs(vW - vWW)) +
      Math.imul(weights[w + 4], Math.abs(vN - vNN)) +
      Math.imul(weights[w + 5], magnitudes[at - 1]) +
      Math.imul(weights[w + 6], magnitudes[north]) +
      Math.imul(weights[w + 7], magnitudes[north + 1]) +
      Math.imul(weights[w + 8], magnitudes[at - 2]) +
      Math.imul(weights[w + 9], magnitudes[north2]) +
      Math.imul(weights[w + 10], magnitudes[north - 1]);
    w += 11;
    let before = at;
    for (let p = 0; p < plane; p++, w += 3) {
      before -= this.#size;
      sum +=
        Math.imul(weights[w], magnitudes[before]) +
        Math.imul(weights[w + 1], magnitudes[before + 1]) +
        Math.imul(weights[w + 2], magnitudes[before + stride]);
    }
    let energy = (sum + weights[w]) >> (WEIGHT_BITS - ENERGY_BITS);
    if (energy < 0) energy = 0;
    else if (energy > MOST_ENERGY) energy = MOST_ENERGY;
    const step = this.#stepOfEnergy[energy];
    const factors = this.#factors;
    let f = (isFirstRow ? this.#firstSet : this.#setOfStep[step]) << SET_BITS;
    sum =
      factors[f] +
      Math.imul(factors[f + 1], vW) +
      Math.imul(factors[f + 2], vN) +
      Math.imul(factors[f + 3], vNW) +
      Math.imul(factors[f + 4], vNE) +
      Math.imul(factors[f + 5], vWW) +
      Math.imul(factors[f + 6], vNN) +
      Math.imul(factors[f + 7], values[north2 + 1]) +
      Math.imul(factors[f + 8], values[north - 2]) +
      Math.imul(factors[f + 9], values[north + 2]) +
      Math.imul(factors[f + 10], values[north2 - 1]);
    before = at;
    f += 11;
    for (let p = 0; p < plane; p++, f += 9) {
      before -= this.#size;
      sum +=
        Math.imul(factors[f], values[before]) +
        Math.imul(factors[f + 1], values[before - 1]) +
        Math.imul(factors[f + 2], values[before - stride]) +
        Math.imul(factors[f + 3], values[before + 1]) +
        Math.imul(factors[f + 4], values[before + stride]) +
        Math.imul(factors[f + 5], values[before - stride - 1]) +
        Math.imul(factors[f + 6], values[before - stride + 1]) +
        Math.imul(factors[f + 7], values[before + stride - 1]) +
        Math.imul(factors[f + 8], values[before + stride + 1]);
    }
    const first = plane === 0 ? 0 : values[before];
    const expected = (sum + (1 << (PREDICTION_BITS - 1))) >> PREDICTION_BITS;
    this.energy = energy;
    this.step = step;
    this.isRoundedUp = (sum >> (PREDICTION_BITS - 1)) & 1;
    this.expected = expected < -first ? -first : expected > 255 - first ? 255 - first : expected;
  }
}

/** Factors with 0 for neighbours that are not asked, the constant first. */
function spreadFactors({ own, earlier, factors, groups }: PlanePlan, plane: number): Int32Array {
  const spread = new Int32Array((groups + 1) << SET_BITS);
  let from = 0;
  for (let set = 0; set <= groups; set++) {
    const to = set << SET_BITS;
    for (let k = 0; k < own; k++) spread[to + 1 + k] = factors[from++];
    for (let p = 0; p < plane; p++) {
      for (let k = 0; k < earlier; k++) spread[to + 1 + MOST_OWN + p * MOST_EARLIER + k] = factors[from++];
    }
    spread[to] = factors[from++] * CONSTANT;
  }
  return spread;
}

function stepsOfEnergies(thresholds: Uint16Array): Uint8Array {
  const steps = new Uint8Array(MOST_ENERGY + 1);
  for (let energy = 0, step = 0; energy <= MOST_ENERGY; energy++) {
    while (step < thresholds.length && energy > thresholds[step]) step++;
    steps[energy] = step;
  }
  return steps;
}
