import { expect, it } from 'vitest';
import type { ContestReport } from '../contracts/contest.ts';
import { drawnErrors } from './drawnErrors.ts';

function report(errors: number[]): ContestReport {
  return {
    ...{ split: 1, judge: 'test', learner: 'regression', metric: 'mse', trainRows: 80, judgeRows: 20 },
    ...{ full: { error: 1, seconds: 0 }, floor: 5 },
    trials: [{ contender: 'random', beta: 4, samples: 8, errors, seconds: { making: 0, fitting: 0 } }],
  };
}

it('have quartiles between the draws', () => {
  expect(drawnErrors(report([5, 1, 3, 2, 4]), 'random')).toEqual({
    ...{ draws: 5, samples: 8, lower: 2, median: 3, upper: 4 },
  });
  expect(drawnErrors(report([1, 2]), 'random')).toMatchObject({ lower: 1.25, median: 1.5, upper: 1.75 });
});

it('count what is no number as the worst', () => {
  expect(drawnErrors(report([NaN, 1, 2]), 'random')).toMatchObject({ median: 2, upper: Infinity });
});

it('are none of who takes no part', () => {
  expect(drawnErrors(report([1]), 'k-means')).toBeNull();
});
