/** Layers without weights: max-pooling, the average over a picture, and flattening. */
import {
  engine,
  maxPool,
  mul,
  reshape,
  step,
  tidy,
  tile,
  type Tensor,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import type { CompiledLayer } from './layer.ts';
import { pictureMeans } from './sums.ts';

/**
 * @param masks whether the input went through a ReLU whose gradient is left to this layer: a window's greatest value
 * is 0 exactly where the ReLU gave nothing but 0
 */
export function compileMaxPool(size: number, stride: number, masks: boolean): CompiledLayer {
  const infer = (input: Tensor): Tensor4D => maxPool(input as Tensor4D, size, stride, 'valid');
  return {
    infer,
    record(input) {
      const output = infer(input);
      return {
        output,
        backward(gradient, needsInput) {
          if (!needsInput) return null;
          const dy = masks ? tidy(() => mul(gradient, step(output))) : gradient;
          const ofInput: Tensor = engine().runKernel(
            'MaxPoolGrad',
            { dy, input, output },
            {
              filterSize: [size, size],
              strides: [stride, stride],
              pad: 'valid',
            },
          );
          if (masks) dy.dispose();
          return ofInput;
        },
      };
    },
  };
}

export function compileGlobalAverage(): CompiledLayer {
  const infer = (input: Tensor): Tensor => pictureMeans(input as Tensor4D);
  return {
    infer,
    record(input) {
      const [batch, height, width, channels] = input.shape;
      return {
        output: infer(input),
        backward: (gradient, needsInput) =>
          needsInput
            ? tidy(() =>
                tile(reshape(mul(gradient, 1 / (height * width)), [batch, 1, 1, channels]), [
                  1,
                  height,
                  width,
                  1,
                ]),
              )
            : null,
      };
    },
  };
}

export function compileFlatten(): CompiledLayer {
  const infer = (input: Tensor): Tensor => reshape(input, [input.shape[0], input.size / input.shape[0]]);
  return {
    infer,
    record: (input) => ({
      output: infer(input),
      backward: (gradient, needsInput) => (needsInput ? reshape(gradient, input.shape) : null),
    }),
  };
}
