/** Convolution with a bias and a ReLU where it has them. */
import {
  conv2d,
  engine,
  fill,
  fused,
  mul,
  reshape,
  step,
  tidy,
  type Tensor,
  type Tensor1D,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import type { Layer } from '../../core/networks/network.ts';
import type { CompiledLayer, Gradients, VariableOf } from './layer.ts';
import { weightedMeans } from './sums.ts';

export type ConvLayer = Extract<Layer, { kind: 'conv' }>;

/** The forward pass with any kernel and bias: batch normalisation hands in folded ones. */
export function convolve(
  layer: Pick<ConvLayer, 'stride' | 'padding'>,
  input: Tensor,
  kernel: Tensor,
  bias: Tensor | null,
  relu: boolean,
): Tensor4D {
  const x = input as Tensor4D;
  const filter = kernel as Tensor4D;
  if (bias === null && !relu) return conv2d(x, filter, layer.stride, layer.padding);
  return fused.conv2d({
    x,
    filter,
    strides: layer.stride,
    pad: layer.padding,
    bias: bias === null ? undefined : (bias as Tensor1D),
    activation: relu ? 'relu' : 'linear',
  });
}

/** Gradients of a convolution's kernel and, if asked for, its input: the kernels that tfjs itself uses. */
export function convolveBack(
  layer: Pick<ConvLayer, 'stride' | 'padding'>,
  input: Tensor,
  kernel: Tensor,
  gradient: Tensor,
  needsInput: boolean,
): { kernel: Tensor; input: Tensor | null } {
  const attributes = {
    strides: [layer.stride, layer.stride],
    pad: layer.padding,
    dataFormat: 'NHWC',
  };
  const ofKernel: Tensor = engine().runKernel(
    'Conv2DBackpropFilter',
    { x: input, dy: gradient },
    { ...attributes, filterShape: kernel.shape.slice() },
  );
  const ofInput: Tensor | null = needsInput
    ? engine().runKernel(
        'Conv2DBackpropInput',
        { dy: gradient, filter: kernel },
        { ...attributes, inputShape: input.shape.slice() },
      )
    : null;
  return { kernel: ofKernel, input: ofInput };
}

/**
 * @param isMasked whether the gradient that comes back is already 0 wherever the ReLU gave 0: max-pooling right behind
 * it sees to that on a quarter of the numbers
 */
export function compileConv(layer: ConvLayer, variableOf: VariableOf, isMasked: boolean): CompiledLayer {
  const kernel = variableOf(`${layer.name}/kernel`);
  const bias = layer.bias ? variableOf(`${layer.name}/bias`) : null;
  const infer = (input: Tensor): Tensor4D => convolve(layer, input, kernel, bias, layer.relu);

  return {
    infer,
    record(input) {
      const output = infer(input);
      const backward = (gradient: Tensor, needsInput: boolean, gradients: Gradients): Tensor | null => {
        const masks = layer.relu && !isMasked;
        const masked = masks ? tidy(() => mul(gradient, step(output))) : gradient;
        const back = convolveBack(layer, input, kernel, masked, needsInput);
        gradients[`${layer.name}/kernel`] = back.kernel;
        if (bias !== null) {
          const [batch, height, width] = output.shape;
          gradients[`${layer.name}/bias`] = tidy(() =>
            reshape(weightedMeans(masked as Tensor4D, fill([1, batch], height * width)), [layer.filters]),
          );
        }
        if (masks) masked.dispose();
        return back.input;
      };
      return { output, backward };
    },
  };
}
