import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WeightedSamples } from '../condense/clusters.ts';
import { createGenerator } from '../random.ts';
import { solveClosedForm } from './closedForm.ts';
import { descend, startDescent, STOP_WINDOW, type DescentProgress } from './gradientDescent.ts';
import { coefficientOfDetermination, floorError, meanSquaredError } from './metrics.ts';

/** Rows of [bias, features…, y] as samples; weights 1 unless given. */
function samplesOf(rows: readonly (readonly number[])[], weights?: readonly number[]): WeightedSamples {
  const width = rows[0].length - 1;
  return {
    rows: rows.length,
    width,
    x: Float64Array.from(rows.flatMap((row) => row.slice(0, width))),
    outputs: 1,
    y: Float64Array.from(rows, (row) => row[width]),
    weights: Float64Array.from(rows, (_, i) => weights?.[i] ?? 1),
  };
}

/** A well-conditioned problem: y = 2 + 3a − b + noise. */
function problem(rows: number, seed = 1): number[][] {
  const generator = createGenerator(seed);
  const uniform = (): number => (generator.next() | 0) / 2 ** 31;
  return Array.from({ length: rows }, () => {
    const a = uniform() * 1.7;
    const b = uniform() * 1.7;
    return [1, a, b, 2 + 3 * a - b + 0.1 * uniform()];
  });
}

function run(samples: WeightedSamples, rate: number, limit: number, pieces: number[] = []): DescentProgress {
  let progress = startDescent(samples);
  for (const budget of [...pieces, Infinity]) {
    // As it goes over a worker's boundary and back.
    progress = structuredClone(progress);
    descend('regression', samples, progress, rate, limit, budget);
  }
  return progress;
}

const close = (a: Float64Array, b: Float64Array, digits: number): void => {
  expect(a.length).toBe(b.length);
  a.forEach((value, j) => expect(value).toBeCloseTo(b[j], digits));
};

describe('the closed form', () => {
  it('solves a hand-made system: a line through (0,1), (1,3), (2,5)', async () => {
    const { theta, ridge } = await solveClosedForm(
      samplesOf([
        [1, 0, 1],
        [1, 1, 3],
        [1, 2, 5],
      ]),
    );
    close(theta, Float64Array.of(1, 2), 12);
    expect(ridge).toBe(0);
  });

  it('weights rows as if they stood there as often', async () => {
    // Least squares through (0,0) three times and (0,4) once is the mean 1.
    close(
      (
        await solveClosedForm(
          samplesOf(
            [
              [1, 0],
              [1, 4],
            ],
            [3, 1],
          ),
        )
      ).theta,
      Float64Array.of(1),
      12,
    );
    const weights = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 12, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(weights, fc.nat(1000), async (counts, seed) => {
        const rows = problem(12, seed);
        const replicated = rows.flatMap((row, i) => Array.from({ length: counts[i] }, () => row));
        close(
          (await solveClosedForm(samplesOf(rows, counts))).theta,
          (await solveClosedForm(samplesOf(replicated))).theta,
          9,
        );
      }),
      { numRuns: 30 },
    );
  });

  it('falls back to a stated ridge when one-hot columns and the bias say the same', async () => {
    const rows = [
      [1, 1, 0, 5],
      [1, 1, 0, 7],
      [1, 0, 1, 1],
      [1, 0, 1, 3],
    ];
    const { theta, ridge } = await solveClosedForm(samplesOf(rows));
    // 10^-6 of the mean diagonal entry (4 + 2 + 2) / 3.
    expect(ridge).toBeCloseTo((1e-6 * 8) / 3, 12);
    expect(theta.every(Number.isFinite)).toBe(true);
    expect(theta[0] + theta[1]).toBeCloseTo(6, 4);
    expect(theta[0] + theta[2]).toBeCloseTo(2, 4);
  });

  it('survives columns of zeros and fewer rows than columns', async () => {
    for (const rows of [
      [
        [1, 0, 3],
        [1, 0, 5],
      ],
      [[1, 2, 3, 4, 10]],
    ]) {
      const { theta, ridge } = await solveClosedForm(samplesOf(rows));
      expect(theta.every(Number.isFinite)).toBe(true);
      expect(ridge).toBeGreaterThan(0);
    }
  });
});

describe('gradient descent', () => {
  it('takes the step of Equation 5', () => {
    // θ = 0, α = 0.1: residuals −2 and −6 with weights 3 and 1, n = 4; gradient: 3·(−2)·(1, 1) + 1·(−6)·(1, −1) = (−12, 0).
    const samples = samplesOf(
      [
        [1, 1, 2],
        [1, -1, 6],
      ],
      [3, 1],
    );
    const progress = startDescent(samples);
    descend('regression', samples, progress, 0.1, 100, 1);
    close(progress.theta, Float64Array.of((0.1 / 4) * 12, 0), 14);
    // ½ (3·4 + 1·36) / 4
    expect(progress.loss).toBe(6);
    expect(progress.iteration).toBe(1);
  });

  it('converges to the closed form', async () => {
    for (const rows of [3, 50, 51, 52, 53]) {
      const samples = samplesOf(problem(rows));
      const progress = run(samples, 0.5, 5000);
      expect(progress.stop).toBe('converged');
      close(progress.theta, (await solveClosedForm(samples)).theta, 2);
    }
  });

  it('on weighted rows equals training on the rows repeated', () => {
    const rows = problem(13);
    const counts = rows.map((_, i) => 1 + (i % 4));
    const replicated = rows.flatMap((row, i) => Array.from({ length: counts[i] }, () => row));
    const weighted = run(samplesOf(rows, counts), 0.05, 300);
    const plain = run(samplesOf(replicated), 0.05, 300);
    expect(weighted.iteration).toBe(plain.iteration);
    close(weighted.theta, plain.theta, 9);
  });

  it('goes on from any iteration as if it had not been interrupted, bit for bit', () => {
    const samples = samplesOf(problem(30));
    const whole = run(samples, 0.01, 1000);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 250 }), { maxLength: 5 }), (pieces) => {
        expect(run(samples, 0.01, 1000, pieces)).toEqual(whole);
      }),
      { numRuns: 40 },
    );
    for (const at of [1, STOP_WINDOW - 1, STOP_WINDOW, STOP_WINDOW + 1, 999]) {
      expect(run(samples, 0.01, 1000, [at])).toEqual(whole);
    }
  });

  it('compares losses a window apart before it stops', () => {
    // At θ = 0 the loss is 0 from the start, and cannot get less: known only after the first window.
    const done = run(
      samplesOf([
        [1, 0],
        [1, 0],
      ]),
      0.1,
      1000,
    );
    expect(done).toMatchObject({ stop: 'converged', iteration: STOP_WINDOW, loss: 0 });
    const early = run(
      samplesOf([
        [1, 0],
        [1, 0],
      ]),
      0.1,
      STOP_WINDOW - 1,
    );
    expect(early).toMatchObject({ stop: 'limit', iteration: STOP_WINDOW - 1 });
    // Convergence is declared at a multiple of the window, and not before the change is below 10^-5.
    const samples = samplesOf(problem(40));
    const progress = run(samples, 0.02, 100_000);
    expect(progress.stop).toBe('converged');
    expect(progress.iteration % STOP_WINDOW).toBe(0);
    const before = run(samples, 0.02, progress.iteration - STOP_WINDOW);
    expect(before.stop).toBe('limit');
    descend('regression', samples, ((before.stop = 'running'), before), 0.02, 100_000, 1);
    expect(Math.abs(before.loss - progress.loss) / before.loss).toBeLessThan(1e-5);
  });

  it('stops at its limit, and not again when it is called once more', () => {
    const samples = samplesOf(problem(10));
    const progress = run(samples, 0.001, 7);
    expect(progress).toMatchObject({ stop: 'limit', iteration: 7 });
    const theta = progress.theta.slice();
    descend('regression', samples, progress, 0.001, 7, 10);
    expect(progress.theta).toEqual(theta);
  });

  it('says so when it diverges', () => {
    const samples = samplesOf(problem(10).map((row) => row.map((value) => value * 1000)));
    expect(() => run(samples, 1, 10_000)).toThrow(expect.objectContaining({ code: 'MODEL_DIVERGED' }));
  });
});

describe('metrics', () => {
  const matrix = {
    rows: 3,
    width: 2,
    outputs: 1,
    x: Float64Array.of(1, 0, 1, 1, 1, 2),
    y: Float64Array.of(1, 2, 6),
  };

  it('are those of the definitions', () => {
    // θ = (1, 2) predicts 1, 3, 5: errors 0, 1, −1.
    const mse = meanSquaredError(matrix, Float64Array.of(1, 2));
    expect(mse).toBeCloseTo(2 / 3, 14);
    // Mean 3, variance (4 + 1 + 9) / 3.
    expect(coefficientOfDetermination(mse, matrix)).toBeCloseTo(1 - 2 / 14, 14);
    expect(coefficientOfDetermination(14 / 3, matrix)).toBeCloseTo(0, 14);
    expect(coefficientOfDetermination(0, matrix)).toBe(1);
    expect(coefficientOfDetermination(1, { ...matrix, rows: 2, y: Float64Array.of(2, 2) })).toBeNaN();
    const test = { rows: 2, width: 2, outputs: 1, x: new Float64Array(4), y: Float64Array.of(3, 5) };
    expect(floorError(matrix, test)).toBe(2);
  });
});
