import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WeightedSamples } from '../condense/clusters.ts';
import { createGenerator } from '../random.ts';
import { classFloor, classify, rocCurve } from './classification.ts';
import { descend, startDescent } from './gradientDescent.ts';
import { crossEntropyPass } from './logistic.ts';
import { solveNewton } from './newton.ts';

/** Samples of a bias and two features whose classes overlap. */
function problem(rows: number, classes: number, seed: number): WeightedSamples {
  const generator = createGenerator(seed);
  const uniform = (): number => (generator.next() | 0) / 2 ** 31;
  const outputs = classes === 2 ? 1 : classes;
  const x = new Float64Array(rows * 3);
  const y = new Float64Array(rows * outputs);
  const weights = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    const a = uniform() * 1.7;
    const b = uniform() * 1.7;
    x.set([1, a, b], i * 3);
    const one = Math.min(classes - 1, Math.max(0, Math.floor(classes / 2 + a - 0.5 * b + uniform())));
    if (outputs === 1) y[i] = one;
    else y[i * outputs + one] = 1;
    weights[i] = 1 + (i % 3);
  }
  return { rows, width: 3, x, outputs, y, weights };
}

/**
 * The optimum of a two-class problem by Newton's method, written down as in the textbook: no code shared with what is
 * tested, a system of three unknowns by Cramer's rule.
 */
function referenceOptimum({ rows, x, y, weights }: WeightedSamples): number[] {
  let theta = [0, 0, 0];
  for (let step = 0; step < 40; step++) {
    const g = [0, 0, 0];
    const h = [0, 0, 0, 0, 0, 0, 0, 0, 0];
    for (let i = 0; i < rows; i++) {
      const xi = [x[3 * i], x[3 * i + 1], x[3 * i + 2]];
      const p = 1 / (1 + Math.exp(-(xi[0] * theta[0] + xi[1] * theta[1] + xi[2] * theta[2])));
      for (let j = 0; j < 3; j++) {
        g[j] += weights[i] * (p - y[i]) * xi[j];
        for (let k = 0; k < 3; k++) h[3 * j + k] += weights[i] * p * (1 - p) * xi[j] * xi[k];
      }
    }
    const det = (m: number[]): number =>
      m[0] * (m[4] * m[8] - m[5] * m[7]) -
      m[1] * (m[3] * m[8] - m[5] * m[6]) +
      m[2] * (m[3] * m[7] - m[4] * m[6]);
    const whole = det(h);
    theta = theta.map((value, j) => {
      const replaced = h.map((entry, at) => (at % 3 === j ? g[Math.floor(at / 3)] : entry));
      return value - det(replaced) / whole;
    });
  }
  return theta;
}

const close = (a: ArrayLike<number>, b: ArrayLike<number>, digits: number): void => {
  expect(a.length).toBe(b.length);
  for (let j = 0; j < a.length; j++) expect(a[j]).toBeCloseTo(b[j], digits);
};

/** θ after so many iterations that nothing changes any more: past where the stop rule would end it. */
function descended(samples: WeightedSamples): Float64Array {
  const progress = startDescent(samples);
  for (let k = 0; k < 100; k++) {
    Object.assign(progress, { stop: 'running', windowLoss: Infinity, windowIteration: progress.iteration });
    descend('classification', samples, progress, 1, 1e9, 100);
  }
  return progress.theta;
}

describe('logistic regression', () => {
  it('comes by gradient descent to the optimum of a reference Newton method', () => {
    for (const [rows, seed] of [
      [40, 1],
      [41, 2],
      [300, 3],
    ]) {
      const samples = problem(rows, 2, seed);
      close(descended(samples), referenceOptimum(samples), 4);
    }
  });

  it('comes by its own Newton method to the same optimum', async () => {
    for (const seed of [1, 2, 3]) {
      const samples = problem(120, 2, seed);
      const { theta, ridge, steps } = await solveNewton(samples);
      close(theta, referenceOptimum(samples), 8);
      expect(ridge).toBe(0);
      expect(steps).toBeLessThan(15);
    }
  });

  it('has a gradient that is the slope of its loss, for any number of classes', () => {
    for (const classes of [2, 3, 5]) {
      const samples = problem(23, classes, classes);
      const size = 3 * samples.outputs;
      fc.assert(
        fc.property(
          fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: size, maxLength: size }),
          (values) => {
            const theta = Float64Array.from(values);
            const gradient = new Float64Array(size);
            const unused = new Float64Array(size);
            crossEntropyPass(samples, theta, gradient);
            for (let j = 0; j < size; j++) {
              const at = (step: number): number => {
                const moved = theta.slice();
                moved[j] += step;
                return crossEntropyPass(samples, moved, unused);
              };
              expect(gradient[j]).toBeCloseTo((at(1e-4) - at(-1e-4)) / 2e-4, 4);
            }
          },
        ),
        { numRuns: 20 },
      );
    }
  });

  it('of several classes comes by both methods to the same probabilities', async () => {
    const samples = problem(200, 4, 7);
    const descent = descended(samples);
    const { theta } = await solveNewton(samples);
    const loss = (coefficients: Float64Array): number =>
      crossEntropyPass(samples, coefficients, new Float64Array(coefficients.length));
    expect(loss(descent)).toBeCloseTo(loss(theta), 3);
    expect(loss(theta)).toBeLessThanOrEqual(loss(descent) + 1e-9);
  });

  it('of a mean target is that of its members', () => {
    // Three records at the same x, two of them positive, and one sample of weight 3 and target 2/3.
    const members: WeightedSamples = {
      ...{ rows: 3, width: 2, outputs: 1, x: Float64Array.of(1, 0.3, 1, 0.3, 1, 0.3) },
      ...{ y: Float64Array.of(1, 0, 1), weights: Float64Array.of(1, 1, 1) },
    };
    const mean: WeightedSamples = {
      ...{ rows: 1, width: 2, outputs: 1, x: Float64Array.of(1, 0.3) },
      ...{ y: Float64Array.of(2 / 3), weights: Float64Array.of(3) },
    };
    const theta = Float64Array.of(0.4, -1.3);
    const [a, b] = [new Float64Array(2), new Float64Array(2)];
    expect(crossEntropyPass(members, theta, a)).toBeCloseTo(crossEntropyPass(mean, theta, b), 12);
    close(a, b, 12);
  });

  it('survives outputs that no exponential can hold, and classes that a line divides', async () => {
    const samples = problem(10, 2, 5);
    const gradient = new Float64Array(3);
    expect(crossEntropyPass(samples, Float64Array.of(1e4, -2e4, 1e4), gradient)).toBeLessThan(Infinity);
    expect(gradient.every(Number.isFinite)).toBe(true);
    const divided: WeightedSamples = {
      ...{ rows: 4, width: 2, outputs: 1, x: Float64Array.of(1, -2, 1, -1, 1, 1, 1, 2) },
      ...{ y: Float64Array.of(0, 0, 1, 1), weights: new Float64Array(4).fill(1) },
    };
    const { theta } = await solveNewton(divided);
    expect(theta.every(Number.isFinite)).toBe(true);
    expect(classify(divided, theta, true).metrics.accuracy).toBe(1);
  });
});

describe('the worth of a classifier', () => {
  /** Ten records of which three are positive; the second feature is the score. */
  const matrix = {
    ...{ rows: 5, width: 2, outputs: 1 },
    x: Float64Array.of(1, -2, 1, -1, 1, 0.5, 1, 1, 1, 3),
    y: Float64Array.of(0, 1, 0, 1, 1),
  };

  it('is as worked out by hand', () => {
    const { metrics, confusion, roc } = classify(matrix, Float64Array.of(0, 1), true);
    // Predicted 0 0 1 1 1 against 0 1 0 1 1.
    expect([...confusion]).toEqual([1, 1, 1, 2]);
    expect(metrics.accuracy).toBeCloseTo(3 / 5, 12);
    expect(metrics.balancedAccuracy).toBeCloseTo((1 / 2 + 2 / 3) / 2, 12);
    // Of 2 × 3 pairs of a negative and a positive, −2 lies below all three, 0.5 below two.
    expect(metrics.rocArea).toBeCloseTo(5 / 6, 12);
    const terms = [2, -1, -0.5, 1, 3].map((z) => Math.log1p(Math.exp(-z)));
    expect(metrics.logLoss).toBeCloseTo(terms.reduce((sum, one) => sum + one, 0) / 5, 12);
    expect([roc?.falsePositiveRate[0], roc?.truePositiveRate.at(-1)]).toEqual([0, 1]);
  });

  it('counts ties of the ROC curve half', () => {
    const even = rocCurve(Float64Array.of(1, 1, 1, 1), Uint8Array.of(0, 1, 0, 1));
    expect(even?.area).toBe(0.5);
    expect(rocCurve(Float64Array.of(1, 2), Uint8Array.of(1, 1))).toBeNull();
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(6), fc.boolean()), { minLength: 2, maxLength: 40 }), (records) => {
        const scores = Float64Array.from(records, ([score]) => score);
        const positive = Uint8Array.from(records, ([, is]) => (is ? 1 : 0));
        let above = 0;
        let pairs = 0;
        records.forEach(([a, isA]) =>
          records.forEach(([b, isB]) => {
            if (!isA || isB) return;
            pairs++;
            above += a > b ? 1 : a === b ? 0.5 : 0;
          }),
        );
        const made = rocCurve(scores, positive);
        if (pairs === 0) expect(made).toBeNull();
        else expect(made?.area).toBeCloseTo(above / pairs, 12);
      }),
    );
  });

  it('has the larger class as its floor', () => {
    const train = { ...matrix, rows: 3, y: Float64Array.of(0, 0, 1) };
    const floor = classFloor(train, matrix);
    expect(floor.accuracy).toBeCloseTo(2 / 5, 12);
    expect(floor.balancedAccuracy).toBe(1 / 2);
    expect(floor.logLoss).toBeCloseTo(-(2 * Math.log(2 / 3) + 3 * Math.log(1 / 3)) / 5, 12);
  });
});
