import { describe, expect, it } from 'vitest';
import type { WeightedSamples } from '../condense/clusters.ts';
import { createGenerator } from '../random.ts';
import { treesError } from './boost.ts';
import { fitTrees } from './learner.ts';

/** A number that follows a step, or only noise, of two features. */
function noisy(rows: number, step: number, weight: number): WeightedSamples {
  const generator = createGenerator(5);
  const uniform = (): number => (generator.next() | 0) / 2 ** 31;
  const x = new Float64Array(rows * 3);
  const y = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    x.set([1, uniform(), uniform()], 3 * i);
    y[i] = (x[3 * i + 1] > 0.2 ? step : 0) + uniform();
  }
  return { rows, width: 3, x, outputs: 1, y, weights: new Float64Array(rows).fill(weight) };
}

describe('the learner of trees', () => {
  it('makes as many rounds as help records that were left out: of noise nearly none', async () => {
    const noise = await fitTrees('regression', noisy(100, 0, 1));
    expect(noise.rounds.length).toBeLessThan(10);
    const step = await fitTrees('regression', noisy(100, 10, 1));
    expect(step.rounds.length).toBeGreaterThan(20);
    // The step is found; the noise alone has a third.
    expect(treesError(step, noisy(100, 10, 1))).toBeLessThan(0.4);
  });

  it('takes the weights of a sample as a whole for its unit', async () => {
    const one = await fitTrees('regression', noisy(60, 10, 1));
    const many = await fitTrees('regression', noisy(60, 10, 128));
    expect(treesError(many, noisy(60, 10, 1))).toBeCloseTo(treesError(one, noisy(60, 10, 1)), 9);
  });

  it('judges by the squared error, and classes by the log loss', () => {
    const matrix = {
      rows: 2,
      width: 2,
      x: Float64Array.of(1, 0, 1, 5),
      outputs: 1,
      y: Float64Array.of(1, 0),
    };
    const start = Float64Array.of(0.25);
    expect(treesError({ task: 'regression', start, rounds: [] }, matrix)).toBe((0.75 ** 2 + 0.25 ** 2) / 2);
    const even = Float64Array.of(Math.log(3));
    expect(treesError({ task: 'classification', start: even, rounds: [] }, matrix)).toBeCloseTo(
      -(Math.log(0.75) + Math.log(0.25)) / 2,
      12,
    );
  });
});
