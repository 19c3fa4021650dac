/** Forward passes and gradients of whole small networks: against finite differences, and on two backends. */
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import '@tensorflow/tfjs-backend-cpu';
import {
  dispose,
  memory,
  setBackend,
  slice,
  sum,
  tensor,
  tensor1d,
  tidy,
  type Rank,
  type Tensor1D,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import { initialWeights } from '../../core/networks/initialWeights.ts';
import type { InputShape, Layer, NetworkPlan, WeightValues } from '../../core/networks/network.ts';
import { planNetwork } from '../../core/networks/plan.ts';
import { createGenerator } from '../../core/random.ts';
import { crossEntropy } from './loss.ts';
import { tapeGradients } from '../testing/tapeNetwork.ts';
import { createNetwork, type Network } from './network.ts';

beforeAll(async () => {
  await setBackend('cpu');
});

/** Numbers between −1 and 1. */
function numbers(count: number, seed: number): Float32Array {
  const generator = createGenerator(seed);
  return Float32Array.from({ length: count }, () => generator.next() / 2 ** 31);
}

function pictures(batch: number, { height, width, channels }: InputShape, seed: number): Tensor4D {
  return tensor(numbers(batch * height * width * channels, seed), [batch, height, width, channels]);
}

/** A plan of any layers. */
function planOf(layers: Layer[], input: InputShape, classes: number): NetworkPlan {
  return { name: 'made', width: null, input, classes, layers, parameters: 0, multiplyAdds: 0 };
}

/** Weights whose biases, gammas and betas are not 0 and 1 either. */
function stirred(plan: NetworkPlan, seed: number): WeightValues[] {
  return initialWeights(plan, seed).map((weight, i) => {
    const noise = numbers(weight.values.length, seed + 17 * i);
    return {
      ...weight,
      values: weight.values.map((value, k) => value + (weight.name.endsWith('kernel') ? 0 : 0.3) * noise[k]),
    };
  });
}

function lengthOf(vector: Float32Array): number {
  return Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
}

function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  return lengthOf(Float32Array.from({ length: a.length }, (_, i) => a[i] - b[i]));
}

/** Σ weight · cross-entropy ÷ Σ weight. */
function lossOf(network: Network, batch: Tensor4D, labels: Tensor1D, weights: Tensor1D): number {
  return tidy(() => {
    const { logits } = network.record(batch, weights);
    return crossEntropy(logits, labels, weights).loss.dataSync()[0] / sum(weights).dataSync()[0];
  });
}

/** Gradients by weight name. */
function gradientsOf(
  network: Network,
  batch: Tensor4D,
  labels: Tensor1D,
  weights: Tensor1D,
): Record<string, Float32Array> {
  const read: Record<string, Float32Array> = {};
  tidy(() => {
    const pass = network.record(batch, weights);
    const gradients = pass.backward(crossEntropy(pass.logits, labels, weights).ofLogits);
    for (const [name, gradient] of Object.entries(gradients)) read[name] = gradient.dataSync<'float32'>();
  });
  return read;
}

/**
 * Every gradient beside the slopes of the loss along two directions, its own and a random one: the greatest relative
 * difference. Two directions for each weight test all of its numbers, and rounding hurts them least.
 */
function worstDifference(plan: NetworkPlan, batchSize: number, counted: number): number {
  const weights = stirred(plan, 3);
  const batch = pictures(batchSize, plan.input, 5);
  const labels = tensor1d(
    Array.from({ length: batchSize }, (_, i) => (i * 7) % plan.classes),
    'int32',
  );
  const ofPictures = tensor1d(Array.from({ length: batchSize }, (_, i) => (i < counted ? 1 : 0)));
  const network = createNetwork(plan, weights);
  const gradients = gradientsOf(network, batch, labels, ofPictures);
  expect(Object.keys(gradients).sort()).toEqual(network.trainable.map(({ name }) => name).sort());
  let worst = 0;
  for (const { name } of network.trainable) {
    const gradient = gradients[name];
    const norm = lengthOf(gradient);
    expect(norm, name).toBeGreaterThan(1e-4);
    const random = numbers(gradient.length, 99);
    for (const direction of [gradient, random]) {
      const length = lengthOf(direction);
      const expected = gradient.reduce((sum, value, k) => sum + (value * direction[k]) / length, 0);
      const lossAt = (reach: number): number => {
        const moved = weights.map((weight) =>
          weight.name === name
            ? { ...weight, values: weight.values.map((value, k) => value + (reach * direction[k]) / length) }
            : weight,
        );
        network.restore(moved);
        return lossOf(network, batch, labels, ofPictures);
      };
      // A kink of a ReLU between the two points spoils one reach, seldom all of them.
      const errors = [1e-2, 3e-3, 1e-3, 3e-4].map((reach) =>
        Math.abs((lossAt(reach) - lossAt(-reach)) / (2 * reach) - expected),
      );
      worst = Math.max(worst, Math.min(...errors) / norm);
    }
  }
  network.dispose();
  batch.dispose();
  labels.dispose();
  ofPictures.dispose();
  return worst;
}

const normalised = (name: string, filters: number, stride: number): Layer[] => [
  { kind: 'conv', name, filters, size: 3, stride, padding: 'same', bias: false, relu: false },
  { kind: 'batchNorm', name: `${name}_norm`, relu: false },
];
const BLOCKS: Layer[] = [
  { kind: 'conv', name: 'stem', filters: 3, size: 3, stride: 1, padding: 'same', bias: true, relu: true },
  { kind: 'batchNorm', name: 'alone', relu: true },
  { kind: 'residual', name: 'first', body: normalised('a', 3, 1), shortcut: [] },
  { kind: 'residual', name: 'second', body: normalised('b', 4, 2), shortcut: normalised('c', 4, 2) },
  { kind: 'globalAverage' },
  { kind: 'dense', name: 'logits', units: 3, relu: false },
];

let tensorsBefore = 0;
beforeEach(() => {
  tensorsBefore = memory().numTensors;
});
afterEach(() => {
  expect(memory().numTensors).toBe(tensorsBefore);
});

describe('gradients are the slopes of the loss', () => {
  it('of LeNet5 on odd sizes', () => {
    const plan = planNetwork('lenet5', { width: 13, height: 15, channels: 2 }, 3, 8);
    expect(worstDifference(plan, 4, 4)).toBeLessThan(2e-2);
  });

  it('of softmax regression', () => {
    const plan = planNetwork('softmax', { width: 4, height: 3, channels: 3 }, 5, 8);
    expect(worstDifference(plan, 4, 3)).toBeLessThan(5e-3);
  });

  it('of residuals, batch normalisation and averages', () => {
    const plan = planOf(BLOCKS, { width: 5, height: 7, channels: 2 }, 3);
    expect(worstDifference(plan, 4, 4)).toBeLessThan(1e-2);
  });

  it('where some pictures only fill up the batch', () => {
    const plan = planOf(BLOCKS, { width: 5, height: 7, channels: 2 }, 3);
    expect(worstDifference(plan, 5, 3)).toBeLessThan(1e-2);
  });

  it('of dense layers with normalisation', () => {
    const layers: Layer[] = [
      { kind: 'flatten' },
      { kind: 'dense', name: 'hidden', units: 6, relu: true },
      { kind: 'batchNorm', name: 'norm', relu: true },
      { kind: 'dense', name: 'logits', units: 3, relu: false },
    ];
    expect(worstDifference(planOf(layers, { width: 2, height: 2, channels: 1 }, 3), 6, 5)).toBeLessThan(1e-2);
  });
});

describe("gradients are those of tfjs's own tape", () => {
  it.each([
    planNetwork('lenet5', { width: 15, height: 14, channels: 1 }, 4, 8),
    planOf(BLOCKS, { width: 6, height: 5, channels: 3 }, 3),
    planNetwork('resnet18', { width: 8, height: 8, channels: 3 }, 3, 8),
  ])('of $name', (plan) => {
    const batch = pictures(3, plan.input, 8);
    const labels = tensor1d([0, 2, 1], 'int32');
    const weights = tensor1d([1, 1, 1]);
    const network = createNetwork(plan, stirred(plan, 4));
    const ours = gradientsOf(network, batch, labels, weights);
    const theirs = tidy(() => {
      const { gradients } = tapeGradients(network, batch, labels);
      return Object.fromEntries(
        Object.entries(gradients).map(([name, gradient]) => [name, gradient.dataSync<'float32'>()]),
      );
    });
    expect(Object.keys(ours).length).toBe(network.trainable.length);
    for (const [name, gradient] of Object.entries(ours)) {
      expect(distance(gradient, theirs[name]) / lengthOf(theirs[name]), name).toBeLessThan(1e-3);
    }
    network.dispose();
    dispose([batch, labels, weights]);
  });
});

describe('the forward pass', () => {
  const plan = planOf(BLOCKS, { width: 6, height: 5, channels: 3 }, 3);

  it('gives logits of odd sizes, and those of single pictures alone', () => {
    for (const name of ['lenet5', 'resnet18', 'softmax']) {
      const odd = planNetwork(name, { width: 31, height: 29, channels: 3 }, 7, 8);
      const network = createNetwork(odd, stirred(odd, 2));
      tidy(() => {
        const batch = pictures(2, odd.input, 1);
        const both = network.forward(batch, false);
        expect(both.shape).toEqual([2, 7]);
        const second = network.forward(slice(batch, [1, 0, 0, 0], [1, -1, -1, -1]), false);
        expect(distance(both.dataSync().subarray(7), second.dataSync())).toBeLessThan(1e-4);
        expect(lengthOf(both.dataSync<'float32'>())).toBeGreaterThan(0.1);
      });
      network.dispose();
    }
  });

  it('normalises by the batch in training and moves the statistics, as worked by hand', async () => {
    // One channel of the numbers 1, 2, 3, 6 of four pictures: mean 3, variance 3.5, unbiased 14 ÷ 3.
    const layers: Layer[] = [{ kind: 'batchNorm', name: 'norm', relu: false }, { kind: 'flatten' }];
    const network = createNetwork(planOf(layers, { width: 1, height: 1, channels: 1 }, 1), [
      { name: 'norm/gamma', shape: [1], values: new Float32Array([2]), trainable: true },
      { name: 'norm/beta', shape: [1], values: new Float32Array([0.5]), trainable: true },
      { name: 'norm/mean', shape: [1], values: new Float32Array([1]), trainable: false },
      { name: 'norm/variance', shape: [1], values: new Float32Array([4]), trainable: false },
    ]);
    const batch = tensor<Rank.R4>([1, 2, 3, 6, 100], [5, 1, 1, 1]);
    const scale = 2 / Math.sqrt(3.5 + 1e-5);
    tidy(() => {
      // The fifth picture only fills up the batch.
      const { logits } = network.record(batch, tensor1d([1, 1, 1, 1, 0]));
      const values = logits.dataSync();
      [1, 2, 3, 6].forEach((value, i) => expect(values[i]).toBeCloseTo((value - 3) * scale + 0.5, 5));
    });
    const [, , mean, variance] = await network.weights();
    expect(mean.values[0]).toBeCloseTo(0.9 * 1 + 0.1 * 3, 6);
    expect(variance.values[0]).toBeCloseTo((0.9 * 4 + 0.1 * 14) / 3 + 0.9 * 4 * (2 / 3), 6);
    network.dispose();
    batch.dispose();
  });

  it('uses the moving statistics otherwise, folded into a convolution or not', () => {
    const network = createNetwork(plan, stirred(plan, 6));
    const bare = planOf(
      [
        {
          kind: 'conv',
          name: 'c',
          filters: 3,
          size: 3,
          stride: 2,
          padding: 'same',
          bias: false,
          relu: false,
        },
        { kind: 'batchNorm', name: 'c_norm', relu: true },
      ],
      plan.input,
      3,
    );
    const weights = stirred(bare, 6);
    const folded = createNetwork(bare, weights);
    // With a pooling of 1 in between, which changes nothing, the two are not folded.
    const apart = createNetwork(
      { ...bare, layers: [bare.layers[0], { kind: 'maxPool', size: 1, stride: 1 }, bare.layers[1]] },
      weights,
    );
    tidy(() => {
      const batch = pictures(3, plan.input, 7);
      const one = folded.forward(batch, false).dataSync<'float32'>();
      expect(distance(one, apart.forward(batch, false).dataSync<'float32'>())).toBeLessThan(1e-5);
      expect(lengthOf(one)).toBeGreaterThan(0.1);
      expect(distance(one, folded.forward(batch, true).dataSync<'float32'>())).toBeGreaterThan(0.1);
    });
    for (const each of [network, folded, apart]) each.dispose();
  });

  it('reads weights back as they were restored, in arrays of their own', async () => {
    const weights = stirred(plan, 9);
    const network = createNetwork(plan, initialWeights(plan, 1));
    network.restore(weights);
    const read = await network.weights();
    expect(read).toEqual(weights);
    read[0].values.fill(7);
    weights[1].values.fill(7);
    expect((await network.weights())[0].values[0]).not.toBe(7);
    expect((await network.weights())[1].values[0]).not.toBe(7);
    expect(() => network.restore(weights.slice(1))).toThrow(
      'stem/kernel has to be 3 × 3 × 3 × 3; it is missing',
    );
    network.dispose();
  });
});
