import { expect, it } from 'vitest';
import type { WeightedSamples } from '../condense/clusters.ts';
import { createGenerator } from '../random.ts';
import { solveClosedForm } from './closedForm.ts';
import { descend, startDescent } from './gradientDescent.ts';
import { largestCurvature, miniBatchStepSize, stepSize } from './stepSize.ts';

/** A bias and two features of correlation r, whose second moments are [[1, 0, 0], [0, 1, r], [0, r, 1]] exactly. */
function correlated(r: number): WeightedSamples {
  const s = Math.sqrt(1 - r * r);
  const x: number[] = [];
  for (const [a, b] of [
    [1, 1],
    [1, -1],
    [-1, 1],
    [-1, -1],
  ])
    x.push(1, a, r * a + s * b);
  return {
    ...{ rows: 4, width: 3, outputs: 1, x: Float64Array.from(x) },
    ...{ y: Float64Array.of(3, -1, 2, 0), weights: new Float64Array(4).fill(5) },
  };
}

it('finds the largest eigenvalue of the second moments, whatever the weights add up to', async () => {
  for (const r of [0, 0.3, -0.6, 0.95]) {
    expect(await largestCurvature(correlated(r))).toBeCloseTo(1 + Math.abs(r), 3);
  }
  const wide: WeightedSamples = {
    ...{ rows: 2, width: 3, outputs: 1, x: Float64Array.of(1, 2, 0, 1, 0, 0) },
    ...{ y: Float64Array.of(0, 1), weights: Float64Array.of(3, 1) },
  };
  // (3 · [1 2]ᵀ[1 2] + [1 0]ᵀ[1 0]) / 4 = [[1, 1.5], [1.5, 3]]
  expect(await largestCurvature(wide)).toBeCloseTo(2 + Math.sqrt(3.25), 3);
  expect(await largestCurvature({ ...wide, x: new Float64Array(6) })).toBe(0);
});

it('is a step of 1 / L, four times as long for two classes, twice as long for more, or the one that is given', async () => {
  const samples = correlated(0.6);
  expect(await stepSize('auto', 'regression', samples)).toBeCloseTo(1 / 1.6, 3);
  expect(await stepSize('auto', 'classification', samples)).toBeCloseTo(4 / 1.6, 3);
  expect(await stepSize('auto', 'classification', { ...samples, outputs: 3 })).toBeCloseTo(2 / 1.6, 3);
  expect(await stepSize(0.001, 'regression', samples)).toBe(0.001);
});

it('brings a descent to the closed form where 0.001 would not come in the usual number of iterations', async () => {
  const generator = createGenerator(5);
  const uniform = (): number => (generator.next() | 0) / 2 ** 31;
  const rows = 60;
  const x = new Float64Array(rows * 3);
  const y = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    const a = 1.7 * uniform();
    x.set([1, a, 0.9 * a + 0.2 * uniform()], i * 3);
    y[i] = 2 + a - 3 * x[i * 3 + 2] + uniform();
  }
  const samples = { rows, width: 3, outputs: 1, x, y, weights: new Float64Array(rows).fill(1) };
  const { theta } = await solveClosedForm(samples);
  const away = (rate: number): number => {
    const progress = startDescent(samples);
    descend('regression', samples, progress, rate, 10_000, Infinity);
    return Math.hypot(...progress.theta.map((value, j) => value - theta[j]));
  };
  expect(away(await stepSize('auto', 'regression', samples))).toBeLessThan(0.1);
  expect(away(0.001)).toBeGreaterThan(1);
});

it('of mini-batches lies between that of the steepest record and that of all, and is the one that is given', () => {
  // Four records, one of which is ten times as long.
  const samples = { rows: 4, width: 1, outputs: 1, x: Float64Array.of(1, 10, 1, 1) };
  const ofAll = 4 / 103;
  const of = (size: number) => miniBatchStepSize('auto', 'regression', samples, size, ofAll);
  expect(of(1)).toBeCloseTo(1 / 100, 12);
  expect(of(4)).toBe(ofAll);
  expect(of(9)).toBe(ofAll);
  expect(of(2)).toBeGreaterThan(of(1));
  expect(of(3)).toBeGreaterThan(of(2));
  expect(of(3)).toBeLessThan(ofAll);
  expect(miniBatchStepSize('auto', 'classification', samples, 1, 4 * ofAll)).toBeCloseTo(4 / 100, 12);
  expect(miniBatchStepSize(0.5, 'regression', samples, 1, 0.5)).toBe(0.5);
});
