/** Weighted least squares in closed form (paper Eq. 11): θ = (XᵀWX)⁻¹ XᵀW y, by Cholesky. */
import type { WeightedSamples } from '../condense/clusters.ts';

/** Pivots below this share of the largest diagonal entry count as zero: the system is singular. */
const SINGULAR = 1e-10;
/** Ridge for a singular system, as a share of the mean diagonal entry. */
const RIDGE = 1e-6;

export interface ClosedForm {
  theta: Float64Array;
  /** What was added to the diagonal, 0 when the system was regular. */
  ridge: number;
}

/** Lower Cholesky factor in place, or false when a pivot is too small. */
function factor(a: Float64Array, d: number, smallest: number): boolean {
  for (let j = 0; j < d; j++) {
    let pivot = a[j * d + j];
    for (let k = 0; k < j; k++) pivot -= a[j * d + k] * a[j * d + k];
    if (!(pivot > smallest)) return false;
    const root = Math.sqrt(pivot);
    a[j * d + j] = root;
    for (let i = j + 1; i < d; i++) {
      let value = a[i * d + j];
      for (let k = 0; k < j; k++) value -= a[i * d + k] * a[j * d + k];
      a[i * d + j] = value / root;
    }
  }
  return true;
}

/** Solves the weighted normal equations; O(m·d² + d³). */
export function solveClosedForm(samples: WeightedSamples): ClosedForm {
  const { rows, width: d, x, y, weights } = samples;
  const gram = new Float64Array(d * d);
  const right = new Float64Array(d);
  for (let i = 0, row = 0; i < rows; i++, row += d) {
    const w = weights[i];
    for (let j = 0; j < d; j++) {
      const wx = w * x[row + j];
      if (wx === 0) continue;
      right[j] += wx * y[i];
      const to = j * d;
      for (let k = 0; k <= j; k++) gram[to + k] += wx * x[row + k];
    }
  }
  let largest = 0;
  let trace = 0;
  for (let j = 0; j < d; j++) {
    largest = Math.max(largest, gram[j * d + j]);
    trace += gram[j * d + j];
  }
  let ridge = 0;
  let lower = gram.slice();
  if (!factor(lower, d, SINGULAR * largest)) {
    ridge = (RIDGE * trace) / d;
    lower = gram.slice();
    for (let j = 0; j < d; j++) lower[j * d + j] += ridge;
    factor(lower, d, 0);
  }
  const theta = right.slice();
  for (let j = 0; j < d; j++) {
    for (let k = 0; k < j; k++) theta[j] -= lower[j * d + k] * theta[k];
    theta[j] /= lower[j * d + j];
  }
  for (let j = d - 1; j >= 0; j--) {
    for (let k = j + 1; k < d; k++) theta[j] -= lower[k * d + j] * theta[k];
    theta[j] /= lower[j * d + j];
  }
  return { theta, ridge };
}
