import { expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../contracts/codec.ts';
import { answerCsv, answerJson, answerText } from './files.ts';
import { answerOf, pointOf } from './testing/answers.ts';

const answer = answerOf({
  condensed: [null, pointOf('condensed', 19, 318, 1.25), null],
  random: [null, null, null],
});

it('writes a line for each contender and tolerance, empty where it is not reached', () => {
  const lines = answerCsv(answer).trimEnd().split('\r\n');
  expect(lines).toHaveLength(7);
  expect(lines[0]).toBe(
    'contender,tolerance,beta,samples,share,ratio_to_full,ratio_lower_quartile,ratio_upper_quartile,ratios,metric,train_rows',
  );
  expect(lines[1]).toBe('condensed,0.01,,,,,,,,mse,16512');
  expect(lines[2]).toBe(`condensed,0.05,19,318,${318 / 16_512},1.25,1.24,1.75,30,mse,16512`);
});

it('writes everything as JSON that can be read again', () => {
  const dataset = { id: 'a', name: 'b', rows: 20_640 };
  const record = { dataset, settings: { ...DEFAULT_SETTINGS }, answer, rivals: [] };
  expect(JSON.parse(answerJson(record, '1.0'))).toEqual({ app: '1.0', ...record });
});

it('writes the card as text, with plain spaces', () => {
  expect(answerText('Iris', ['Yes: 1.9\u202f%.'], ['Few records.'])).toBe(
    'Can Iris be shrunk and still be learned from?\nYes: 1.9 %.\n\n- Few records.\n',
  );
});
