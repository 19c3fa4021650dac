/** The layers that an imported network may consist of. A new one is a reader, and a line here. */
import { avgPool, max, maxPool, mean } from '@tensorflow/tfjs-core';
import type { Reader } from './operation.ts';
import {
  activationLayer,
  concatenate,
  flatten,
  global,
  leaky,
  passing,
  pooling,
  reluLayer,
  rescaling,
  reshaping,
  softmaxLayer,
  sumUp,
  zeroPadding,
} from './plainLayers.ts';
import { batchNormalization, conv2D, dense, depthwiseConv2D, separableConv2D } from './weightedLayers.ts';

/** Every kind of layer that is read, by its class name. */
export const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['Conv2D', conv2D],
  ['DepthwiseConv2D', depthwiseConv2D],
  ['SeparableConv2D', separableConv2D],
  ['Dense', dense],
  ['BatchNormalization', batchNormalization],
  ['MaxPooling2D', pooling((x, size, strides, margin) => maxPool(x, size, strides, margin))],
  ['AveragePooling2D', pooling((x, size, strides, margin) => avgPool(x, size, strides, margin))],
  ['GlobalAveragePooling2D', global((x) => mean(x, [1, 2]))],
  ['GlobalMaxPooling2D', global((x) => max(x, [1, 2]))],
  ['ZeroPadding2D', zeroPadding],
  ['Add', sumUp],
  ['Concatenate', concatenate],
  ['Flatten', flatten],
  ['Reshape', reshaping],
  ['Activation', activationLayer],
  ['Softmax', softmaxLayer],
  ['ReLU', reluLayer],
  ['LeakyReLU', leaky],
  ['Rescaling', rescaling],
  ['Dropout', passing],
  ['SpatialDropout2D', passing],
  ['GaussianNoise', passing],
  ['GaussianDropout', passing],
]);
