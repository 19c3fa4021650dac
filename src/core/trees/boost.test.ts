import { describe, expect, it } from 'vitest';
import type { WeightedSamples } from '../condense/clusters.ts';
import { LabError } from '../errors.ts';
import { createGenerator, permutation } from '../random.ts';
import { codeOf } from '../testing/codeOf.ts';
import type { TargetTask } from '../regression/targets.ts';
import { boost, predictTrees, type BoostRules } from './boost.ts';

const RULES: BoostRules = { rounds: 20, rate: 0.1, leaves: 6, minWeight: 5, l2: 1.5 };

/** Samples of features and one number, with a bias in front. */
function samplesOf(features: number[][], y: number[], weights: number[] = y.map(() => 1)): WeightedSamples {
  return {
    rows: y.length,
    width: features[0].length + 1,
    x: Float64Array.from(features.flatMap((row) => [1, ...row])),
    outputs: 1,
    y: Float64Array.from(y),
    weights: Float64Array.from(weights),
  };
}

/** The 120 samples that the reference was computed on. */
function reference(): { samples: WeightedSamples; target: number[] } {
  const features = Array.from({ length: 120 }, (_, i) => [(i * 7) % 13, (i * 11) % 17, (i * 5) % 29]);
  const target = features.map(([a, b, c], i) => (a * b) / 20 + (c > 14 ? 3 : 0) + ((i * 13) % 7) / 7);
  return {
    samples: samplesOf(
      features,
      target,
      target.map((_, i) => 1 + (i % 3)),
    ),
    target,
  };
}

const oneHot = (classes: number[], count: number): Float64Array =>
  Float64Array.from(classes.flatMap((one) => Array.from({ length: count }, (_, k) => (k === one ? 1 : 0))));

/** Mean loss of the samples themselves before the first and after every round. */
const lossesOf = async (task: TargetTask, samples: WeightedSamples, rules: BoostRules): Promise<number[]> =>
  (await boost(task, samples, rules, undefined, { samples, patience: rules.rounds })).watched;

/** A few predictions, to as many digits as LightGBM's single precision gives. */
function close(predictions: Float64Array, expected: Record<number, number>): void {
  for (const [at, value] of Object.entries(expected)) expect(predictions[Number(at)]).toBeCloseTo(value, 6);
}

describe('boosted trees', () => {
  it('divide once where that gains most, and step by the formula', async () => {
    // By hand: mean 3, gradients 2 2 −1 −3. Behind the second, G = ±4 and H = 2: gain 2 · 16 / (2 + 1) − 0.
    const samples = samplesOf([[1], [2], [3], [4]], [1, 1, 4, 6]);
    const rules = { rounds: 2, rate: 0.5, leaves: 2, minWeight: 1, l2: 1 };
    const { model } = await boost('regression', samples, rules);
    const losses = await lossesOf('regression', samples, rules);
    expect([...model.start]).toEqual([3]);
    const [[first], [second]] = model.rounds;
    expect([...first.thresholds]).toEqual([2.5]);
    expect(first.values[0]).toBeCloseTo((-0.5 * 4) / 3, 12);
    expect(first.values[1]).toBeCloseTo((0.5 * 4) / 3, 12);
    // Then gradients 4/3 4/3 −1/3 −7/3: 2 · (8/3)² / 3 gains more than three against one, (7/3)² / 2 + (7/3)² / 4.
    expect([...second.thresholds]).toEqual([2.5]);
    expect(second.values[0]).toBeCloseTo((-0.5 * (8 / 3)) / 3, 12);
    const left = 3 - 2 / 3 - 4 / 9;
    const right = 3 + 2 / 3 + 4 / 9;
    const squared = 2 * (left - 1) ** 2 + (right - 4) ** 2 + (right - 6) ** 2;
    expect(losses[2]).toBeCloseTo(squared / 4, 12);
    close(predictTrees(model, samples), { 0: left, 3: right });
  });

  // LightGBM 4.7.0: learning_rate 0.1, num_leaves 6, lambda_l2 1.5, min_data_in_bin 1, min_data_in_leaf 1,
  // min_sum_hessian_in_leaf 5 for the regression and 0.001 for classes.
  it('predict what LightGBM predicts of a number', async () => {
    const { samples } = reference();
    const { model } = await boost('regression', samples, RULES);
    expect((await lossesOf('regression', samples, RULES))[20]).toBeCloseTo(0.5639905249992266, 6);
    close(predictTrees(model, samples), {
      0: 1.4547672619519738,
      1: 4.572462588267475,
      50: 6.4932916603541555,
      119: 3.5220214246730226,
    });
  });

  it('predict what LightGBM predicts of two classes', async () => {
    const { samples, target } = reference();
    const y = Float64Array.from(target, (value) => (value > 5 ? 1 : 0));
    const classes = { ...samples, y };
    const rules = { ...RULES, minWeight: 1e-9 };
    const { model } = await boost('classification', classes, rules);
    expect((await lossesOf('classification', classes, rules))[20]).toBeCloseTo(0.172845399479198, 6);
    close(predictTrees(model, samples), {
      0: 0.07005312888988532,
      1: 0.2502438327717649,
      50: 0.8881140498472085,
      119: 0.07718472694747264,
    });
  });

  it('predict what LightGBM predicts of three classes', async () => {
    const { samples, target } = reference();
    const classes = target.map((value) => (value >= 7 ? 2 : value >= 4 ? 1 : 0));
    const { model } = await boost(
      'classification',
      { ...samples, outputs: 3, y: oneHot(classes, 3) },
      { ...RULES, rounds: 3, minWeight: 1e-9 },
    );
    close(predictTrees(model, samples), {
      0: 0.6501869726478079,
      1: 0.2371591933851421,
      2: 0.11265383396705007,
      150: 0.3856348686002659,
      151: 0.3433299178839362,
      152: 0.271035213515798,
    });
  });

  it('take a weight of 2 for a sample that is there twice', async () => {
    const { samples } = reference();
    const { rows, width, x, y, weights } = samples;
    const twice = Array.from({ length: rows }, (_, i) => i).flatMap((i) => Array<number>(weights[i]).fill(i));
    const repeated = samplesOf(
      twice.map((i) => [...x.subarray(i * width + 1, (i + 1) * width)]),
      twice.map((i) => y[i]),
    );
    const weighted = predictTrees((await boost('regression', samples, RULES)).model, samples);
    const listed = predictTrees((await boost('regression', repeated, RULES)).model, samples);
    for (let i = 0; i < rows; i++) expect(weighted[i]).toBeCloseTo(listed[i], 9);
  });

  it('do not depend on the order of the samples', async () => {
    const { samples } = reference();
    const { width, x, y, weights } = samples;
    const order = [...permutation(samples.rows, createGenerator(3))];
    const shuffled = samplesOf(
      order.map((i) => [...x.subarray(i * width + 1, (i + 1) * width)]),
      order.map((i) => y[i]),
      order.map((i) => weights[i]),
    );
    const one = predictTrees((await boost('regression', samples, RULES)).model, samples);
    const other = predictTrees((await boost('regression', shuffled, RULES)).model, samples);
    for (let i = 0; i < samples.rows; i++) expect(one[i]).toBeCloseTo(other[i], 9);
  });

  it('lower the loss of what they learn from in every round, of shares of classes as well', async () => {
    const { samples, target } = reference();
    const share = Float64Array.from(target, (value) => Math.min(1, value / 12));
    const shares = Float64Array.from([...share].flatMap((p) => [p / 2, p / 2, 1 - p]));
    const rules = { ...RULES, rounds: 60 };
    for (const losses of [
      await lossesOf('regression', samples, rules),
      await lossesOf('classification', { ...samples, y: share }, rules),
      await lossesOf('classification', { ...samples, outputs: 3, y: shares }, rules),
    ]) {
      expect(losses.length).toBe(61);
      for (let k = 1; k < losses.length; k++) expect(losses[k]).toBeLessThanOrEqual(losses[k - 1]);
      expect(losses[60]).toBeLessThan(losses[0]);
    }
  });

  it('learn a step, and what only two features together tell', async () => {
    const grid = Array.from({ length: 400 }, (_, i) => [
      (i % 20) / 10 - 0.95,
      Math.floor(i / 20) / 10 - 0.95,
    ]);
    const rules = { rounds: 60, rate: 0.3, leaves: 4, minWeight: 1, l2: 0 };
    const step = samplesOf(
      grid,
      grid.map(([a]) => (a > 0.3 ? 5 : -2)),
    );
    expect((await lossesOf('regression', step, rules))[60]).toBeLessThan(1e-6);
    // The corners are not the same size: something has to tell where to divide first.
    const xor = samplesOf(
      grid,
      grid.map(([a, b]) => (a > 0.2 !== b > 0.1 ? 1 : 0)),
    );
    expect((await lossesOf('classification', xor, rules))[60]).toBeLessThan(0.01);
  });

  it('stay at the mean where a target or the features do not vary', async () => {
    const flat = await boost('regression', samplesOf([[1], [2], [3]], [4, 4, 4]), RULES);
    expect([...predictTrees(flat.model, samplesOf([[9]], [0]))]).toEqual([4]);
    const blind = await boost('regression', samplesOf([[1], [1], [1]], [3, 4, 5]), {
      ...RULES,
      minWeight: 1,
    });
    expect([...predictTrees(blind.model, samplesOf([[9]], [0]))]).toEqual([4]);
  });

  it('stop when what is watched gets no better', async () => {
    const { samples } = reference();
    const opposite = { ...samples, y: samples.y.map((value) => 8 - value) };
    const watch = { samples: opposite, patience: 3 };
    const { model, watched } = await boost('regression', samples, RULES, undefined, watch);
    expect(model.rounds.length).toBe(watched.indexOf(Math.min(...watched)));
    expect(watched.length).toBe(model.rounds.length + 4);
  });

  it('end when they are cancelled', async () => {
    const { samples } = reference();
    const pulse = {
      due: () => true,
      beat: () => Promise.reject(new LabError('CANCELLED', 'It was cancelled.')),
    };
    expect(await codeOf(boost('regression', samples, RULES, pulse))).toBe('CANCELLED');
  });
});
