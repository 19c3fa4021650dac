/**
 * Dense layer with a ReLU where it has one. Its gradients transpose first and multiply then: the products that
 * transpose by themselves are ten times as slow on WebAssembly.
 */
import {
  fused,
  matMul,
  mul,
  ones,
  reshape,
  step,
  tidy,
  transpose,
  type Tensor,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import type { Layer } from '../../core/networks/network.ts';
import type { CompiledLayer, Gradients, VariableOf } from './layer.ts';

export function compileDense(
  layer: Extract<Layer, { kind: 'dense' }>,
  variableOf: VariableOf,
): CompiledLayer {
  const kernel = variableOf(`${layer.name}/kernel`);
  const bias = variableOf(`${layer.name}/bias`);
  const infer = (input: Tensor): Tensor2D =>
    fused.matMul({
      a: input,
      b: kernel,
      bias,
      activation: layer.relu ? 'relu' : 'linear',
    }) as Tensor2D;

  return {
    infer,
    record(input) {
      const output = infer(input);
      const backward = (gradient: Tensor, needsInput: boolean, gradients: Gradients): Tensor | null => {
        const masked = layer.relu ? tidy(() => mul(gradient, step(output))) : gradient;
        gradients[`${layer.name}/kernel`] = tidy(() => matMul(transpose(input), masked));
        gradients[`${layer.name}/bias`] = tidy(() =>
          reshape(matMul(ones([1, input.shape[0]]), masked as Tensor2D), [layer.units]),
        );
        const ofInput = needsInput ? tidy(() => matMul(masked, transpose(kernel))) : null;
        if (layer.relu) masked.dispose();
        return ofInput;
      };
      return { output, backward };
    },
  };
}
