/**
 * A network by tfjs's own operations and its tape: what the layers of this project are held against in tests. Written
 * for clearness, slow.
 */
import {
  add,
  conv2d,
  div,
  logSoftmax,
  matMul,
  maxPool,
  mean,
  mul,
  neg,
  oneHot,
  relu,
  reshape,
  rsqrt,
  square,
  sub,
  sum,
  variableGrads,
  type NamedTensorMap,
  type Scalar,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  type Tensor4D,
  type Variable,
} from '@tensorflow/tfjs-core';
// The package by itself knows no gradients.
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import type { Layer } from '../../core/networks/network.ts';
import type { Network } from '../network/network.ts';

/** The output of layers in a row; batch normalisation by the statistics of the batch. */
function through(layers: readonly Layer[], input: Tensor, weight: (name: string) => Tensor): Tensor {
  let x = input;
  for (const layer of layers) {
    switch (layer.kind) {
      case 'conv':
        x = conv2d(x as Tensor4D, weight(`${layer.name}/kernel`) as Tensor4D, layer.stride, layer.padding);
        if (layer.bias) x = add(x, weight(`${layer.name}/bias`));
        if (layer.relu) x = relu(x);
        break;
      case 'batchNorm': {
        const axes = x.shape.slice(0, -1).map((_, axis) => axis);
        const centred = sub(x, mean(x, axes, true));
        const scaled = mul(centred, rsqrt(add(mean(square(centred), axes, true), 1e-5)));
        x = add(mul(scaled, weight(`${layer.name}/gamma`)), weight(`${layer.name}/beta`));
        if (layer.relu) x = relu(x);
        break;
      }
      case 'maxPool':
        x = maxPool(x as Tensor4D, layer.size, layer.stride, 'valid');
        break;
      case 'globalAverage':
        x = mean(x, [1, 2]);
        break;
      case 'flatten':
        x = reshape(x, [x.shape[0], x.size / x.shape[0]]);
        break;
      case 'dense':
        x = add(
          matMul(x as Tensor2D, weight(`${layer.name}/kernel`) as Tensor2D),
          weight(`${layer.name}/bias`),
        );
        if (layer.relu) x = relu(x);
        break;
      case 'residual':
        x = relu(add(through(layer.body, x, weight), through(layer.shortcut, x, weight)));
        break;
    }
  }
  return x;
}

/** Mean cross-entropy of a network on whole batches, and its gradients by weight name. To be called inside a tidy. */
export function tapeGradients(
  network: Network,
  pictures: Tensor4D,
  labels: Tensor1D,
): { loss: Scalar; gradients: NamedTensorMap } {
  const byName = new Map<string, Variable>(network.trainable.map((one) => [one.name, one.variable]));
  const { value, grads } = variableGrads(
    () => {
      const logits = through(network.plan.layers, pictures, (name) => byName.get(name)!);
      const truth = oneHot(labels, network.plan.classes);
      return div(neg(sum<Scalar>(mul(logSoftmax(logits), truth))), pictures.shape[0]);
    },
    network.trainable.map((one) => one.variable),
  );
  const gradients: NamedTensorMap = {};
  for (const { name, variable } of network.trainable) gradients[name] = grads[variable.name];
  return { loss: value, gradients };
}
