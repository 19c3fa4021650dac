import { expect, it } from 'vitest';
import type { Method } from '../../../contracts/codec.ts';
import type { Predictions } from '../../../contracts/fitted.ts';
import { countOutside, predictedLines, rangeOf } from './predicted.ts';

function made(method: Method, predicted: number[]): Predictions {
  return {
    ...{ method, task: 'regression', target: 'price', labels: null, of: 3 },
    ...{ rows: Uint32Array.of(0, 4, 7), truth: Float64Array.of(10, 20, 30) },
    predicted: Float64Array.from(predicted),
  };
}

const BOTH = { full: made('full', [9, 21, 38]), condensed: made('condensed', [11, 500, -400]) };

it('reach over truths and predictions, but not after wild ones', () => {
  expect(rangeOf(BOTH)).toEqual([9, 38]);
  expect(countOutside(BOTH.condensed, [9, 38])).toBe(2);
  expect(countOutside(BOTH.full, [9, 38])).toBe(0);
});

it('are lines with the row in the file', () => {
  expect(predictedLines(BOTH)).toEqual([
    ['row', 'price', 'predicted_full', 'predicted_condensed'],
    [1, 10, 9, 11],
    [5, 20, 21, 500],
    [8, 30, 38, -400],
  ]);
});
