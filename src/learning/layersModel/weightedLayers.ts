/** Layers with weights: convolutions, dense layers and batch normalisation. */
import {
  add,
  batchNorm,
  conv2d,
  depthwiseConv2d,
  matMul,
  separableConv2d,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import {
  activation,
  isSet,
  padding,
  pair,
  real,
  Unreadable,
  whole,
  type Activation,
  type Config,
} from './configuration.ts';
import { only, picture, windows, type Reader, type Shape } from './operation.ts';

/** The geometry that kinds of convolution share. */
function convolution(config: Config, inputs: readonly Shape[]) {
  const [height, width, channels] = picture(inputs);
  const [sizeY, sizeX] = pair(config, 'kernel_size');
  const strides = pair(config, 'strides', [1, 1]);
  const dilation = pair(config, 'dilation_rate', [1, 1]);
  if ((config.get('groups') ?? 1) !== 1) throw new Unreadable('has groups, which are not known here');
  const margin = padding(config);
  return {
    channels,
    size: [sizeY, sizeX] as const,
    strides,
    dilation,
    margin,
    height: windows(height, (sizeY - 1) * dilation[0] + 1, strides[0], margin),
    width: windows(width, (sizeX - 1) * dilation[1] + 1, strides[1], margin),
    bias: isSet(config, 'use_bias', true),
    activation: activation(config),
  };
}

/** Bias, where there is one, and activation. */
function finish(x: Tensor, bias: Tensor | undefined, { apply }: Activation): Tensor {
  return apply(bias === undefined ? x : add(x, bias));
}

export const conv2D: Reader = (config, inputs) => {
  const c = convolution(config, inputs);
  const filters = whole(config, 'filters');
  return {
    output: [c.height, c.width, filters],
    needs: [
      { role: 'kernel', shape: [...c.size, c.channels, filters] },
      ...(c.bias ? [{ role: 'bias', shape: [filters] }] : []),
    ],
    isSoftmax: c.activation.isSoftmax,
    run: ([x], [kernel, bias]) =>
      finish(
        conv2d(x as Tensor4D, kernel as Tensor4D, c.strides, c.margin, 'NHWC', c.dilation),
        bias,
        c.activation,
      ),
  };
};

export const depthwiseConv2D: Reader = (config, inputs) => {
  const c = convolution(config, inputs);
  const filters = c.channels * whole(config, 'depth_multiplier', 1);
  return {
    output: [c.height, c.width, filters],
    needs: [
      { role: 'depthwise_kernel', shape: [...c.size, c.channels, filters / c.channels] },
      ...(c.bias ? [{ role: 'bias', shape: [filters] }] : []),
    ],
    isSoftmax: c.activation.isSoftmax,
    run: ([x], [kernel, bias]) =>
      finish(
        depthwiseConv2d(x as Tensor4D, kernel as Tensor4D, c.strides, c.margin, 'NHWC', c.dilation),
        bias,
        c.activation,
      ),
  };
};

export const separableConv2D: Reader = (config, inputs) => {
  const c = convolution(config, inputs);
  const multiplier = whole(config, 'depth_multiplier', 1);
  const filters = whole(config, 'filters');
  return {
    output: [c.height, c.width, filters],
    needs: [
      { role: 'depthwise_kernel', shape: [...c.size, c.channels, multiplier] },
      { role: 'pointwise_kernel', shape: [1, 1, c.channels * multiplier, filters] },
      ...(c.bias ? [{ role: 'bias', shape: [filters] }] : []),
    ],
    isSoftmax: c.activation.isSoftmax,
    run: ([x], [depthwise, pointwise, bias]) =>
      finish(
        separableConv2d(
          x as Tensor4D,
          depthwise as Tensor4D,
          pointwise as Tensor4D,
          c.strides,
          c.margin,
          c.dilation,
        ),
        bias,
        c.activation,
      ),
  };
};

export const dense: Reader = (config, inputs) => {
  const input = only(inputs);
  if (input.length !== 1) throw new Unreadable('needs its input flattened');
  const units = whole(config, 'units');
  const ending = activation(config);
  return {
    output: [units],
    needs: [
      { role: 'kernel', shape: [input[0], units] },
      ...(isSet(config, 'use_bias', true) ? [{ role: 'bias', shape: [units] }] : []),
    ],
    isSoftmax: ending.isSoftmax,
    run: ([x], [kernel, bias]) => finish(matMul(x as Tensor2D, kernel as Tensor2D), bias, ending),
  };
};

export const batchNormalization: Reader = (config, inputs) => {
  const input = only(inputs);
  const stated = config.get('axis') ?? -1;
  const axis: unknown = Array.isArray(stated) && stated.length === 1 ? stated[0] : stated;
  if (axis !== -1 && axis !== input.length)
    throw new Unreadable('normalises along another axis than channels');
  const channels = input[input.length - 1];
  const epsilon = real(config, 'epsilon', 1e-3);
  const isScaled = isSet(config, 'scale', true);
  const isCentred = isSet(config, 'center', true);
  const roles = [isScaled ? 'gamma' : '', isCentred ? 'beta' : '', 'moving_mean', 'moving_variance'];
  return {
    output: input,
    needs: roles.filter((role) => role !== '').map((role) => ({ role, shape: [channels] })),
    isSoftmax: false,
    run: ([x], weights) => {
      const [variance, average] = [weights[weights.length - 1], weights[weights.length - 2]];
      const gamma = isScaled ? (weights[0] as Tensor1D) : undefined;
      const beta = isCentred ? (weights[isScaled ? 1 : 0] as Tensor1D) : undefined;
      return batchNorm(x, average as Tensor1D, variance as Tensor1D, beta, gamma, epsilon);
    },
  };
};
