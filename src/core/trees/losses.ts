/**
 * What boosting makes smaller, as its second-order steps need it: the squared error of a number, the log loss of two
 * classes (one output, the logit of the second) or of more (a softmax over one output each). Targets of classes may be
 * shares, as those of condensed samples are.
 */
import type { WeightedSamples } from '../condense/clusters.ts';
import { sigmoid, softmax } from '../regression/logistic.ts';

/** Smallest share whose logarithm is taken. */
const LEAST = 1e-15;

export interface Loss {
  /** The best constant outputs for weighted samples: what boosting starts from. */
  start(samples: WeightedSamples): Float64Array;
  /** Turns outputs, rows × outputs, into predictions of the target in place. */
  predict(scores: Float64Array, outputs: number): void;
  /** First and second derivative of a sample's loss by one output, each times its weight. */
  derive(
    samples: WeightedSamples,
    predictions: Float64Array,
    output: number,
    gradient: Float64Array,
    hessian: Float64Array,
  ): void;
  /** Mean loss per unit of weight. */
  mean(samples: WeightedSamples, predictions: Float64Array): number;
}

/** Weighted mean of each column of y. */
function meanTargets({ rows, outputs, y, weights }: WeightedSamples): Float64Array {
  const means = new Float64Array(outputs);
  let sum = 0;
  for (let i = 0; i < rows; i++) {
    sum += weights[i];
    for (let k = 0; k < outputs; k++) means[k] += weights[i] * y[i * outputs + k];
  }
  for (let k = 0; k < outputs; k++) means[k] /= sum;
  return means;
}

/** Σ w · loss / Σ w. */
function weightedMean({ rows, weights }: WeightedSamples, lossOf: (row: number) => number): number {
  let sum = 0;
  let all = 0;
  for (let i = 0; i < rows; i++) {
    sum += weights[i] * lossOf(i);
    all += weights[i];
  }
  return sum / all;
}

/** −y ln p, where 0 ln 0 is 0. */
const surprise = (y: number, p: number): number => (y === 0 ? 0 : -y * Math.log(Math.max(LEAST, p)));

/** Half the squared error in the derivatives, so that the second one is 1; the mean is of the whole. */
export const SQUARED: Loss = {
  start: meanTargets,
  predict: () => undefined,
  derive({ rows, y, weights }, predictions, _output, gradient, hessian) {
    for (let i = 0; i < rows; i++) {
      gradient[i] = weights[i] * (predictions[i] - y[i]);
      hessian[i] = weights[i];
    }
  },
  mean: (samples, predictions) => weightedMean(samples, (i) => (predictions[i] - samples.y[i]) ** 2),
};

export const LOGISTIC: Loss = {
  start(samples) {
    const share = Math.min(1 - LEAST, Math.max(LEAST, meanTargets(samples)[0]));
    return Float64Array.of(Math.log(share / (1 - share)));
  },
  predict(scores) {
    for (let i = 0; i < scores.length; i++) scores[i] = sigmoid(scores[i]);
  },
  derive({ rows, y, weights }, predictions, _output, gradient, hessian) {
    for (let i = 0; i < rows; i++) {
      const p = predictions[i];
      gradient[i] = weights[i] * (p - y[i]);
      hessian[i] = weights[i] * p * (1 - p);
    }
  },
  mean: (samples, predictions) =>
    weightedMean(samples, (i) => {
      const y = samples.y[i];
      return surprise(y, predictions[i]) + surprise(1 - y, 1 - predictions[i]);
    }),
};

export const SOFTMAX: Loss = {
  start: (samples) => meanTargets(samples).map((share) => Math.log(Math.max(LEAST, share))),
  predict(scores, outputs) {
    for (let at = 0; at < scores.length; at += outputs) softmax(scores.subarray(at, at + outputs));
  },
  derive({ rows, outputs, y, weights }, predictions, output, gradient, hessian) {
    // Every class has a tree of its own though their shares sum to one: Friedman's factor (K − 1) / K on the step.
    const factor = outputs / (outputs - 1);
    for (let i = 0, at = output; i < rows; i++, at += outputs) {
      const p = predictions[at];
      gradient[i] = weights[i] * (p - y[at]);
      hessian[i] = factor * weights[i] * p * (1 - p);
    }
  },
  mean: (samples, predictions) =>
    weightedMean(samples, (i) => {
      let loss = 0;
      const { outputs, y } = samples;
      for (let at = i * outputs; at < (i + 1) * outputs; at++) loss += surprise(y[at], predictions[at]);
      return loss;
    }),
};
