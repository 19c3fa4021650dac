/**
 * A training step of LeNet5 in tfjs calls alone, as one would write it down for this one network: what the lab's step,
 * which is made from a list of layers, is compared with.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { WeightValues } from '../src/core/networks/network.ts';

const MOMENTUM = 0.9;
const WEIGHT_DECAY = 5e-4;

interface Held {
  value: tf.Variable;
  velocity: tf.Variable;
}

export interface BareStep {
  /** Cross-entropy of the batch before the step. */
  step(pictures: tf.Tensor4D, labels: tf.Tensor1D, rate: number): tf.Scalar;
  dispose(): void;
}

const masked = (gradient: tf.Tensor, output: tf.Tensor): tf.Tensor => tf.mul(gradient, tf.step(output));

function convolve(x: tf.Tensor, filter: tf.Tensor, bias: tf.Tensor, pad: 'same' | 'valid'): tf.Tensor4D {
  return tf.fused.conv2d({
    x: x as tf.Tensor4D,
    filter: filter as tf.Tensor4D,
    strides: 1,
    pad,
    bias: bias,
    activation: 'relu',
  });
}

function dense(a: tf.Tensor, b: tf.Tensor, bias: tf.Tensor, activation: 'relu' | 'linear'): tf.Tensor2D {
  return tf.fused.matMul({ a: a, b: b, bias, activation }) as tf.Tensor2D;
}

function poolBack(dy: tf.Tensor, input: tf.Tensor, output: tf.Tensor): tf.Tensor {
  const attributes = { filterSize: [2, 2], strides: [2, 2], pad: 'valid' };
  return tf.engine().runKernel('MaxPoolGrad', { dy, input, output }, attributes);
}

const ofFilter = (x: tf.Tensor, dy: tf.Tensor, filter: tf.Tensor, pad: 'same' | 'valid'): tf.Tensor =>
  tf
    .engine()
    .runKernel(
      'Conv2DBackpropFilter',
      { x, dy },
      { strides: [1, 1], pad, dataFormat: 'NHWC', filterShape: filter.shape },
    );

/** @param weights LeNet5's, in the order of its layers: kernel and bias of each */
export function bareLenet5(weights: readonly WeightValues[]): BareStep {
  const held: Held[] = weights.map(({ values, shape }) => ({
    value: tf.variable(tf.tensor(values.slice(), shape)),
    velocity: tf.variable(tf.zeros(shape)),
  }));
  return {
    step: (pictures, labels, rate) =>
      tf.tidy(() => {
        const [w1, b1, w2, b2, w3, b3, w4, b4, w5, b5] = held.map((one) => one.value as tf.Tensor);
        const batch = pictures.shape[0];
        const c1 = convolve(pictures, w1, b1, 'same');
        const p1 = tf.maxPool(c1, 2, 2, 'valid');
        const c2 = convolve(p1, w2, b2, 'valid');
        const p2 = tf.maxPool(c2, 2, 2, 'valid');
        const flat = tf.reshape(p2, [batch, p2.size / batch]);
        const h1 = dense(flat, w3, b3, 'relu');
        const h2 = dense(h1, w4, b4, 'relu');
        const logits = dense(h2, w5, b5, 'linear');

        const truth = tf.cast(tf.oneHot(labels, logits.shape[1]), 'float32');
        const logarithms = tf.logSoftmax(logits);
        const loss = tf.mul(tf.sum(tf.mul(truth, logarithms)), -1 / batch);

        const dLogits = tf.mul(tf.sub(tf.exp(logarithms), truth), 1 / batch);
        const d2 = masked(tf.matMul(dLogits, tf.transpose(w5)), h2);
        const d1 = masked(tf.matMul(d2, tf.transpose(w4)), h1);
        const dFlat = tf.matMul(d1, tf.transpose(w3));
        const dC2 = masked(poolBack(tf.reshape(dFlat, p2.shape), c2, p2), c2);
        const dP1: tf.Tensor = tf
          .engine()
          .runKernel(
            'Conv2DBackpropInput',
            { dy: dC2, filter: w2 },
            { strides: [1, 1], pad: 'valid', dataFormat: 'NHWC', inputShape: p1.shape },
          );
        const dC1 = masked(poolBack(dP1, c1, p1), c1);
        const gradients = [
          ofFilter(pictures, dC1, w1, 'same'),
          tf.sum(dC1, [0, 1, 2]),
          ofFilter(p1, dC2, w2, 'valid'),
          tf.sum(dC2, [0, 1, 2]),
          ...[[flat, d1] as const, [h1, d2] as const, [h2, dLogits] as const].flatMap(([input, dy]) => [
            tf.matMul(tf.transpose(input), dy as tf.Tensor2D),
            tf.sum(dy, 0),
          ]),
        ];
        gradients.forEach((gradient, k) => {
          const { value, velocity } = held[k];
          const decayed = tf.add(gradient, tf.mul(value, WEIGHT_DECAY));
          velocity.assign(tf.add(tf.mul(velocity, MOMENTUM), decayed));
          const ahead = tf.add(decayed, tf.mul(velocity, MOMENTUM));
          value.assign(tf.sub(value, tf.mul(ahead, rate)));
        });
        return loss as tf.Scalar;
      }),
    dispose() {
      for (const { value, velocity } of held) tf.dispose([value, velocity]);
    },
  };
}
