/**
 * The loss of least squares as the quadratic that it is: known by its cross products, it takes d² multiplications a
 * step however many samples there are. A descent on it takes the same steps, but for rounding, in a time that says
 * nothing about training.
 */
import type { WeightedSamples } from '../condense/clusters.ts';
import { objectiveOf, type Objective } from './gradientDescent.ts';

/** The whole of a symmetric matrix of which the lower triangle is filled. */
function mirrored(lower: Float64Array, d: number): Float64Array {
  const whole = lower.slice();
  for (let j = 0; j < d; j++) for (let k = 0; k < j; k++) whole[k * d + j] = lower[j * d + k];
  return whole;
}

/**
 * ½ Σ w r² of samples of one output: its value and slope at `around`, worked out from the samples, and XᵀWX from there.
 *
 * @param gram XᵀWX, d × d, of which only the lower triangle is read
 * @param around coefficients near which the loss is to be exact to the last digits: the optimum
 */
export function quadraticObjective(
  samples: WeightedSamples,
  gram: Float64Array,
  around: Float64Array,
): Objective {
  const d = samples.width;
  const direct = objectiveOf('regression', samples);
  const slope = new Float64Array(d);
  const level = direct.pass(around, slope);
  const curvature = mirrored(gram, d);
  const away = new Float64Array(d);
  return {
    weight: direct.weight,
    pass(theta, gradient) {
      for (let j = 0; j < d; j++) away[j] = theta[j] - around[j];
      let loss = level;
      for (let j = 0, at = 0; j < d; j++) {
        let curve = 0;
        for (let k = 0; k < d; k++) curve += curvature[at++] * away[k];
        gradient[j] = slope[j] + curve;
        loss += away[j] * (slope[j] + curve / 2);
      }
      return loss;
    },
  };
}
