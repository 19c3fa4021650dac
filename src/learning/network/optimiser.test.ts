/** Steps of SGD worked by hand, by PyTorch's rules, and rates along the cosine. */
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { memory, tensor1d, tidy, variable, type Variable } from '@tensorflow/tfjs-core';
import type { TrainingSettings } from '../../contracts/training.ts';
import { useCpu } from '../testing/nodeBackend.ts';
import type { Network } from './network.ts';
import { MomentumSgd, rateOf } from './optimiser.ts';

beforeAll(useCpu);
let tensorsBefore = 0;
beforeEach(() => {
  tensorsBefore = memory().numTensors;
});
afterEach(() => {
  expect(memory().numTensors).toBe(tensorsBefore);
});

type Rules = Pick<TrainingSettings, 'momentum' | 'nesterov' | 'weightDecay'>;

/** One weight of one number. */
function single(start: number): { network: Network; weight: Variable } {
  const weight = tidy(() => variable(tensor1d([start])));
  return { network: { trainable: [{ name: 'w', variable: weight }] } as unknown as Network, weight };
}

/** The weight after each of the gradients. */
function descend(start: number, gradients: number[], rate: number, rules: Rules): number[] {
  const { network, weight } = single(start);
  const optimiser = new MomentumSgd(network, rules);
  const path = gradients.map((gradient) => {
    tidy(() => optimiser.apply({ w: tensor1d([gradient]) }, rate));
    return weight.dataSync()[0];
  });
  optimiser.dispose();
  weight.dispose();
  return path;
}

function expectPath(path: number[], expected: number[]): void {
  expect(path.length).toBe(expected.length);
  path.forEach((value, i) => expect(value).toBeCloseTo(expected[i], 6));
}

describe('steps worked by hand', () => {
  it('without momentum', () => {
    // 1 − 0.1 × 2 = 0.8; 0.8 − 0.1 × (−1) = 0.9
    expectPath(descend(1, [2, -1], 0.1, { momentum: 0, nesterov: false, weightDecay: 0 }), [0.8, 0.9]);
  });

  it('with momentum', () => {
    // v = 2, w = 1 − 0.1 × 2 = 0.8
    // v = 0.9 × 2 − 1 = 0.8, w = 0.8 − 0.08 = 0.72
    // v = 0.9 × 0.8 + 0.5 = 1.22, w = 0.72 − 0.122 = 0.598
    expectPath(
      descend(1, [2, -1, 0.5], 0.1, { momentum: 0.9, nesterov: false, weightDecay: 0 }),
      [0.8, 0.72, 0.598],
    );
  });

  it('with Nesterov momentum', () => {
    // v = 2, step 2 + 0.9 × 2 = 3.8, w = 1 − 0.38 = 0.62
    // v = 0.9 × 2 − 1 = 0.8, step −1 + 0.9 × 0.8 = −0.28, w = 0.62 + 0.028 = 0.648
    // v = 0.9 × 0.8 + 0.5 = 1.22, step 0.5 + 0.9 × 1.22 = 1.598, w = 0.648 − 0.1598 = 0.4882
    expectPath(
      descend(1, [2, -1, 0.5], 0.1, { momentum: 0.9, nesterov: true, weightDecay: 0 }),
      [0.62, 0.648, 0.4882],
    );
  });

  it('with weight decay, which is part of the gradient and so of the velocity', () => {
    // g = 2 + 0.5 × 1 = 2.5, v = 2.5, step 2.5 + 0.9 × 2.5 = 4.75, w = 1 − 0.475 = 0.525
    // g = −1 + 0.5 × 0.525 = −0.7375, v = 0.9 × 2.5 − 0.7375 = 1.5125,
    // step −0.7375 + 0.9 × 1.5125 = 0.62375, w = 0.525 − 0.062375 = 0.462625
    expectPath(
      descend(1, [2, -1], 0.1, { momentum: 0.9, nesterov: true, weightDecay: 0.5 }),
      [0.525, 0.462625],
    );
    // 1 − 0.1 × (0 + 0.5 × 1) = 0.95
    expectPath(descend(1, [0], 0.1, { momentum: 0, nesterov: false, weightDecay: 0.5 }), [0.95]);
  });
});

describe('velocities', () => {
  const rules: Rules = { momentum: 0.9, nesterov: true, weightDecay: 5e-4 };

  it('continue bit for bit after they were read back and restored', async () => {
    const gradients = [0.3, -0.2, 0.7, 0.1];
    const expected = descend(0.4, gradients, 0.05, rules);
    const first = single(0.4);
    const before = new MomentumSgd(first.network, rules);
    for (const gradient of gradients.slice(0, 2)) {
      tidy(() => before.apply({ w: tensor1d([gradient]) }, 0.05));
    }
    const kept = await before.velocities();
    expect(kept.map(({ name }) => name)).toEqual(['w']);
    const second = single(first.weight.dataSync()[0]);
    const after = new MomentumSgd(second.network, rules);
    after.restore(kept);
    kept[0].values.fill(9);
    for (const gradient of gradients.slice(2)) {
      tidy(() => after.apply({ w: tensor1d([gradient]) }, 0.05));
    }
    expect(second.weight.dataSync()[0]).toBe(expected[3]);
    expect(() => after.restore([])).toThrow('The velocity of w has to hold 1 numbers; it holds none.');
    for (const each of [before, after, first.weight, second.weight]) each.dispose();
  });
});

describe('rates', () => {
  it('fall along half a cosine, from the full rate to near 0', () => {
    const settings = { rate: 0.08, decay: 'cosine', epochs: 4 } as const;
    // cos 0 = 1, cos 45° = √½, cos 90° = 0, cos 135° = −√½
    const root = Math.SQRT1_2;
    [0.08, 0.04 * (1 + root), 0.04, 0.04 * (1 - root)].forEach((expected, i) =>
      expect(rateOf(settings, i + 1)).toBeCloseTo(expected, 12),
    );
  });

  it('stay where nothing is said of decay', () => {
    expect(rateOf({ rate: 0.08, decay: 'none', epochs: 4 }, 4)).toBe(0.08);
  });
});
