/** Steps of training: what padding does, what stays on the device, and that backends agree. */
import { beforeAll, describe, expect, it } from 'vitest';
import {
  dispose,
  memory,
  tensor,
  tensor1d,
  tidy,
  type Rank,
  type Tensor1D,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import { initialWeights } from '../../core/networks/initialWeights.ts';
import type { NetworkPlan, WeightValues } from '../../core/networks/network.ts';
import { planNetwork } from '../../core/networks/plan.ts';
import { createGenerator } from '../../core/random.ts';
import { useCpu, useWasm } from '../testing/nodeBackend.ts';
import { crossEntropy } from './loss.ts';
import { createNetwork } from './network.ts';
import { MomentumSgd } from './optimiser.ts';
import { createSums, disposeSums, resetSums, trainStep, type Batch } from './step.ts';

const RULES = { momentum: 0.9, nesterov: true, weightDecay: 5e-4 };

/** Pictures whose class shows: brighter by class in their upper half, with noise. */
function makeBatch(plan: NetworkPlan, count: number, counted: number[], seed: number): Batch {
  const { height, width, channels } = plan.input;
  const generator = createGenerator(seed);
  const size = height * width * channels;
  const values = new Float32Array(count * size);
  const labels = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    labels[i] = i % plan.classes;
    for (let k = 0; k < size; k++) {
      const shown = k < size / 2 ? (2 * labels[i]) / plan.classes : 0;
      values[i * size + k] = shown + (0.3 * generator.next()) / 2 ** 31;
    }
  }
  const mask = tensor1d(counted);
  return {
    pictures: tensor<Rank.R4>(values, [count, height, width, channels]),
    labels: tensor1d(labels, 'int32'),
    mask,
    weights: mask,
  };
}

interface Trained {
  losses: number[];
  correct: number[];
  weights: WeightValues[];
  tensors: number[];
  peak: number;
}

/** Steps on one batch, with the sums read after each of them. */
async function train(plan: NetworkPlan, steps: number, makeOne: () => Batch, rate = 0.05): Promise<Trained> {
  const before = memory().numTensors;
  const network = createNetwork(plan, initialWeights(plan, 1));
  const optimiser = new MomentumSgd(network, RULES);
  const sums = createSums();
  const batch = makeOne();
  const trained: Trained = { losses: [], correct: [], weights: [], tensors: [], peak: 0 };
  for (let step = 0; step < steps; step++) {
    resetSums(sums);
    trained.peak = trainStep(network, optimiser, batch, rate, sums);
    trained.losses.push(sums.loss.dataSync()[0]);
    trained.correct.push(sums.correct.dataSync()[0]);
    trained.tensors.push(memory().numTensors);
  }
  trained.weights = await network.weights();
  disposeSums(sums);
  optimiser.dispose();
  network.dispose();
  dispose(Object.values(batch));
  expect(memory().numTensors).toBe(before);
  return trained;
}

const ones = (count: number): number[] => Array.from({ length: count }, () => 1);

describe('the loss', () => {
  beforeAll(useCpu);

  it('is the sum over counted pictures, with the gradient of their mean, as worked by hand', () => {
    tidy(() => {
      // Softmax of (ln 1, ln 3) is (¼, ¾); the second picture is sure and right, the third takes no part.
      const logits: Tensor2D = tensor([0, Math.log(3), 60, -60, 5, 0], [3, 2]);
      const labels: Tensor1D = tensor1d([0, 0, 1], 'int32');
      const { loss, correct, ofLogits } = crossEntropy(logits, labels, tensor1d([1, 1, 0]));
      expect(loss.dataSync()[0]).toBeCloseTo(Math.log(4), 5);
      expect(correct.dataSync()[0]).toBe(1);
      const gradient = ofLogits.dataSync();
      [-0.375, 0.375, 0, 0, 0, 0].forEach((value, i) => expect(gradient[i]).toBeCloseTo(value, 6));
    });
  });

  it('does not depend on how large the weights are, also where their sum is far below 1', () => {
    tidy(() => {
      const logits: Tensor2D = tensor([0, Math.log(3), 2, 1, 5, 0], [3, 2]);
      const labels: Tensor1D = tensor1d([0, 0, 1], 'int32');
      const [one, small] = [1, 1e-4].map((scale) =>
        crossEntropy(logits, labels, tensor1d([2 * scale, scale, 0])),
      );
      const gradient = one.ofLogits.dataSync();
      // Two thirds of the first picture's: softmax is (¼, ¾), the truth (1, 0).
      expect(gradient[0]).toBeCloseTo((2 / 3) * -0.75, 6);
      small.ofLogits.dataSync().forEach((value, i) => expect(value).toBeCloseTo(gradient[i], 6));
      expect(small.loss.dataSync()[0]).toBeCloseTo(1e-4 * one.loss.dataSync()[0], 7);
      const none = crossEntropy(logits, labels, tensor1d([0, 0, 0]));
      expect([...none.ofLogits.dataSync()].every((value) => value === 0)).toBe(true);
    });
  });

  it('stays finite where a logit is far out', () => {
    tidy(() => {
      const logits: Tensor2D = tensor([1000, -1000], [1, 2]);
      const { loss } = crossEntropy(logits, tensor1d([1], 'int32'), tensor1d([1]));
      expect(loss.dataSync()[0]).toBeCloseTo(2000, 0);
    });
  });
});

describe('steps', () => {
  beforeAll(useWasm);

  it.each([
    ['lenet5', { width: 14, height: 13, channels: 1 }],
    ['resnet18', { width: 16, height: 16, channels: 3 }],
    ['softmax', { width: 6, height: 5, channels: 3 }],
  ] as const)('lower the loss of %s, and leave no tensor behind', async (name, shape) => {
    const plan = planNetwork(name, shape, 3, 8);
    const steps = name === 'lenet5' ? 50 : 25;
    const trained = await train(plan, steps, () => makeBatch(plan, 12, ones(12), 4));
    expect(trained.losses[0] / 12).toBeGreaterThan(0.3);
    expect(trained.losses[steps - 1]).toBeLessThan(trained.losses[0] / 2);
    expect(trained.correct[steps - 1]).toBeGreaterThan(8);
    expect(new Set(trained.tensors).size).toBe(1);
    expect(trained.peak).toBeGreaterThan(4 * plan.parameters * 2);
  });

  it('do the same with pictures of weight 0 as without them', async () => {
    for (const name of ['lenet5', 'resnet18']) {
      const plan = planNetwork(name, { width: 16, height: 16, channels: 1 }, 3, 8);
      const alone = await train(plan, 3, () => makeBatch(plan, 5, ones(5), 4));
      // The same five pictures: numbers are drawn in their order.
      const filled = await train(plan, 3, () => makeBatch(plan, 8, [...ones(5), 0, 0, 0], 4));
      expect(filled.correct).toEqual(alone.correct);
      filled.losses.forEach((loss, i) =>
        expect(Math.abs(loss - alone.losses[i])).toBeLessThan(1e-3 * alone.losses[0]),
      );
      filled.weights.forEach(({ name: weight, values }, i) => {
        const furthest = values.reduce(
          (most, value, k) => Math.max(most, Math.abs(value - alone.weights[i].values[k])),
          0,
        );
        expect(furthest, `${name} ${weight}`).toBeLessThan(2e-3);
      });
    }
  });

  it('weigh pictures in the loss, and not in the statistics of the batch', async () => {
    const plan = planNetwork('resnet18', { width: 8, height: 8, channels: 1 }, 3, 8);
    const mask = [...ones(5), 0];
    const weighed = (weights: number[]) => (): Batch => {
      const batch = makeBatch(plan, 6, mask, 4);
      return { ...batch, weights: tensor1d(weights) };
    };
    const plain = await train(plan, 1, () => makeBatch(plan, 6, mask, 4));
    const same = await train(plan, 1, weighed(mask));
    const other = await train(plan, 1, weighed([4, 0, 0.5, 0.25, 0.25, 0]));
    expect(same.losses).toEqual(plain.losses);
    expect(other.losses).not.toEqual(plain.losses);
    for (const [i, { name, values, trainable }] of plain.weights.entries()) {
      expect(same.weights[i].values).toEqual(values);
      if (!trainable) expect(other.weights[i].values, name).toEqual(values);
    }
    const kernel = plain.weights.findIndex(({ name }) => name.endsWith('/kernel'));
    expect(other.weights[kernel].values).not.toEqual(plain.weights[kernel].values);
  });

  it('repeat bit for bit', async () => {
    const plan = planNetwork('resnet18', { width: 8, height: 8, channels: 3 }, 4, 8);
    const run = (): Promise<Trained> => train(plan, 4, () => makeBatch(plan, 8, ones(8), 2));
    const first = await run();
    const second = await run();
    expect(second.losses).toEqual(first.losses);
    second.weights.forEach(({ values }, i) => expect(values.join()).toBe(first.weights[i].values.join()));
  });
});

describe('WebAssembly and plain JavaScript', () => {
  it.each([
    ['lenet5', { width: 14, height: 15, channels: 3 }],
    ['resnet18', { width: 7, height: 8, channels: 1 }],
  ] as const)('agree on the first losses of %s', async (name, shape) => {
    const plan = planNetwork(name, shape, 3, 8);
    const run = (): Promise<Trained> => train(plan, 2, () => makeBatch(plan, 6, [1, 1, 1, 1, 1, 0], 3), 0.01);
    await useCpu();
    const plain = await run();
    await useWasm();
    const wasm = await run();
    wasm.losses.forEach((loss, i) => expect(Math.abs(loss - plain.losses[i]) / 5).toBeLessThan(1e-4));
    expect(wasm.correct).toEqual(plain.correct);
  });

  it.each([
    ['lenet5', { width: 31, height: 29, channels: 3 }],
    ['resnet18', { width: 16, height: 16, channels: 3 }],
    ['resnet18', { width: 31, height: 29, channels: 1 }],
  ] as const)('agree on the logits of %s', async (name, shape) => {
    const plan = planNetwork(name, shape, 5, 8);
    const logits = (): ArrayLike<number> => {
      const network = createNetwork(plan, initialWeights(plan, 1));
      const batch = makeBatch(plan, 1, [1], 3);
      const read = tidy(() => network.forward(batch.pictures, false).dataSync());
      network.dispose();
      dispose(Object.values(batch));
      return read;
    };
    await useCpu();
    const plain = logits();
    await useWasm();
    const wasm = logits();
    expect(wasm.length).toBe(5);
    for (let i = 0; i < 5; i++) expect(Math.abs(wasm[i] - plain[i])).toBeLessThan(1e-4);
  });
});
