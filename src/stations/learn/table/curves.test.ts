import { expect, it } from 'vitest';
import { descent, errorScore } from '../testing/results.ts';
import { shownError, testErrorCurve } from './curves.ts';

const run = descent('condensed', errorScore(4));

it('of the test error are roots of the mean squared error, and end where the run stands', () => {
  const state = { ...run, testCurve: { at: [1, 100], errors: [25, 9], records: 50, of: 50 } };
  expect(testErrorCurve(state, 'iterations')).toEqual([
    { x: 1, y: 5 },
    { x: 100, y: 3 },
    { x: 10_000, y: 2 },
  ]);
  expect(testErrorCurve(state, 'touched')[1].x).toBe(8_200);
  expect(testErrorCurve(state, 'seconds')[1].x).toBeCloseTo(0.0005, 10);
});

it('of a draw of the test records do not end in an error of all of them', () => {
  const testCurve = { at: [1, 100], errors: [25, 9], records: 50, of: 60 };
  expect(testErrorCurve({ ...run, testCurve }, 'iterations')).toHaveLength(2);
});

it('are not there for a state that does not tell', () => {
  expect(testErrorCurve(run, 'touched')).toEqual([]);
  expect(testErrorCurve(null, 'touched')).toEqual([]);
});

it('show the log loss of classes as it is', () => {
  expect(shownError({ logLoss: 0.3 })).toBe(0.3);
  expect(shownError({ mse: 9 })).toBe(3);
});
