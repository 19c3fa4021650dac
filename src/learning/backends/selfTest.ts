/**
 * The gradient self-test: one pass forward and back through a small network with a layer of every kind that the
 * networks here are made of, by the very code that trains, once on the CPU and once on the backend under test. It
 * catches missing kernels, wrong ones, drivers that compute nonsense and textures of half precision.
 */
import { dispose, tensor1d, tensor4d, tidy, type Tensor } from '@tensorflow/tfjs-core';
import { initialWeights } from '../../core/networks/initialWeights.ts';
import type { Layer, NetworkPlan } from '../../core/networks/network.ts';
import { createGenerator } from '../../core/random.ts';
import { crossEntropy } from '../network/loss.ts';
import { createNetwork } from '../network/network.ts';

/** Above it a backend is not used. Those that are right stay below 1e-5. */
export const LARGEST_GRADIENT_ERROR = 1e-3;

const PICTURES = 8;
const SIDE = 16;
const CHANNELS = 3;
const CLASSES = 5;
const SEED = 1;

/** No ReLU comes before the first pooling, so that it meets windows without a positive value. */
const LAYERS: Layer[] = [
  { kind: 'conv', name: 'first', filters: 6, size: 5, stride: 1, padding: 'same', bias: true, relu: false },
  { kind: 'maxPool', size: 2, stride: 2 },
  { kind: 'conv', name: 'second', filters: 8, size: 3, stride: 1, padding: 'valid', bias: true, relu: true },
  { kind: 'maxPool', size: 2, stride: 2 },
  {
    kind: 'residual',
    name: 'block',
    body: [
      {
        kind: 'conv',
        name: 'body1',
        filters: 9,
        size: 3,
        stride: 2,
        padding: 'same',
        bias: false,
        relu: false,
      },
      { kind: 'batchNorm', name: 'norm1', relu: true },
      {
        kind: 'conv',
        name: 'body2',
        filters: 9,
        size: 3,
        stride: 1,
        padding: 'same',
        bias: false,
        relu: false,
      },
      { kind: 'batchNorm', name: 'norm2', relu: false },
    ],
    shortcut: [
      {
        kind: 'conv',
        name: 'side',
        filters: 9,
        size: 1,
        stride: 2,
        padding: 'same',
        bias: false,
        relu: false,
      },
      { kind: 'batchNorm', name: 'norm3', relu: false },
    ],
  },
  { kind: 'globalAverage' },
  { kind: 'dense', name: 'hidden', units: 10, relu: true },
  { kind: 'dense', name: 'last', units: CLASSES, relu: false },
];

const PLAN: NetworkPlan = {
  name: 'selfTest',
  width: null,
  input: { width: SIDE, height: SIDE, channels: CHANNELS },
  classes: CLASSES,
  layers: LAYERS,
  parameters: 0,
  multiplyAdds: 0,
};

/** The loss and its gradients, by the names of the weights. */
export type Gradients = ReadonlyMap<string, Float32Array>;

/** The gradients on the backend that tfjs computes with now, always of the same network and pictures. */
export async function gradientsHere(): Promise<Gradients> {
  const generator = createGenerator(SEED);
  const pixels = new Float32Array(PICTURES * SIDE * SIDE * CHANNELS);
  for (let i = 0; i < pixels.length; i++) pixels[i] = generator.next() / 2 ** 31;
  const network = createNetwork(PLAN, initialWeights(PLAN, SEED));
  let made: Record<string, Tensor> = {};
  try {
    made = tidy(() => {
      const pictures = tensor4d(pixels, [PICTURES, SIDE, SIDE, CHANNELS]);
      const labels = tensor1d(
        Array.from({ length: PICTURES }, (_, n) => n % CLASSES),
        'int32',
      );
      // The last picture only fills up the batch.
      const weights = tensor1d(Array.from({ length: PICTURES }, (_, n) => (n < PICTURES - 1 ? 1 : 0)));
      const pass = network.record(pictures, weights);
      const { loss, ofLogits } = crossEntropy(pass.logits, labels, weights);
      return { loss, ...pass.backward(ofLogits) };
    });
    const read = Object.entries(made).map(
      async ([name, tensor]) => [name, (await tensor.data<'float32'>()).slice()] as const,
    );
    return new Map(await Promise.all(read));
  } finally {
    dispose(made);
    network.dispose();
  }
}

/**
 * Largest difference of an entry, relative to the largest entry of its gradient; infinite where one is missing or is
 * not a number.
 */
export function gradientError(gradients: Gradients, reference: Gradients): number {
  let worst = 0;
  for (const [name, expected] of reference) {
    const values = gradients.get(name);
    if (values?.length !== expected.length) return Infinity;
    let largest = 0;
    let difference = 0;
    for (let i = 0; i < expected.length; i++) {
      largest = Math.max(largest, Math.abs(expected[i]));
      const apart = Math.abs(values[i] - expected[i]);
      if (!(apart < Infinity)) return Infinity;
      difference = Math.max(difference, apart);
    }
    worst = Math.max(worst, difference / Math.max(largest, 1e-6));
  }
  return worst;
}
