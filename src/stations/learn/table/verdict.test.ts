import { describe, expect, it } from 'vitest';
import type { ModelScore } from '../../../contracts/codec.ts';
import type { ContestReport } from '../../../contracts/contest.ts';
import { classScore, descent, errorScore, exact } from '../testing/results.ts';
import { comparisonRows } from './compare.ts';
import { verdictOf, type Verdict } from './verdict.ts';

const plain = (text: string | undefined | null) => text?.replace(/\u202f/g, ' ');

function verdict(full: ModelScore, condensed: ModelScore): Verdict | null {
  return verdictOf(
    comparisonRows(
      { closedForm: exact('full', full, 0.01), descent: null },
      { closedForm: exact('condensed', condensed, 0.0001), descent: null },
    ),
  );
}

it('has nothing to say of nothing, and of one model without the other', () => {
  expect(verdictOf([])).toBeNull();
  const full = { closedForm: exact('full', errorScore(0.5), 0.01), descent: null };
  expect(verdictOf(comparisonRows(full, { closedForm: null, descent: null }))).toBeNull();
});

it('says what as many random records give, once they have been drawn', () => {
  const full = { closedForm: exact('full', errorScore(0.5), 0.01), descent: null };
  const condensed = { closedForm: exact('condensed', errorScore(0.52), 0.0001), descent: null };
  const trial = { contender: 'random', beta: 13, samples: 82, errors: [0.6, 0.75, Infinity] };
  const contest: ContestReport = {
    ...{ split: 1, judge: 'test', learner: 'regression', metric: 'mse', trainRows: 800, judgeRows: 200 },
    ...{ full: { error: 0.5, seconds: 0.1 }, floor: 1.3 },
    trials: [{ ...trial, seconds: { making: 0, fitting: 0 } }],
  };
  const rows = comparisonRows(full, condensed, null, [contest]);
  expect(rows.map(({ id }) => id)).toEqual(['full closed form', 'condensed closed form', 'random', 'floor']);
  expect(rows[2]).toMatchObject({ samples: 82, test: { mse: 0.75 }, ratio: 1.5 });
  expect(plain(verdictOf(rows)?.random)).toBe('As many random records give × 1.50 (median of 3 draws).');
  expect(verdictOf(comparisonRows(full, condensed))?.random).toBeNull();
});

it('stays as it is whatever the descents come to, and waits for both optima', () => {
  const full = { closedForm: exact('full', errorScore(0.5), 0.01), descent: null };
  const condensed = { closedForm: exact('condensed', errorScore(0.52), 0.0001), descent: null };
  const before = verdictOf(comparisonRows(full, condensed));
  for (const stop of ['running', 'limit', 'converged'] as const) {
    const after = verdictOf(
      comparisonRows(
        { ...full, descent: descent('full', errorScore(0.4), stop) },
        { ...condensed, descent: descent('condensed', errorScore(7), stop) },
      ),
    );
    expect(after).toEqual(before);
  }
  const descents = {
    full: { closedForm: null, descent: descent('full', errorScore(0.4)) },
    condensed: { ...condensed, descent: descent('condensed', errorScore(0.4)) },
  };
  expect(verdictOf(comparisonRows(descents.full, descents.condensed))).toBeNull();
  const stuck = { ...exact('full', errorScore(0.5), 0.01), converged: false };
  expect(verdictOf(comparisonRows({ ...full, closedForm: stuck }, condensed))).toBeNull();
});

describe('the verdict on a regression', () => {
  it('gives errors in the unit of the target, and ratios of their squares', () => {
    const said = verdict(errorScore(0.25), errorScore(0.36));
    expect(said).toMatchObject({
      ...{ tone: 'worse', solver: 'closed form', unit: 'of full’s squared error', tradeOff: null },
      ...{ basis: 'Ratios are of the mean squared error.', warning: null },
    });
    expect(plain(said?.headline)).toBe('× 1.44');
    expect(plain(said?.sentence)).toBe(
      '82 condensed samples (0.50 % of 16,512 training records) give RMSE 0.6 against 0.5 of all records: ' +
        'a squared error 44.0 % higher, so condensed is worse here.',
    );
    expect(said?.floor).toBe('Always predicting the training mean: RMSE 1.14.');
  });

  it('calls half a percent equal, and says when condensed is better', () => {
    expect(verdict(errorScore(0.5), errorScore(0.502))).toMatchObject({ tone: 'equal' });
    expect(verdict(errorScore(0.5), errorScore(0.51))).toMatchObject({ tone: 'worse' });
    const better = verdict(errorScore(0.5), errorScore(0.45));
    expect(better?.tone).toBe('better');
    expect(plain(better?.sentence)).toContain('a squared error 10.0 % lower.');
  });

  it('makes no number of a ratio to a vanishing error', () => {
    expect(verdict(errorScore(6.5e-22), errorScore(0.02))).toMatchObject({
      headline: 'full is exact',
      tone: 'worse',
    });
    expect(plain(verdict(errorScore(1e-6), errorScore(0.02))?.headline)).toBe('> 1,000');
    expect(verdict(errorScore(6.5e-22), errorScore(3e-21))?.tone).toBe('equal');
  });

  it('says when condensed, or neither, is better than the mean', () => {
    expect(verdict(errorScore(0.5), errorScore(1.4))?.warning).toBe(
      'The condensed model is no better than always predicting the training mean. Use more analytics bits.',
    );
    expect(verdict(errorScore(1.3), errorScore(1.4))?.warning).toMatch(/^Neither model/);
  });

  it('takes little room for errors of nine digits', () => {
    const said = verdict(errorScore(332_612_345 ** 2), errorScore(332_612_345 ** 2));
    expect(said?.sentence).toContain('RMSE 332.6M against 332.6M');
  });
});

describe('the verdict on a classification', () => {
  type Confusion = Parameters<typeof classScore>[0];
  const of = (confusion: Confusion, logLoss: number) => {
    const score = classScore(confusion);
    return { ...score, test: { ...score.test, logLoss } };
  };

  it('goes by the log loss', () => {
    const said = verdict(of([450, 50, 50, 450], 0.25), of([430, 70, 60, 440], 0.3));
    expect(said).toMatchObject({
      ...{ tone: 'worse', solver: 'Newton’s method', unit: 'of full’s log loss', tradeOff: null },
      ...{ basis: 'Ratios are of the log loss.' },
    });
    expect(plain(said?.headline)).toBe('× 1.20');
    expect(plain(said?.sentence)).toContain(
      'give log loss 0.300 against 0.250 of all records: a log loss 20.0 % higher, so condensed is worse here',
    );
    expect(plain(said?.floor)).toBe(
      'Always predicting the classes’ shares: log loss 0.690; always guessing “no”: 50.0 % accuracy.',
    );
    expect(verdict(of([450, 50, 50, 450], 0.25), of([430, 70, 60, 440], 0.2))?.tone).toBe('better');
  });

  it('calls balanced accuracy above full’s another trade-off, where the log loss is not lower', () => {
    // Balanced accuracy rises from 60 % to 75 %.
    const full: Confusion = [900, 0, 80, 20];
    const condensed: Confusion = [810, 90, 40, 60];
    const said = verdict(of(full, 0.25), of(condensed, 0.26));
    expect(said?.tone).toBe('worse');
    expect(plain(said?.tradeOff)).toBe(
      'Its balanced accuracy is 75.0 % against 60.0 %: another trade-off, not a better model.',
    );
    expect(said?.floor).toContain('so accuracy alone says little here');
    expect(verdict(of(full, 0.25), of(condensed, 0.2))?.tradeOff).toBeNull();
    expect(verdict(of(condensed, 0.25), of(full, 0.26))?.tradeOff).toBeNull();
  });

  it('says when condensed, or neither, is better than the shares of the classes', () => {
    const any: Confusion = [900, 0, 100, 0];
    expect(verdict(of(any, 0.3), of(any, 0.7))?.warning).toBe(
      'The condensed model is no better than always predicting the classes’ shares. Use more analytics bits.',
    );
    expect(verdict(of(any, 0.7), of(any, 0.7))?.warning).toMatch(/^Neither model/);
  });
});
