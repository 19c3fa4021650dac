/**
 * What a compiled layer does. Gradients are worked out layer by layer here, and not by tfjs's tape: the tape keeps a
 * copy of every tensor that a gradient needs (a copy in earnest on WebAssembly), and knows nothing of what can be
 * thrown away early, of the fused kernels or of the cheapest order of sums.
 */
import type { Tensor, Tensor2D, Scalar, Variable } from '@tensorflow/tfjs-core';

/** The pictures of a batch that count, for layers that look across pictures. */
export interface BatchShares {
  /** [1, batch]: mask ÷ count. */
  share: Tensor2D;
  /** [batch, 1]: 1 or 0. */
  mask: Tensor2D;
  /** Pictures that count. */
  count: Scalar;
}

/** What a layer left behind on its way forward in training. */
export interface Recorded {
  /** Owned by whoever called; disposed of after the backward pass of the layer. */
  output: Tensor;
  /**
   * Gradient of the loss with respect to the input, from that with respect to the output, which it does not dispose of.
   * Adds the gradients of its weights to `gradients`. Called at most once.
   *
   * @param needsInput whether the gradient of the input is of use; null comes back where not
   */
  backward(gradient: Tensor, needsInput: boolean, gradients: Gradients): Tensor | null;
}

/** Gradients by the names of weights. */
export type Gradients = Record<string, Tensor>;

/** A layer with its weights on the device. Inputs are borrowed, outputs are new tensors. */
export interface CompiledLayer {
  /** The layer as it is used: batch normalisation by its moving statistics. */
  infer(input: Tensor): Tensor;
  /** The layer as it is trained. */
  record(input: Tensor, shares: BatchShares): Recorded;
}

/** Gives the variable of a weight by its name. */
export type VariableOf = (weight: string) => Variable;
