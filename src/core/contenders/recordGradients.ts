/**
 * Gradients of single records at several coefficients θ_1, θ_2, … of a linear or logistic model. That of record i at θ_t
 * is r_i(θ_t) ⊗ x_i, its residual times its features with the bias; one below the other they are one vector, which is
 * never built: ⟨g_i, g_j⟩ = (r_i · r_j)(x_i · x_j), where r has the residuals at all θ_t.
 */
import type { Atoms, PursuitTarget } from '../coresets/gradMatch/pursuit.ts';
import type { Design, DesignMatrix } from '../regression/design.ts';
import { predict } from '../regression/predictions.ts';
import { totalWeight } from '../regression/weights.ts';

/** Prediction minus target of every record, rows × outputs. */
export function residualsAt({ task, train }: Design, theta: Float64Array): Float64Array {
  const predicted = predict(train, theta, task);
  const { y, outputs } = train;
  // Two classes have one output, the probability of the second.
  const isPair = task === 'classification' && outputs === 1;
  return y.map((target, at) => predicted[isPair ? 2 * at + 1 : at] - target);
}

/** Coefficients that say the mean of the target, or the shares of the classes, whatever the features are. */
export function startOf({ task, train }: Design): Float64Array {
  const { rows, width, outputs, y, weights } = train;
  const total = totalWeight(train);
  const theta = new Float64Array(width * outputs);
  for (let k = 0; k < outputs; k++) {
    let sum = 0;
    for (let i = 0; i < rows; i++) sum += (weights?.[i] ?? 1) * y[i * outputs + k];
    // A class that no record has counts as half a record.
    const share = Math.max(sum, 0.5) / total;
    if (task === 'regression') theta[k * width] = sum / total;
    else theta[k * width] = outputs === 1 ? Math.log(share / (1 - share)) : Math.log(share);
  }
  return theta;
}

/** The gradients of some records as atoms, and their sum as the target. */
export class RecordGradients implements Atoms, PursuitTarget {
  readonly count: number;
  readonly correlations: Float64Array;
  readonly square: number;
  readonly dimension: number;
  readonly #width: number;
  readonly #residuals: Float64Array;
  readonly #x: Float64Array;
  /** Σ_i w_i r_i ⊗ x_i, w_i being what record i stands for. */
  readonly #sum: Float64Array;

  /**
   * @param residuals of all records of the matrix at every θ_t, rows × outputs each
   * @param places of the records, ascending
   */
  constructor(
    { x, width, outputs, weights }: DesignMatrix,
    residuals: readonly Float64Array[],
    places: Uint32Array,
  ) {
    const columns = residuals.length * outputs;
    this.count = places.length;
    this.dimension = columns * width;
    this.#width = width;
    this.#x = new Float64Array(places.length * width);
    this.#residuals = new Float64Array(places.length * columns);
    places.forEach((place, i) => {
      this.#x.set(x.subarray(place * width, (place + 1) * width), i * width);
      residuals.forEach((at, t) =>
        this.#residuals.set(at.subarray(place * outputs, (place + 1) * outputs), i * columns + t * outputs),
      );
    });
    this.#sum = new Float64Array(this.dimension);
    for (let i = 0; i < this.count; i++) this.#add(i, weights?.[places[i]] ?? 1, this.#sum);
    this.square = this.#sum.reduce((all, value) => all + value * value, 0);
    this.correlations = new Float64Array(this.count);
    this.#correlate(this.#sum, this.correlations);
  }

  /** ⟨g_i, g_j⟩ of every record i. */
  readonly column = (j: number, into: Float64Array): void => {
    const [x, residuals, width] = [this.#x, this.#residuals, this.#width];
    const columns = this.dimension / width;
    for (let i = 0, a = 0, p = 0; i < this.count; i++) {
      let alike = 0;
      for (let q = j * columns, end = q + columns; q < end; q++) alike += residuals[p++] * residuals[q];
      let near = 0;
      for (let b = j * width, end = b + width; b < end; b++) near += x[a++] * x[b];
      into[i] = alike * near;
    }
  };

  readonly residual = (
    atoms: Uint32Array,
    weights: Float64Array,
    size: number,
    correlations?: Float64Array,
  ): number => {
    const left = this.#sum.slice();
    for (let s = 0; s < size; s++) this.#add(atoms[s], -weights[s], left);
    if (correlations !== undefined) this.#correlate(left, correlations);
    return left.reduce((all, value) => all + value * value, 0);
  };

  /** The record whose own gradient is the shortest, the lower place among equals. */
  shortest(): number {
    let [place, least] = [0, Infinity];
    for (let i = 0; i < this.count; i++) {
      const own = this.#square(i);
      if (own < least) [place, least] = [i, own];
    }
    return place;
  }

  #square(i: number): number {
    const columns = this.dimension / this.#width;
    let residual = 0;
    for (let p = i * columns; p < (i + 1) * columns; p++) residual += this.#residuals[p] ** 2;
    let features = 0;
    for (let a = i * this.#width; a < (i + 1) * this.#width; a++) features += this.#x[a] ** 2;
    return residual * features;
  }

  #add(i: number, weight: number, into: Float64Array): void {
    const columns = this.dimension / this.#width;
    for (let q = 0, to = 0; q < columns; q++) {
      const factor = weight * this.#residuals[i * columns + q];
      for (let a = i * this.#width, end = a + this.#width; a < end; a++) into[to++] += factor * this.#x[a];
    }
  }

  /** ⟨g_i, v⟩ of every record i. */
  #correlate(vector: Float64Array, into: Float64Array): void {
    const [x, residuals, width] = [this.#x, this.#residuals, this.#width];
    const columns = this.dimension / width;
    for (let i = 0, p = 0; i < this.count; i++) {
      let sum = 0;
      for (let q = 0, at = 0; q < columns; q++) {
        let own = 0;
        for (let a = i * width, end = a + width; a < end; a++) own += x[a] * vector[at++];
        sum += residuals[p++] * own;
      }
      into[i] = sum;
    }
  }
}
