/** Fits predictors, energies and frequencies to a sample of pictures. */
import type { Pulse } from '../../../../pulse.ts';
import type { Fitted } from '../routes.ts';
import { thinned, type PictureSample } from '../sample.ts';
import { cheapestSteps } from '../symbolTables.ts';
import { NormalEquations } from './leastSquares.ts';
import {
  MOST_STEPS,
  PicturePredictor,
  residualForm,
  SYMBOLS,
  writePredictionModel,
  type PredictionPlan,
} from './model.ts';
import {
  CONSTANT,
  ENERGY_UNIT,
  MOST_ENERGY,
  planeOffsets,
  PREDICTION_BITS,
  WEIGHT_BITS,
  type PlaneOffsets,
  type PlanePlan,
} from './plan.ts';
import { PlanarPictures } from './planes.ts';
import { PlanePredictor } from './predictor.ts';

/** How much a model may hold: less where there is less to learn it from. */
export interface PredictionSize {
  own: number;
  earlier: number;
  groups: number;
  /** From one step of the energy to the next it grows by the so many-th root of 2. */
  stepsAnOctave: 1 | 2 | 4;
}

/** Values of a plane, with its margins, that predictors are fitted to; and values that are counted. */
const MOST_FITTED = 7.5e5;
const MOST_COUNTED = 1.5e7;

/** Keeps factors small where pictures are few or flat. */
const RIDGE = 1;
/** Added to energies where values are weighed by them. */
const CALM = 1.5;
const ROUNDS = 2;
/** What comes before the last factors is fitted to every so many-th value. */
const SPARSE = 3;

export async function fitPrediction(
  sample: PictureSample,
  size: PredictionSize,
  pulse: Pulse,
): Promise<Fitted> {
  const { planes: planeCount, size: planeSize } = new PlanarPictures(sample.shape, 0);
  const { width, height } = sample.shape;
  const { shape, pixels, count } = thinned(sample, (MOST_FITTED * planeCount * width * height) / planeSize);
  const pictures = new PlanarPictures(shape, count);
  for (let p = 0; p < count; p++) pictures.load(p, pixels, (p * pixels.length) / count);
  const planes: PlanePlan[] = [];
  for (let plane = 0; plane < shape.channels; plane++) {
    const fit = new PlaneFit(pictures, count, plane, size, pulse);
    await fit.fitFactors(SPARSE);
    for (let round = 1; round <= ROUNDS; round++) {
      await fit.fitEnergies();
      await fit.fitSteps();
      await fit.fitFactors(round < ROUNDS ? SPARSE : 1);
    }
    await fit.settle();
    planes.push(fit.plan);
  }
  const plan: PredictionPlan = { planes, fineness: 0 };
  const { counts, weight } = await countResiduals(sample, plan, pulse);
  const { steps, fineness, bits } = cheapestSteps(residualForm(plan), counts, weight);
  return { model: writePredictionModel({ planes, fineness }, steps), bits };
}

async function countResiduals(
  sample: PictureSample,
  plan: PredictionPlan,
  pulse: Pulse,
): Promise<{ counts: Uint32Array; weight: number }> {
  const { shape } = sample;
  const bytes = shape.width * shape.height * shape.channels;
  const predictor = new PicturePredictor(plan, shape);
  const contexts = new Uint16Array(bytes);
  const symbols = new Uint16Array(bytes);
  const counts = new Uint32Array(residualForm(plan).contexts * SYMBOLS);
  const every = Math.max(1, Math.ceil((sample.count * bytes) / MOST_COUNTED));
  let counted = 0;
  for (let p = 0; p < sample.count; p += every, counted++) {
    predictor.pictures.load(0, sample.pixels, p * bytes);
    predictor.residuals(contexts, symbols);
    for (let k = 0; k < bytes; k++) counts[contexts[k] * SYMBOLS + symbols[k]]++;
    if (pulse.due())
      await pulse.beat({ phase: 'Counting values', done: p, total: sample.count, unit: 'pictures' });
  }
  return { counts, weight: counted === 0 ? 1 : (sample.weight * sample.count) / counted };
}

/** Fits one plane, the planes before being settled. */
class PlaneFit {
  plan: PlanePlan;
  readonly #pictures: PlanarPictures;
  readonly #count: number;
  readonly #plane: number;
  readonly #size: PredictionSize;
  readonly #offsets: PlaneOffsets;

  readonly #pulse: Pulse;

  constructor(pictures: PlanarPictures, count: number, plane: number, size: PredictionSize, pulse: Pulse) {
    this.#pictures = pictures;
    this.#count = count;
    this.#plane = plane;
    this.#size = size;
    this.#pulse = pulse;
    this.#offsets = planeOffsets(pictures, plane, size.own, size.earlier);
    const factorCount = this.#offsets.factors.length + 1;
    const weightCount = this.#offsets.isWeightKnownAtFirst.length + 1;
    const weights = new Int16Array(2 * weightCount);
    // Nothing being known yet, gradients tell.
    for (let k = 0; k < this.#offsets.pairs.length / 2; k++) weights[k] = 1 << (WEIGHT_BITS - 2);
    this.plan = {
      ...{ own: size.own, earlier: size.earlier, weights, groups: 1 },
      factors: new Int16Array(2 * factorCount),
      thresholds: new Uint16Array(0),
      groupOfStep: new Uint8Array(1),
    };
  }

  /** Factors for each group of energies, and for the first row, from every so many-th value. */
  async fitFactors(every: number): Promise<void> {
    const { groups, groupOfStep } = this.plan;
    const { factors: offsets, isKnownAtFirst } = this.#offsets;
    const size = offsets.length + 1;
    const sums = Array.from({ length: groups + 1 }, () => new NormalEquations(size));
    const features = new Float64Array(size);
    const { values } = this.#pictures;
    let passed = 0;
    await this.#visit((at, isFirstRow, energy, step) => {
      if (passed++ % every !== 0) return;
      for (let k = 0; k < offsets.length; k++) features[k] = values[at + offsets[k]];
      features[offsets.length] = CONSTANT;
      const weight = 1 / (energy / ENERGY_UNIT + CALM);
      sums[isFirstRow ? groups : groupOfStep[step]].add(features, values[at], weight);
    });
    const all = Array.from({ length: size }, (_, k) => k);
    const first = all.filter((k) => k === size - 1 || isKnownAtFirst[k]);
    const factors = new Int16Array((groups + 1) * size);
    sums.forEach((sum, group) => {
      const solution = sum.solve(group === groups ? first : all, RIDGE);
      solution.forEach((factor, k) => {
        factors[group * size + k] = rounded(factor * 2 ** PREDICTION_BITS);
      });
    });
    this.plan = { ...this.plan, factors };
  }

  /** Weights by which the energy tells how far off values are. */
  async fitEnergies(): Promise<void> {
    const { pairs, off, isWeightKnownAtFirst } = this.#offsets;
    const size = isWeightKnownAtFirst.length + 1;
    const sums = [new NormalEquations(size), new NormalEquations(size)];
    const features = new Float64Array(size);
    const { values, magnitudes } = this.#pictures;
    let passed = 0;
    await this.#visit((at, isFirstRow, energy) => {
      if (passed++ % SPARSE !== 0) return;
      let k = 0;
      for (let j = 0; j < pairs.length; j += 2) {
        features[k++] = Math.abs(values[at + pairs[j]] - values[at + pairs[j + 1]]);
      }
      for (let j = 0; j < off.length; j++) features[k++] = magnitudes[at + off[j]];
      features[k] = 1;
      const spread = energy / ENERGY_UNIT + CALM;
      sums[isFirstRow ? 1 : 0].add(features, magnitudes[at], 1 / (spread * spread));
    });
    const all = Array.from({ length: size }, (_, k) => k);
    const first = all.filter((k) => k === size - 1 || isWeightKnownAtFirst[k]);
    const weights = new Int16Array(2 * size);
    sums.forEach((sum, set) => {
      sum.solvePositive(set === 1 ? first : all, RIDGE / 64).forEach((weight, k) => {
        weights[set * size + k] = rounded(weight * 2 ** WEIGHT_BITS);
      });
    });
    this.plan = { ...this.plan, weights };
  }

  /** Steps of energies, and groups of about as many values each. */
  async fitSteps(): Promise<void> {
    const counts = new Float64Array(MOST_ENERGY + 1);
    let total = 0;
    await this.#visit((_at, _isFirstRow, energy) => {
      counts[energy]++;
      total++;
    });
    const quantile = (share: number): number => {
      let sum = 0;
      let energy = 0;
      while (energy < MOST_ENERGY && sum + counts[energy] < share * total) sum += counts[energy++];
      return energy;
    };
    let ratio = 2;
    for (let k = 1; k < this.#size.stepsAnOctave; k *= 2) ratio = Math.sqrt(ratio);
    const highest = quantile(0.998);
    const thresholds: number[] = [];
    for (let edge = Math.max(1, quantile(0.005)); edge < highest && thresholds.length < MOST_STEPS - 1;) {
      thresholds.push(Math.floor(edge));
      edge = Math.max(edge * ratio, Math.floor(edge) + 1);
    }
    const groupOfStep = new Uint8Array(thresholds.length + 1);
    let below = 0;
    let group = 0;
    for (let step = 0, energy = 0; step < groupOfStep.length; step++) {
      const middle = below;
      for (; energy <= (thresholds[step] ?? MOST_ENERGY); energy++) below += counts[energy];
      if (step > 0 && group + 1 < this.#size.groups && middle >= ((group + 1) * total) / this.#size.groups)
        group++;
      groupOfStep[step] = group;
    }
    const { plan } = this;
    const size = this.#offsets.factors.length + 1;
    const [old, first] = [plan.factors.subarray(0, size), plan.factors.subarray(-size)];
    const factors = new Int16Array((group + 2) * size);
    for (let g = 0; g <= group; g++) factors.set(old, g * size);
    factors.set(first, (group + 1) * size);
    this.plan = {
      ...plan,
      thresholds: Uint16Array.from(thresholds),
      groupOfStep,
      groups: group + 1,
      factors,
    };
  }

  /** Leaves magnitudes of the plane as its plan has them. */
  settle(): Promise<void> {
    return this.#visit(() => undefined);
  }

  /** Goes through all values, with their energies, and their magnitudes as the plan has them. */
  async #visit(see: (at: number, isFirstRow: boolean, energy: number, step: number) => void): Promise<void> {
    const pictures = this.#pictures;
    const predictor = new PlanePredictor(pictures, this.#plane, this.plan, 0);
    const { energies, contexts } = predictor;
    for (let picture = 0; picture < this.#count; picture++) {
      for (let y = 0; y < pictures.height; y++) {
        predictor.row(picture, y, null);
        const at = pictures.start(picture, this.#plane, y);
        for (let x = 0; x < pictures.width; x++) see(at + x, y === 0, energies[x], contexts[x] >> 1);
      }
      if (this.#pulse.due()) {
        const done = this.#plane;
        await this.#pulse.beat({
          phase: 'Fitting predictions',
          done,
          total: pictures.planes,
          unit: 'planes',
        });
      }
    }
  }
}

/** The nearest whole number that 16 bits hold, but for the lowest. */
function rounded(value: number): number {
  return Math.max(-32_767, Math.min(32_767, Math.round(value)));
}
