/** Counts that are known from elsewhere, sizes that fit and do not, and initial weights. */
import { describe, expect, it } from 'vitest';
import { type LabError } from '../errors.ts';
import { initialWeights } from './initialWeights.ts';
import { NETWORK_WIDTHS, type NetworkDesign } from './network.ts';
import { planNetwork, planSteps } from './plan.ts';
import { NETWORKS } from './registry.ts';
import { sizeOf, walkLayers, weightSpecs } from './walk.ts';

const DIGITS = { width: 28, height: 28, channels: 1 };
const COLOUR = { width: 32, height: 32, channels: 3 };

function codeOf(work: () => unknown): string {
  try {
    work();
  } catch (thrown) {
    return (thrown as LabError).code;
  }
  return 'none';
}

describe('parameters', () => {
  it('are those of the literature', () => {
    expect(planNetwork('lenet5', DIGITS, 10, 8).parameters).toBe(61_706);
    expect(planNetwork('resnet18', COLOUR, 10, 64).parameters).toBe(11_173_962);
    // 100 classes: 90 more columns of 512 weights and a bias.
    expect(planNetwork('resnet18', COLOUR, 100, 64).parameters).toBe(11_173_962 + 90 * 513);
    expect(planNetwork('softmax', DIGITS, 10, 8).parameters).toBe(7_850);
  });

  it('fall with the square of the width', () => {
    // Squares of the width: 4 × 9 in the first stage, then 18 + 3 × 36 + 2, four and sixteen times as many.
    const squares = 36 + 128 * (1 + 4 + 16);
    // Gamma and beta: 27 + 2 in the stem, 4 × 2, then (4 + 1) × 4 and twice, four times as many; 80 in the last layer.
    const linear = 29 + 8 + 20 * (1 + 2 + 4) + 80;
    for (const width of NETWORK_WIDTHS) {
      expect(planNetwork('resnet18', COLOUR, 10, width).parameters).toBe(
        squares * width ** 2 + linear * width + 10,
      );
    }
  });

  it('come with multiplications worked by hand for LeNet5', () => {
    // 28² × 6 × 25, 10² × 16 × 150, 400 × 120, 120 × 84, 84 × 10
    expect(planNetwork('lenet5', DIGITS, 10, 8).multiplyAdds).toBe(117_600 + 240_000 + 48_000 + 10_080 + 840);
  });

  it('do not depend on the size of the pictures where an average ends the network', () => {
    const small = planNetwork('resnet18', { width: 16, height: 16, channels: 3 }, 10, 8);
    const odd = planNetwork('resnet18', { width: 31, height: 29, channels: 3 }, 10, 8);
    expect(odd.parameters).toBe(small.parameters);
    expect(odd.multiplyAdds).toBeGreaterThan(small.multiplyAdds);
  });
});

describe('planning', () => {
  it('keeps the width only of networks that have one', () => {
    expect(planNetwork('lenet5', DIGITS, 10, 64).width).toBeNull();
    expect(planNetwork('resnet18', COLOUR, 10, 16).width).toBe(16);
  });

  it('gives every layer and weight a name of its own, and logits of the classes', () => {
    for (const { name } of NETWORKS.all) {
      const plan = planNetwork(name, COLOUR, 7, 8);
      const steps = planSteps(plan);
      expect(steps[steps.length - 1].output).toEqual([7]);
      const names = weightSpecs(steps).map((spec) => spec.name);
      expect(new Set(names).size).toBe(names.length);
    }
  });

  it('follows shapes through odd sizes', () => {
    const plan = planNetwork('lenet5', { width: 31, height: 29, channels: 3 }, 10, 8);
    // 29 × 31 → 14 × 15 → 10 × 11 → 5 × 5, of 16 channels
    expect(planSteps(plan)[4].output).toEqual([5 * 5 * 16]);
    const stages = planSteps(planNetwork('resnet18', { width: 31, height: 29, channels: 3 }, 10, 8))
      .filter(({ layer }) => layer.kind === 'residual')
      .map(({ output }) => output);
    expect(stages).toEqual([
      [29, 31, 8],
      [29, 31, 8],
      [15, 16, 16],
      [15, 16, 16],
      [8, 8, 32],
      [8, 8, 32],
      [4, 4, 64],
      [4, 4, 64],
    ]);
  });

  it('refuses pictures that are too small, and says what is not', () => {
    expect(() => planNetwork('lenet5', { width: 40, height: 11, channels: 1 }, 10, 8)).toThrow(
      'LeNet5 cannot take pictures of 40 × 11 pixels: it needs 12 × 12 at least.',
    );
    expect(codeOf(() => planNetwork('lenet5', { width: 11, height: 11, channels: 1 }, 10, 8))).toBe(
      'NETWORK_PICTURES_TOO_SMALL',
    );
    expect(planNetwork('lenet5', { width: 12, height: 12, channels: 1 }, 10, 8).parameters).toBeGreaterThan(
      0,
    );
    expect(planNetwork('resnet18', { width: 1, height: 1, channels: 1 }, 2, 8).parameters).toBeGreaterThan(0);
  });

  it('refuses what is no network, no size, no width, and more weights than any worker holds', () => {
    expect(codeOf(() => planNetwork('vgg', DIGITS, 10, 8))).toBe('NETWORK_UNKNOWN');
    expect(codeOf(() => planNetwork('__proto__', DIGITS, 10, 8))).toBe('NETWORK_UNKNOWN');
    expect(codeOf(() => NETWORKS.byName('constructor'))).toBe('NETWORK_UNKNOWN');
    expect(codeOf(() => planNetwork('lenet5', { ...DIGITS, width: 1.5 }, 10, 8))).toBe(
      'SETTING_OUT_OF_RANGE',
    );
    expect(codeOf(() => planNetwork('lenet5', DIGITS, 1, 8))).toBe('SETTING_OUT_OF_RANGE');
    expect(codeOf(() => planNetwork('resnet18', COLOUR, 10, 7 as 8))).toBe('SETTING_OUT_OF_RANGE');
    expect(codeOf(() => planNetwork('lenet5', { width: 4096, height: 4096, channels: 3 }, 10, 8))).toBe(
      'TRAINING_OUT_OF_MEMORY',
    );
  });

  it('refuses a sum of unlike shapes', () => {
    const [body] = NETWORKS.byName('softmax').layers(DIGITS, 4, 8);
    const layers: ReturnType<NetworkDesign['layers']> = [
      { kind: 'residual', name: 'sum', body: [body], shortcut: [] },
    ];
    expect(() => walkLayers(layers, [2, 2, 1])).toThrow('sum adds 4 to 2 × 2 × 1');
  });
});

describe('initial weights', () => {
  const plan = planNetwork('resnet18', { width: 8, height: 8, channels: 3 }, 10, 8);
  const weights = initialWeights(plan, 1);

  it('are those that the layers need', () => {
    const specs = weightSpecs(planSteps(plan));
    expect(weights.map(({ name, shape, trainable }) => ({ name, shape, trainable }))).toEqual(
      specs.map(({ name, shape, trainable }) => ({ name, shape, trainable })),
    );
    for (const { values, shape } of weights) expect(values.length).toBe(sizeOf(shape));
    const trainable = weights.filter((weight) => weight.trainable);
    expect(trainable.reduce((sum, { values }) => sum + values.length, 0)).toBe(plan.parameters);
  });

  it('are the same for the same seed and others for another', () => {
    const again = initialWeights(plan, 1);
    expect(again.map(({ values }) => values.join())).toEqual(weights.map(({ values }) => values.join()));
    const other = initialWeights(plan, 2);
    expect(other[0].values.join()).not.toBe(weights[0].values.join());
  });

  it('do not depend on the other weights', () => {
    const wide = planNetwork('resnet18', { width: 8, height: 8, channels: 3 }, 3, 8);
    const same = initialWeights(wide, 1);
    expect(same[0]).toEqual(weights[0]);
    // Kernels of equal shape still differ from each other.
    const kernels = weights.filter(({ shape }) => shape.join() === '3,3,8,8');
    expect(kernels.length).toBe(4);
    expect(kernels[0].values).not.toEqual(kernels[1].values);
  });

  it('have the spread of He and others, and the tails of a normal distribution', () => {
    const kernel = weights.find(({ name }) => name === 'stage4_block2_conv2/kernel');
    const { values, shape } = kernel!;
    const deviation = Math.sqrt(2 / (9 * shape[2]));
    let sum = 0;
    let squares = 0;
    let beyondTwo = 0;
    for (const value of values) {
      sum += value / deviation;
      squares += (value / deviation) ** 2;
      if (Math.abs(value) > 2 * deviation) beyondTwo++;
    }
    expect(Math.abs(sum / values.length)).toBeLessThan(4 / Math.sqrt(values.length));
    expect(squares / values.length).toBeCloseTo(1, 1);
    // 4.55 % of a normal distribution lie beyond two deviations.
    expect(beyondTwo / values.length).toBeGreaterThan(0.043);
    expect(beyondTwo / values.length).toBeLessThan(0.048);
  });

  it('are uniform up to the bound of their layer where nothing normalises', () => {
    for (const { name, values } of initialWeights(planNetwork('lenet5', DIGITS, 10, 8), 3)) {
      const [layer, role] = name.split('/');
      if (role !== 'kernel') continue;
      const fans = { conv1: 25 + 150, conv2: 150 + 400, dense1: 520, dense2: 204, logits: 94 }[layer]!;
      const bound = Math.sqrt(6 / fans);
      const most = values.reduce((greatest, value) => Math.max(greatest, Math.abs(value)), 0);
      expect(most, name).toBeLessThanOrEqual(bound);
      expect(most, name).toBeGreaterThan(0.7 * bound);
      if (values.length < 1000) continue;
      // The variance of a uniform distribution is a third of its bound squared.
      const variance = values.reduce((sum, value) => sum + value * value, 0) / values.length;
      expect(variance / bound ** 2, name).toBeCloseTo(1 / 3, 1);
    }
  });

  it('are ones and zeros where nothing is random', () => {
    for (const { name, values } of weights) {
      const role = name.split('/')[1];
      if (role === 'gamma' || role === 'variance') expect(values.every((value) => value === 1)).toBe(true);
      if (role === 'beta' || role === 'mean' || role === 'bias')
        expect(values.every((value) => value === 0)).toBe(true);
    }
  });

  it('begin with these numbers, so that a run can be repeated years later', () => {
    const first = initialWeights(planNetwork('lenet5', DIGITS, 10, 8), 1)[0];
    expect(first.name).toBe('conv1/kernel');
    expect(Array.from(first.values.subarray(0, 3))).toMatchInlineSnapshot(`
      [
        0.09873368591070175,
        -0.08081860840320587,
        -0.16671864688396454,
      ]
    `);
    const normal = initialWeights(planNetwork('resnet18', COLOUR, 10, 8), 1)[0];
    expect(normal.name).toBe('stem/kernel');
    expect(Array.from(normal.values.subarray(0, 3))).toMatchInlineSnapshot(`
      [
        -0.21137036383152008,
        0.3521598279476166,
        0.09996183961629868,
      ]
    `);
  });

  it('refuse a seed that is none', () => {
    expect(codeOf(() => initialWeights(plan, -1))).toBe('SETTING_OUT_OF_RANGE');
  });
});
