/**
 * The model of pictures of continuous tone: every value is predicted from its neighbours and from the planes before, and
 * what it is off by is coded in the context of how far off it may be.
 */
import type { PictureShape } from '../../../codec.ts';
import { BinaryContexts, BinaryDecoder, BinaryEncoder } from '../../binaryCoder.ts';
import { readSteps, SymbolTables, writeSteps, type TableForm } from '../symbolTables.ts';
import { MOST_EARLIER, MOST_ENERGY, MOST_OWN, planeOffsets, type PlanePlan } from './plan.ts';
import { PlanarPictures } from './planes.ts';
import { PlanePredictor, type SymbolSource } from './predictor.ts';

/** What a value may be off by: −255 … 255. */
export const SYMBOLS = 511;

export const MOST_STEPS = 32;
const STEP_BITS = 5;
const OWN_BITS = 4;

/** Two for each step of the energy. */
const contextsOf = ({ groupOfStep }: PlanePlan): number => 2 * groupOfStep.length;

export interface PredictionPlan {
  planes: readonly PlanePlan[];
  fineness: number;
}

/** Values are off by more where there are three planes, and their frequencies finer. */
export function residualForm({ planes, fineness }: PredictionPlan): TableForm {
  const contexts = planes.reduce((sum, plane) => sum + contextsOf(plane), 0);
  return { contexts, symbols: SYMBOLS, bits: planes.length === 1 ? 13 : 14, fineness };
}

export function writePredictionModel(plan: PredictionPlan, steps: Uint8Array): Uint8Array {
  const encoder = new BinaryEncoder();
  encoder.plain(plan.fineness, 2);
  const factors = new NumberContexts();
  const weights = new NumberContexts();
  const thresholds = new NumberContexts();
  for (const plane of plan.planes) {
    encoder.plain(plane.own, OWN_BITS);
    encoder.plain(plane.earlier, OWN_BITS);
    encoder.plain(plane.groupOfStep.length - 1, STEP_BITS);
    for (let step = 1; step < plane.groupOfStep.length; step++) {
      encoder.plain(plane.groupOfStep[step] - plane.groupOfStep[step - 1], 1);
      thresholds.write(encoder, plane.thresholds[step - 1] - (step === 1 ? 0 : plane.thresholds[step - 2]));
    }
    for (const factor of plane.factors) factors.write(encoder, factor);
    for (const weight of plane.weights) weights.write(encoder, weight);
  }
  writeSteps(encoder, residualForm(plan), steps);
  return encoder.finish();
}

/** @throws ARCHIVE_CORRUPT */
export function readPredictionModel(bytes: Uint8Array, shape: PictureShape): PredictionModel {
  const decoder = new BinaryDecoder(bytes, 'its model');
  const fineness = decoder.plain(2);
  const factors = new NumberContexts();
  const weights = new NumberContexts();
  const thresholds = new NumberContexts();
  const planes: PlanePlan[] = [];
  for (let plane = 0; plane < shape.channels; plane++) {
    const own = decoder.plain(OWN_BITS);
    const earlier = decoder.plain(OWN_BITS);
    if (own > MOST_OWN || earlier > MOST_EARLIER)
      throw decoder.corrupt('asks for neighbours that no pixel has');
    const groupOfStep = new Uint8Array(decoder.plain(STEP_BITS) + 1);
    const above = new Uint16Array(groupOfStep.length - 1);
    for (let step = 1; step < groupOfStep.length; step++) {
      groupOfStep[step] = groupOfStep[step - 1] + decoder.plain(1);
      const threshold = (step === 1 ? 0 : above[step - 2]) + thresholds.read(decoder);
      if (threshold < 0 || threshold > MOST_ENERGY) throw decoder.corrupt('has energies beyond all bounds');
      above[step - 1] = threshold;
    }
    const groups = groupOfStep[groupOfStep.length - 1] + 1;
    const { factorCount, weightCount } = countsOf(own, earlier, plane);
    planes.push({
      ...{ own, earlier, thresholds: above, groupOfStep, groups },
      factors: Int16Array.from({ length: (groups + 1) * factorCount }, () => factors.read(decoder)),
      weights: Int16Array.from({ length: 2 * weightCount }, () => weights.read(decoder)),
    });
  }
  const plan = { planes, fineness };
  const steps = readSteps(decoder, residualForm(plan));
  decoder.end();
  return new PredictionModel(plan, shape, new SymbolTables(residualForm(plan), steps));
}

/** Factors of a set, and weights, their constants with them. */
function countsOf(own: number, earlier: number, plane: number): { factorCount: number; weightCount: number } {
  const { factors, pairs, off } = planeOffsets({ stride: 0, size: 0 }, plane, own, earlier);
  return { factorCount: factors.length + 1, weightCount: pairs.length / 2 + off.length + 1 };
}

const MOST_LENGTH = 15;

/** Whole numbers of at most 15 bits and a sign, each as how long it is and what is in it. */
class NumberContexts {
  readonly #length = new BinaryContexts(MOST_LENGTH + 1);
  readonly #sign = new BinaryContexts(1);

  write(encoder: BinaryEncoder, value: number): void {
    const magnitude = Math.abs(value);
    const length = 32 - Math.clz32(magnitude);
    for (let k = 0; k <= length && k < MOST_LENGTH; k++) encoder.bit(this.#length, k, k < length ? 1 : 0);
    if (length === 0) return;
    encoder.plain(magnitude - 2 ** (length - 1), length - 1);
    encoder.bit(this.#sign, 0, value < 0 ? 1 : 0);
  }

  read(decoder: BinaryDecoder): number {
    let length = 0;
    while (length < MOST_LENGTH && decoder.bit(this.#length, length) === 1) length++;
    if (length === 0) return 0;
    const magnitude = 2 ** (length - 1) + decoder.plain(length - 1);
    return decoder.bit(this.#sign, 0) === 1 ? -magnitude : magnitude;
  }
}

export class PredictionModel {
  readonly shape: PictureShape;
  readonly plan: PredictionPlan;
  readonly tables: SymbolTables;

  constructor(plan: PredictionPlan, shape: PictureShape, tables: SymbolTables) {
    this.plan = plan;
    this.shape = shape;
    this.tables = tables;
  }

  get residentBytes(): number {
    const factors = this.plan.planes.reduce((sum, plane) => sum + plane.factors.byteLength, 0);
    return this.tables.residentBytes + factors;
  }
}

/** Predicts the values of a picture, plane after plane. */
export class PicturePredictor {
  readonly pictures: PlanarPictures;
  readonly #planes: readonly PlanePredictor[];

  constructor({ planes }: PredictionPlan, shape: PictureShape) {
    this.pictures = new PlanarPictures(shape, 1);
    let first = 0;
    this.#planes = planes.map((plan, k) => {
      const predictor = new PlanePredictor(this.pictures, k, plan, first);
      first += contextsOf(plan);
      return predictor;
    });
  }

  get residentBytes(): number {
    return this.#planes.reduce((sum, { residentBytes }) => sum + residentBytes, this.pictures.residentBytes);
  }

  /** Contexts and symbols of all values of the picture that is loaded, in the order in which they are coded. */
  residuals(contexts: Uint16Array, symbols: Uint16Array): void {
    const { width, height } = this.pictures;
    let k = 0;
    for (const plane of this.#planes) {
      for (let y = 0; y < height; y++, k += width) {
        plane.row(0, y, null);
        contexts.set(plane.contexts, k);
        symbols.set(plane.symbols, k);
      }
    }
  }

  /** Works the picture out from its symbols. */
  restore(source: SymbolSource): void {
    for (const plane of this.#planes) {
      for (let y = 0; y < this.pictures.height; y++) plane.row(0, y, source);
    }
  }
}
