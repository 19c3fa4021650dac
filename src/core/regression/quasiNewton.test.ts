import { describe, expect, it } from 'vitest';
import type { WeightedSamples } from '../condense/clusters.ts';
import { LabError } from '../errors.ts';
import { createGenerator } from '../random.ts';
import { crossEntropyPass } from './logistic.ts';
import { isTooWide, solveNewton } from './newton.ts';
import { solveQuasiNewton } from './quasiNewton.ts';

/** Samples of a bias and features of falling scale, whose classes overlap. */
function problem(rows: number, width: number, classes: number, seed: number): WeightedSamples {
  const generator = createGenerator(seed);
  const uniform = (): number => (generator.next() | 0) / 2 ** 31;
  const outputs = classes === 2 ? 1 : classes;
  const x = new Float64Array(rows * width);
  const y = new Float64Array(rows * outputs);
  for (let i = 0; i < rows; i++) {
    x[i * width] = 1;
    for (let j = 1; j < width; j++) x[i * width + j] = 1.7 * uniform();
    const place = classes / 2 + x[i * width + 1] + 1.5 * uniform();
    const one = Math.min(classes - 1, Math.max(0, Math.floor(place)));
    if (outputs === 1) y[i] = one;
    else y[i * outputs + one] = 1;
  }
  const weights = Float64Array.from({ length: rows }, (_, i) => 1 + (i % 3));
  return { rows, width, x, outputs, y, weights };
}

const lossAt = (samples: WeightedSamples, theta: Float64Array): number =>
  crossEntropyPass(samples, theta, new Float64Array(theta.length));

describe('the quasi-Newton method', () => {
  it.each([2, 3, 5])('comes to the optimum of Newton’s method for %d classes', async (classes) => {
    const samples = problem(300, 6, classes, classes);
    const newton = await solveNewton(samples);
    const fit = await solveQuasiNewton(samples);
    expect(fit.converged).toBe(true);
    expect(newton.converged).toBe(true);
    const [own, theirs] = [lossAt(samples, fit.theta), lossAt(samples, newton.theta)];
    expect(Math.abs(own - theirs) / theirs).toBeLessThan(1e-9);
    for (let j = 0; j < fit.theta.length; j++) expect(fit.theta[j]).toBeCloseTo(newton.theta[j], 4);
  });

  it('comes to a vanishing gradient with more coefficients than Newton’s method takes', async () => {
    const samples = problem(400, 160, 5, 11);
    expect(isTooWide(samples)).toBe(true);
    const { theta, gradientNorm, converged, steps } = await solveQuasiNewton(samples);
    const gradient = new Float64Array(theta.length);
    crossEntropyPass(samples, theta, gradient);
    const total = samples.weights.reduce((sum, weight) => sum + weight, 0);
    const norm = Math.hypot(...gradient) / total;
    // 160 features tell 400 samples apart without fail: the loss vanishes at infinity.
    expect(converged).toBe(true);
    expect(norm).toBeCloseTo(gradientNorm, 12);
    expect(norm).toBeLessThan(1e-7);
    expect(steps).toBeLessThan(1_000);
  });

  it('ends where classes are divided by a line, and on numbers too large', async () => {
    const divided: WeightedSamples = {
      ...{ rows: 4, width: 2, outputs: 1, x: Float64Array.of(1, -2, 1, -1, 1, 1, 1, 2) },
      ...{ y: Float64Array.of(0, 0, 1, 1), weights: new Float64Array(4).fill(1) },
    };
    const { theta, converged } = await solveQuasiNewton(divided);
    expect(theta.every(Number.isFinite)).toBe(true);
    expect(converged).toBe(true);
    const huge = { ...divided, x: Float64Array.of(1, NaN, 1, -1, 1, 1, 1, 2) };
    await expect(solveQuasiNewton(huge)).rejects.toMatchObject({ code: 'MODEL_OVERFLOW' });
  });

  it('counts its steps, and is cancelled within a pass', async () => {
    const samples = problem(200, 6, 2, 1);
    const done: number[] = [];
    const cancelled = solveQuasiNewton(samples, {
      due: () => true,
      beat: (progress) => {
        done.push(progress.done);
        return done.length === 5 ? Promise.reject(new LabError('CANCELLED', 'Enough.')) : Promise.resolve();
      },
    });
    await expect(cancelled).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(done.at(-1)).toBeGreaterThan(0);
  });
});
