/** What a pursuit picks from: plain vectors, and gradients δ ⊗ [1; h] that are never built. */
import type { Atoms, PursuitTarget } from './pursuit.ts';

/** [count × dimension], row by row: a vector each. */
export interface Vectors {
  values: Float32Array | Float64Array;
  count: number;
  dimension: number;
}

/** The products δ_i ⊗ [1; h_i] of n pictures. */
export interface LayerGradients {
  count: number;
  /** [n × classes] δ */
  residuals: Float32Array;
  classes: number;
  /** [n × features] h */
  hidden: Float32Array;
  features: number;
}

/** into_i = offset + a_i · x of the rows a_i of a matrix. */
function multiply(
  values: Float32Array | Float64Array,
  rows: number,
  columns: number,
  x: Float64Array,
  offset: number,
  into: Float64Array,
): void {
  let i = 0;
  // Four rows at once: their sums do not wait for each other, and each number of x is fetched once.
  for (; i + 3 < rows; i += 4) {
    const first = i * columns;
    const second = first + columns;
    const third = second + columns;
    const fourth = third + columns;
    let a = offset;
    let b = offset;
    let c = offset;
    let d = offset;
    for (let k = 0; k < columns; k++) {
      const factor = x[k];
      a += values[first + k] * factor;
      b += values[second + k] * factor;
      c += values[third + k] * factor;
      d += values[fourth + k] * factor;
    }
    into[i] = a;
    into[i + 1] = b;
    into[i + 2] = c;
    into[i + 3] = d;
  }
  for (; i < rows; i++) {
    let sum = offset;
    for (let k = 0, at = i * columns; k < columns; k++, at++) sum += values[at] * x[k];
    into[i] = sum;
  }
}

function squareOf(vector: Float64Array): number {
  let sum = 0;
  for (const entry of vector) sum += entry * entry;
  return sum;
}

/** Σ g_j of all vectors. */
export function sumOf({ values, count, dimension }: Vectors): Float64Array {
  const sum = new Float64Array(dimension);
  for (let j = 0, at = 0; j < count; j++) {
    for (let k = 0; k < dimension; k++, at++) sum[k] += values[at];
  }
  return sum;
}

export function vectorAtoms({ values, count, dimension }: Vectors): Atoms {
  const picked = new Float64Array(dimension);
  return {
    count,
    column(j, into) {
      picked.set(values.subarray(j * dimension, (j + 1) * dimension));
      multiply(values, count, dimension, picked, 0, into);
    },
  };
}

/** @param b what the weighted sum is to come near to, `dimension` numbers */
export function vectorTarget({ values, count, dimension }: Vectors, b: Float64Array): PursuitTarget {
  const correlations = new Float64Array(count);
  multiply(values, count, dimension, b, 0, correlations);
  return {
    correlations,
    square: squareOf(b),
    dimension,
    residual(atoms, weights, size, into) {
      const left = b.slice();
      for (let s = 0; s < size; s++) {
        const [start, weight] = [atoms[s] * dimension, weights[s]];
        for (let k = 0; k < dimension; k++) left[k] -= weight * values[start + k];
      }
      if (into !== undefined) multiply(values, count, dimension, left, 0, into);
      return squareOf(left);
    },
  };
}

/** ⟨g_i, g_j⟩ = (δ_i · δ_j)(1 + h_i · h_j) */
export function layerAtoms({ count, residuals, classes, hidden, features }: LayerGradients): Atoms {
  const ofClasses = new Float64Array(classes);
  const ofFeatures = new Float64Array(features);
  const errors = new Float64Array(count);
  return {
    count,
    column(j, into) {
      ofClasses.set(residuals.subarray(j * classes, (j + 1) * classes));
      ofFeatures.set(hidden.subarray(j * features, (j + 1) * features));
      multiply(residuals, count, classes, ofClasses, 0, errors);
      multiply(hidden, count, features, ofFeatures, 1, into);
      for (let i = 0; i < count; i++) into[i] *= errors[i];
    },
  };
}

/** The sum of all gradients, Σ δ_i ⊗ [1; h_i]. */
export function layerTarget(gradients: LayerGradients): PursuitTarget {
  const { count, residuals, classes, hidden, features } = gradients;
  const width = features + 1;

  /** Adds weight · δ_i ⊗ [1; h_i] to a [classes × (features + 1)] matrix. */
  function add(i: number, weight: number, to: Float64Array): void {
    for (let c = 0; c < classes; c++) {
      const part = weight * residuals[i * classes + c];
      const [row, start] = [c * width, i * features];
      to[row] += part;
      for (let k = 0; k < features; k++) to[row + 1 + k] += part * hidden[start + k];
    }
  }

  const along = new Float64Array(count);
  /** ⟨g_i, R⟩ = Σ_c δ_ic (R_c · [1; h_i]) */
  function correlate(r: Float64Array, into: Float64Array): void {
    into.fill(0);
    for (let c = 0; c < classes; c++) {
      const start = c * width;
      multiply(hidden, count, features, r.subarray(start + 1, start + width), r[start], along);
      for (let i = 0; i < count; i++) into[i] += residuals[i * classes + c] * along[i];
    }
  }

  const b = new Float64Array(classes * width);
  for (let i = 0; i < count; i++) add(i, 1, b);
  const correlations = new Float64Array(count);
  correlate(b, correlations);
  return {
    correlations,
    square: squareOf(b),
    dimension: classes * width,
    residual(atoms, weights, size, into) {
      const left = b.slice();
      for (let s = 0; s < size; s++) add(atoms[s], -weights[s], left);
      if (into !== undefined) correlate(left, into);
      return squareOf(left);
    },
  };
}
