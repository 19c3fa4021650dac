import { expect, it } from 'vitest';
import { modelWords, taskWords } from './targetWords.ts';
import { columnOf } from '../../testing/columns.ts';

const price = columnOf('price', { distinct: null });
const sold = columnOf('sold', { targetTask: 'classification', distinct: 2 });
const cut = columnOf('cut', { kind: 'category', targetTask: 'classification', distinct: 5 });

it('a target says which model it means', () => {
  expect([price, sold, cut].map(taskWords)).toEqual(['a number', '2 classes', '5 classes']);
  expect(modelWords(price, 'auto')).toMatch(/linear regression/);
  expect(modelWords(sold, 'auto')).toMatch(/^Two values: logistic/);
  expect(modelWords(cut, 'auto')).toMatch(/^5 classes: .*softmax/);
  expect(modelWords(sold, 'linear')).toMatch(/^Linear/);
  expect(modelWords(price, 'logistic')).toMatch(/^Logistic/);
  expect(modelWords(undefined, 'auto')).toMatch(/learns to predict/);
});
