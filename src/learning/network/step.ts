/** One step of training: forward, loss, backward, optimiser, and sums that stay on the device. */
import {
  add,
  clone,
  keep,
  scalar,
  tidy,
  variable,
  type Scalar,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  type Tensor4D,
  type Variable,
} from '@tensorflow/tfjs-core';
import { crossEntropy } from './loss.ts';
import type { Network } from './network.ts';
import type { MomentumSgd } from './optimiser.ts';

/** A batch on the device. */
export interface Batch {
  /** [batch, height, width, channels], normalised. */
  pictures: Tensor4D;
  /** [batch] int32. */
  labels: Tensor1D;
  /** [batch] 1, or 0 of pictures that only fill up the batch: whose statistics are taken. */
  mask: Tensor1D;
  /** [batch] weights in the loss, 0 where the mask is; the mask itself where all pictures weigh alike. */
  weights: Tensor1D;
}

/** Sums over the steps since they were made or reset; read back once an epoch. */
export interface StepSums {
  /** Scalar: Σ weight · cross-entropy. */
  loss: Variable;
  /** Scalar: Σ weight of the pictures that were classified correctly. */
  correct: Variable;
}

export function createSums(): StepSums {
  return tidy(() => ({ loss: variable(scalar(0), false), correct: variable(scalar(0), false) }));
}

export function resetSums(sums: StepSums): void {
  tidy(() => {
    sums.loss.assign(scalar(0));
    sums.correct.assign(scalar(0));
  });
}

export function disposeSums(sums: StepSums): void {
  sums.loss.dispose();
  sums.correct.dispose();
}

function addTo(held: Variable, summand: Scalar): void {
  held.assign(add<Tensor>(held, summand));
}

/**
 * One step on the weighted mean cross-entropy of a batch. Batch statistics are those of the masked pictures, whatever
 * they weigh; pictures that only fill up take no part in anything. Nothing is read back.
 *
 * @param rate learning rate
 * @param observe is given the logits of the pass [batch, classes], which are then its own to dispose of
 * @returns most bytes of tensors that were alive on the way
 */
export function trainStep(
  network: Network,
  optimiser: MomentumSgd,
  batch: Batch,
  rate: number,
  sums: StepSums,
  observe?: (logits: Tensor2D) => void,
): number {
  let peak = 0;
  tidy(() => {
    const pass = network.record(batch.pictures, batch.mask);
    const { loss, correct, ofLogits } = crossEntropy(pass.logits, batch.labels, batch.weights);
    addTo(sums.loss, loss);
    addTo(sums.correct, correct);
    observe?.(keep(clone(pass.logits)));
    optimiser.apply(pass.backward(ofLogits), rate);
    peak = pass.peakBytes();
  });
  return peak;
}
