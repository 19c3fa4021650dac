/** Layers without weights: pooling, padding, sums, changes of shape, activations. */
import {
  add,
  concat,
  leakyRelu,
  mul,
  pad,
  relu,
  relu6,
  reshape,
  softmax,
  type Tensor,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import { activation, isSet, MAX_LENGTH, padding, pair, real, Unreadable } from './configuration.ts';
import { only, picture, windows, type Operation, type Reader, type Shape } from './operation.ts';

/** Without weights, and any number of inputs of the same shape. */
function plain(output: Shape, run: (x: Tensor) => Tensor, isSoftmax = false): Operation {
  return { output, needs: [], isSoftmax, run: ([x]) => run(x) };
}

export function pooling(
  run: (x: Tensor4D, size: [number, number], strides: [number, number], margin: 'same' | 'valid') => Tensor,
): Reader {
  return (config, inputs) => {
    const [height, width, channels] = picture(inputs);
    const size = pair(config, 'pool_size', [2, 2]);
    const strides = pair(config, 'strides', size);
    const margin = padding(config);
    return plain(
      [windows(height, size[0], strides[0], margin), windows(width, size[1], strides[1], margin), channels],
      (x) => run(x as Tensor4D, size, strides, margin),
    );
  };
}

export const zeroPadding: Reader = (config, inputs) => {
  const [height, width, channels] = picture(inputs);
  const stated = config.get('padding') ?? 1;
  const sides = (Array.isArray(stated) ? stated : [stated, stated]).map((side: unknown): [number, number] => {
    const ends: unknown = Array.isArray(side) ? side : [side, side];
    if (
      !Array.isArray(ends) ||
      ends.length !== 2 ||
      !ends.every((n) => Number.isInteger(n) && n >= 0 && n <= MAX_LENGTH)
    )
      throw new Unreadable('has no usable padding');
    return [ends[0] as number, ends[1] as number];
  });
  if (sides.length !== 2) throw new Unreadable('has no usable padding');
  const [[top, bottom], [left, right]] = sides;
  return plain([height + top + bottom, width + left + right, channels], (x) =>
    pad(x, [
      [0, 0],
      [top, bottom],
      [left, right],
      [0, 0],
    ]),
  );
};

/** Inputs of one shape that become one tensor. */
export const sumUp: Reader = (_config, inputs) => {
  if (inputs.length < 2 || inputs.some((shape) => shape.join() !== inputs[0].join()))
    throw new Unreadable('adds inputs of different shapes');
  return {
    output: inputs[0],
    needs: [],
    isSoftmax: false,
    run: (tensors) => tensors.reduce((sum, one) => add(sum, one)),
  };
};

export const concatenate: Reader = (config, inputs) => {
  const rank = inputs[0]?.length ?? 0;
  const axis = config.get('axis') ?? -1;
  const others = inputs.map((shape) => shape.slice(0, -1).join());
  if (inputs.length < 2 || inputs.some((shape) => shape.length !== rank) || new Set(others).size !== 1)
    throw new Unreadable('joins inputs of different shapes');
  if (axis !== -1 && axis !== rank) throw new Unreadable('joins along another axis than channels');
  const channels = inputs.reduce((sum, shape) => sum + shape[rank - 1], 0);
  return {
    output: [...inputs[0].slice(0, -1), channels],
    needs: [],
    isSoftmax: false,
    run: (tensors) => concat(tensors.slice(), rank),
  };
};

export const flatten: Reader = (_config, inputs) => {
  const size = only(inputs).reduce((product, length) => product * length, 1);
  return plain([size], (x) => reshape(x, [x.shape[0], size]));
};

export const reshaping: Reader = (config, inputs) => {
  const size = only(inputs).reduce((product, length) => product * length, 1);
  const target = config.get('target_shape');
  if (
    !Array.isArray(target) ||
    target.length < 1 ||
    target.length > 3 ||
    !target.every((n) => Number.isInteger(n) && n >= 1) ||
    (target as number[]).reduce((product, n) => product * n, 1) !== size
  )
    throw new Unreadable('reshapes to another number of values');
  const shape = target.slice() as number[];
  return plain(shape, (x) => reshape(x, [x.shape[0], ...shape]));
};

/** Of a picture, by channel. */
export function global(run: (x: Tensor) => Tensor): Reader {
  return (config, inputs) => {
    const [, , channels] = picture(inputs);
    if (isSet(config, 'keepdims', false)) throw new Unreadable('keeps dimensions, which is not known here');
    return plain([channels], run);
  };
}

export const activationLayer: Reader = (config, inputs) => {
  const { apply, isSoftmax } = activation(config);
  return plain(only(inputs), apply, isSoftmax);
};

export const softmaxLayer: Reader = (config, inputs) => {
  const axis = config.get('axis') ?? -1;
  const input = only(inputs);
  if (axis !== -1 && axis !== input.length)
    throw new Unreadable('takes softmax along another axis than the last');
  return plain(input, (x) => softmax(x), true);
};

export const reluLayer: Reader = (config, inputs) => {
  const most: unknown = config.get('max_value') ?? null;
  if (most !== null && most !== 6) throw new Unreadable('has an upper bound other than 6');
  return plain(only(inputs), most === 6 ? relu6 : relu);
};

export const leaky: Reader = (config, inputs) => {
  const slope = real(config, 'alpha', 0.3);
  return plain(only(inputs), (x) => leakyRelu(x, slope));
};

export const rescaling: Reader = (config, inputs) => {
  const scale = real(config, 'scale', 1);
  const offset = real(config, 'offset', 0);
  return plain(only(inputs), (x) => add(mul(x, scale), offset));
};

/** What works in training only. */
export const passing: Reader = (_config, inputs) => plain(only(inputs), (x) => x);
