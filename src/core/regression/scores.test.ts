import { expect, it } from 'vitest';
import { errorRatio, ratioError } from './scores.ts';

it('takes ratios of the mean squared error, or of the log loss of classes', () => {
  expect(ratioError({ mse: 0.5, r2: 0.6 })).toBe(0.5);
  expect(ratioError({ accuracy: 0.9, logLoss: 0.3 })).toBe(0.3);
  expect(ratioError({})).toBeNaN();
});

it('makes no number of a ratio to an error that vanishes beside the floor', () => {
  expect(errorRatio(0.52, 0.5, 1.3)).toBeCloseTo(1.04, 12);
  expect(errorRatio(20, 6.5e-22, 3e4)).toBe(Infinity);
  expect(errorRatio(3e-20, 6.5e-22, 3e4)).toBe(1);
  expect(errorRatio(NaN, 0.5, 1.3)).toBeNaN();
});
