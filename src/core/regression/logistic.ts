/**
 * Logistic regression on weighted samples. Two classes have one output, σ(xᵀθ); more have a softmax over one output
 * each. Targets may be shares: a condensed sample's target is the mean of its members' classes, and the cross-entropy
 * of a mean target is the mean of the members' at the same x.
 */
import type { WeightedSamples } from '../condense/clusters.ts';

/** ln(1 + eᶻ) without overflow. */
function softplus(z: number): number {
  return z > 0 ? z + Math.log1p(Math.exp(-z)) : Math.log1p(Math.exp(z));
}

/** σ(z) without overflow. */
export function sigmoid(z: number): number {
  if (z >= 0) return 1 / (1 + Math.exp(-z));
  const e = Math.exp(z);
  return e / (1 + e);
}

/**
 * Turns outputs into probabilities in place.
 *
 * @returns ln Σ e^z: the cross-entropy is this minus Σ y·z
 */
export function softmax(z: Float64Array): number {
  let largest = -Infinity;
  for (let k = 0; k < z.length; k++) if (z[k] > largest) largest = z[k];
  let sum = 0;
  for (let k = 0; k < z.length; k++) {
    z[k] = Math.exp(z[k] - largest);
    sum += z[k];
  }
  for (let k = 0; k < z.length; k++) z[k] /= sum;
  return largest + Math.log(sum);
}

/**
 * Weighted gradient Σ w_j (σ(x_jᵀθ) − y_j) x_j of two classes into `gradient`; returns Σ w_j ·cross-entropy.
 * Two rows at a time, so that θ and the gradient are loaded once for two rows.
 */
function twoClasses(samples: WeightedSamples, theta: Float64Array, gradient: Float64Array): number {
  const { rows, width, x, y, weights } = samples;
  gradient.fill(0);
  let loss = 0;
  let i = 0;
  let a = 0;
  for (; i + 1 < rows; i += 2, a += 2 * width) {
    const b = a + width;
    let za = 0;
    let zb = 0;
    for (let j = 0; j < width; j++) {
      za += x[a + j] * theta[j];
      zb += x[b + j] * theta[j];
    }
    loss += weights[i] * (softplus(za) - y[i] * za) + weights[i + 1] * (softplus(zb) - y[i + 1] * zb);
    const ra = weights[i] * (sigmoid(za) - y[i]);
    const rb = weights[i + 1] * (sigmoid(zb) - y[i + 1]);
    for (let j = 0; j < width; j++) gradient[j] += ra * x[a + j] + rb * x[b + j];
  }
  if (i < rows) {
    let z = 0;
    for (let j = 0; j < width; j++) z += x[a + j] * theta[j];
    loss += weights[i] * (softplus(z) - y[i] * z);
    const r = weights[i] * (sigmoid(z) - y[i]);
    for (let j = 0; j < width; j++) gradient[j] += r * x[a + j];
  }
  return loss;
}

/** The same for more classes: θ and gradient hold width coefficients per class, one class after the other. */
function manyClasses(samples: WeightedSamples, theta: Float64Array, gradient: Float64Array): number {
  const { rows, width, outputs, x, y, weights } = samples;
  gradient.fill(0);
  const z = new Float64Array(outputs);
  let loss = 0;
  for (let i = 0, row = 0, to = 0; i < rows; i++, row += width, to += outputs) {
    let likely = 0;
    for (let k = 0, t = 0; k < outputs; k++) {
      let value = 0;
      for (let j = 0; j < width; j++) value += x[row + j] * theta[t++];
      z[k] = value;
      likely += y[to + k] * value;
    }
    const w = weights[i];
    loss += w * (softmax(z) - likely);
    for (let k = 0, t = 0; k < outputs; k++) {
      const r = w * (z[k] - y[to + k]);
      for (let j = 0; j < width; j++) gradient[t++] += r * x[row + j];
    }
  }
  return loss;
}

/** Gradient and summed cross-entropy of logistic regression, for gradientDescent.ts. */
export function crossEntropyPass(
  samples: WeightedSamples,
  theta: Float64Array,
  gradient: Float64Array,
): number {
  return samples.outputs === 1 ? twoClasses(samples, theta, gradient) : manyClasses(samples, theta, gradient);
}
