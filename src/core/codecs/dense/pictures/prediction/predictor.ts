/** What is expected of a value of a plane: how large it is, and how far off that may be. */
import {
  CONSTANT,
  ENERGY_BITS,
  MOST_EARLIER,
  MOST_ENERGY,
  MOST_OWN,
  PREDICTION_BITS,
  WEIGHT_BITS,
  type PlanePlan,
} from './plan.ts';
import type { PlanarPictures } from './planes.ts';

/** A set of factors, whatever neighbours are asked, has its own places in so many. */
const SET_BITS = 5;

/** Where symbols of a plane come from while it is decoded. */
export interface SymbolSource {
  next(context: number): number;
}

/** What a value is off by is a symbol when this is added to it. */
const ZERO = 255;

/**
 * Works a plan out, row after row. Neighbours, weights and factors are written out one by one, in the order of the lists
 * above: this is where most of the time of coding a picture goes.
 */
export class PlanePredictor {
  /** Of each value of the row worked out last: its context, and what it is off by, as a symbol. */
  readonly contexts: Uint16Array;
  readonly symbols: Uint16Array;
  /** And its energy, where it was not decoded. */
  readonly energies: Uint16Array;

  readonly #pictures: PlanarPictures;
  readonly #plane: number;
  readonly #firstContext: number;
  readonly #factors: Int32Array;
  readonly #weights: Int32Array;
  readonly #stepOfEnergy: Uint8Array;
  readonly #setOfStep: Uint8Array;
  readonly #firstSet: number;

  /** @param firstContext what the numbers of its contexts begin with */
  constructor(pictures: PlanarPictures, plane: number, plan: PlanePlan, firstContext: number) {
    this.#pictures = pictures;
    this.#plane = plane;
    this.#firstContext = firstContext;
    this.#factors = spreadFactors(plan, plane);
    this.#weights = Int32Array.from(plan.weights);
    this.#stepOfEnergy = stepsOfEnergies(plan.thresholds);
    this.#setOfStep = plan.groupOfStep;
    this.#firstSet = plan.groups;
    this.contexts = new Uint16Array(pictures.width);
    this.symbols = new Uint16Array(pictures.width);
    this.energies = new Uint16Array(pictures.width);
  }

  get residentBytes(): number {
    return this.#stepOfEnergy.length + this.#factors.byteLength + 3 * this.contexts.byteLength;
  }

  /**
   * Works a row out: what each value is off by from what is expected.
   *
   * @param source where that is read from, and the values follow; null where the values are there
   */
  row(picture: number, y: number, source: SymbolSource | null): void {
    const pictures = this.#pictures;
    const plane = this.#plane;
    pictures.beginRow(picture, plane, y);
    const { values, magnitudes, width, stride, size } = pictures;
    const { contexts, symbols, energies } = this;
    const factors = this.#factors;
    const stepOfEnergy = this.#stepOfEnergy;
    const setOfStep = this.#setOfStep;
    const firstContext = this.#firstContext;
    const firstSet = this.#firstSet;
    const isFirstRow = y === 0;
    const weights = this.#weights;
    const wFirst = isFirstRow ? weights.length / 2 : 0;
    const wConstant = weights[wFirst + 11 + 3 * plane];
    const w0 = weights[wFirst];
    const w1 = weights[wFirst + 1];
    const w2 = weights[wFirst + 2];
    const w3 = weights[wFirst + 3];
    const w4 = weights[wFirst + 4];
    const w5 = weights[wFirst + 5];
    const w6 = weights[wFirst + 6];
    const w7 = weights[wFirst + 7];
    const w8 = weights[wFirst + 8];
    const w9 = weights[wFirst + 9];
    const w10 = weights[wFirst + 10];
    const w11 = plane > 0 ? weights[wFirst + 11] : 0;
    const w12 = plane > 0 ? weights[wFirst + 12] : 0;
    const w13 = plane > 0 ? weights[wFirst + 13] : 0;
    const w14 = plane > 1 ? weights[wFirst + 14] : 0;
    const w15 = plane > 1 ? weights[wFirst + 15] : 0;
    const w16 = plane > 1 ? weights[wFirst + 16] : 0;
    let at = pictures.start(picture, plane, y);
    const north = at - stride;
    // Neighbours move on from value to value: of each row only the rightmost is new.
    let vW = values[at - 2];
    let v = values[at - 1];
    let vNW = values[north - 2];
    let vN = values[north - 1];
    let vNE = values[north];
    let vNEE = values[north + 1];
    let vNN = values[north - stride - 1];
    let vNNE = values[north - stride];
    let mW = magnitudes[at - 2];
    let m = magnitudes[at - 1];
    let mN = magnitudes[north - 1];
    let mNE = magnitudes[north];
    for (let x = 0; x < width; x++, at++) {
      const vWW = vW;
      vW = v;
      const vNWW = vNW;
      vNW = vN;
      vN = vNE;
      vNE = vNEE;
      vNEE = values[at - stride + 2];
      const vNNW = vNN;
      vNN = vNNE;
      vNNE = values[at - 2 * stride + 1];
      const mWW = mW;
      mW = m;
      const mNW = mN;
      mN = mNE;
      mNE = magnitudes[at - stride + 1];
      let sum =
        wConstant +
        Math.imul(w0, Math.abs(vW - vNW)) +
        Math.imul(w1, Math.abs(vN - vNW)) +
        Math.imul(w2, Math.abs(vN - vNE)) +
        Math.imul(w3, Math.abs(vW - vWW)) +
        Math.imul(w4, Math.abs(vN - vNN)) +
        Math.imul(w5, mW) +
        Math.imul(w6, mN) +
        Math.imul(w7, mNE) +
        Math.imul(w8, mWW) +
        Math.imul(w9, magnitudes[at - 2 * stride]) +
        Math.imul(w10, mNW);
      const before = at - size;
      const before2 = before - size;
      if (plane > 0) {
        sum +=
          Math.imul(w11, magnitudes[before]) +
          Math.imul(w12, magnitudes[before + 1]) +
          Math.imul(w13, magnitudes[before + stride]);
        if (plane > 1) {
          sum +=
            Math.imul(w14, magnitudes[before2]) +
            Math.imul(w15, magnitudes[before2 + 1]) +
            Math.imul(w16, magnitudes[before2 + stride]);
        }
      }
      const spread = sum >> (WEIGHT_BITS - ENERGY_BITS);
      const energy = spread < 0 ? 0 : spread > MOST_ENERGY ? MOST_ENERGY : spread;
      const step = stepOfEnergy[energy];
      const f = (isFirstRow ? firstSet : setOfStep[step]) << SET_BITS;
      sum =
        factors[f] +
        Math.imul(factors[f + 1], vW) +
        Math.imul(factors[f + 2], vN) +
        Math.imul(factors[f + 3], vNW) +
        Math.imul(factors[f + 4], vNE) +
        Math.imul(factors[f + 5], vWW) +
        Math.imul(factors[f + 6], vNN) +
        Math.imul(factors[f + 7], vNNE) +
        Math.imul(factors[f + 8], vNWW) +
        Math.imul(factors[f + 9], vNEE) +
        Math.imul(factors[f + 10], vNNW);
      let lowest = 0;
      if (plane > 0) {
        lowest = -values[before];
        sum +=
          Math.imul(factors[f + 11], values[before]) +
          Math.imul(factors[f + 12], values[before - 1]) +
          Math.imul(factors[f + 13], values[before - stride]) +
          Math.imul(factors[f + 14], values[before + 1]) +
          Math.imul(factors[f + 15], values[before + stride]) +
          Math.imul(factors[f + 16], values[before - stride - 1]) +
          Math.imul(factors[f + 17], values[before - stride + 1]) +
          Math.imul(factors[f + 18], values[before + stride - 1]) +
          Math.imul(factors[f + 19], values[before + stride + 1]);
        if (plane > 1) {
          lowest = -values[before2];
          sum +=
            Math.imul(factors[f + 20], values[before2]) +
            Math.imul(factors[f + 21], values[before2 - 1]) +
            Math.imul(factors[f + 22], values[before2 - stride]) +
            Math.imul(factors[f + 23], values[before2 + 1]) +
            Math.imul(factors[f + 24], values[before2 + stride]) +
            Math.imul(factors[f + 25], values[before2 - stride - 1]) +
            Math.imul(factors[f + 26], values[before2 - stride + 1]) +
            Math.imul(factors[f + 27], values[before2 + stride - 1]) +
            Math.imul(factors[f + 28], values[before2 + stride + 1]);
        }
      }
      const nearest = (sum + (1 << (PREDICTION_BITS - 1))) >> PREDICTION_BITS;
      const expected = nearest < lowest ? lowest : nearest > 255 + lowest ? 255 + lowest : nearest;
      // Which half of a unit the prediction lies in tells to which side the value is rather off.
      const context = firstContext + 2 * step + ((sum >> (PREDICTION_BITS - 1)) & 1);
      if (source !== null) {
        v = expected + source.next(context) - ZERO;
        values[at] = v;
      } else {
        v = values[at];
        contexts[x] = context;
        symbols[x] = v - expected + ZERO;
        energies[x] = energy;
      }
      m = Math.abs(v - expected);
      magnitudes[at] = m;
    }
    pictures.endRow(picture, plane, y);
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
