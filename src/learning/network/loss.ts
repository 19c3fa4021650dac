/** Weighted cross-entropy of softmax, with its gradient and the weight of the right answers. */
import {
  argMax,
  cast,
  div,
  equal,
  exp,
  log,
  max,
  maximum,
  mul,
  neg,
  oneHot,
  reshape,
  sub,
  sum,
  tidy,
  type Scalar,
  type Tensor1D,
  type Tensor2D,
} from '@tensorflow/tfjs-core';

/**
 * Least Σ weight that is divided by: only a batch without any weight has less. A batch of small weights is not to learn
 * less than one of great weights.
 */
const LEAST_WEIGHT = 1e-6;

export interface BatchLoss {
  /** Σ weight · cross-entropy, in nats. */
  loss: Scalar;
  /** Σ weight over the pictures whose greatest logit is that of their class. */
  correct: Scalar;
  /** Gradient of loss ÷ Σ weight with respect to the logits: [batch, classes]. */
  ofLogits: Tensor2D;
}

/**
 * @param logits [batch, classes]
 * @param labels [batch] int32
 * @param weights [batch] not negative; 0 of pictures that take no part
 */
export function crossEntropy(logits: Tensor2D, labels: Tensor1D, weights: Tensor1D): BatchLoss {
  return tidy(() => {
    const [batch, classes] = logits.shape;
    const column = reshape(weights, [batch, 1]);
    const truth = cast(oneHot(labels, classes) as Tensor2D, 'float32');
    const shifted = sub(logits, max(logits, 1, true));
    const powers = exp(shifted);
    const total = sum(powers, 1, true);
    const logarithms = sub(shifted, log(total));
    const share = div(column, maximum(sum(weights), LEAST_WEIGHT));
    return {
      loss: neg(sum<Scalar>(mul(mul(truth, logarithms), column))),
      correct: sum<Scalar>(mul(cast(equal(argMax(logits, 1), labels), 'float32'), weights)),
      ofLogits: mul<Tensor2D>(sub(div(powers, total), truth), share),
    };
  });
}
