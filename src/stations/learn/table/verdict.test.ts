import { describe, expect, it } from 'vitest';
import { comparisonRows } from './compare.ts';
import { classScore, descent, errorScore, exact } from '../testing/results.ts';
import { verdictOf } from './verdict.ts';

type Confusion = Parameters<typeof classScore>[0];

it('has nothing to say of nothing', () => {
  expect(verdictOf([])).toBeNull();
});

describe('the verdict on a regression', () => {
  const both = {
    closedForm: exact('full', errorScore(0.5), 0.01),
    descent: descent('full', errorScore(0.55)),
  };
  const verdict = (mse: number, gd: number | null) =>
    verdictOf(
      comparisonRows(gd === null ? { ...both, descent: null } : both, {
        closedForm: exact('condensed', errorScore(mse), 0.0001),
        descent: gd === null ? null : descent('condensed', errorScore(gd)),
      }),
    );

  it('says plainly when condensed is worse', () => {
    expect(verdict(0.52, 0.594)).toMatchObject({ tone: 'worse', solver: 'gradient descent' });
    expect(verdict(0.52, 0.594)?.sentence).toContain(
      'higher than all records, so condensed is worse here; training was 160 times as fast.',
    );
    expect(verdict(1.2, null)?.sentence).toContain('condensed is worse');
  });

  it('uses the closed form until both descents are finished', () => {
    expect(verdict(0.5, null)).toMatchObject({
      tone: 'equal',
      solver: 'closed form',
      headline: '×\u202f1.00',
      unit: 'test MSE of full',
      guessing: null,
    });
  });

  it('says when even that is better, and when it is no better than the mean', () => {
    expect(verdict(0.5, 0.5)).toMatchObject({ tone: 'better', floor: null });
    expect(verdict(0.5, 1.4)?.floor).toContain('training mean');
  });
});

describe('the verdict on a classification', () => {
  const verdict = (full: Confusion, condensed: Confusion) =>
    verdictOf(
      comparisonRows(
        { closedForm: exact('full', classScore(full), 0.1), descent: descent('full', classScore(full)) },
        { closedForm: null, descent: descent('condensed', classScore(condensed)) },
      ),
    );

  it('rests on accuracy where the classes are of like size', () => {
    const worse = verdict([450, 50, 50, 450], [430, 70, 60, 440]);
    expect(worse).toMatchObject({
      tone: 'worse',
      headline: '−3.0\u202fpoints',
      unit: 'accuracy against full',
      solver: 'gradient descent',
      floor: null,
    });
    expect(worse?.sentence).toBe(
      '82 condensed samples (0.50\u202f% of 16,512 training records) reach 87.0\u202f% accuracy against ' +
        '90.0\u202f% of all records: 3.0 percentage points lower, so condensed is worse here; training was ' +
        '160 times as fast.',
    );
    expect(worse?.guessing).toBe('Always guessing “no” scores 50.0\u202f%.');
    expect(verdict([430, 70, 60, 440], [450, 50, 50, 450])).toMatchObject({
      tone: 'better',
      headline: '+3.0\u202fpoints',
    });
  });

  it('calls half a point equal, and no more', () => {
    const full: Confusion = [450, 50, 50, 450];
    expect(verdict(full, [445, 55, 50, 450])?.tone).toBe('equal');
    expect(verdict(full, [455, 45, 50, 450])?.tone).toBe('equal');
    expect(verdict(full, [444, 56, 50, 450])?.tone).toBe('worse');
    expect(verdict(full, [456, 44, 50, 450])?.tone).toBe('better');
  });

  it('rests on balanced accuracy where one class is most of the records, and says so', () => {
    // Accuracy falls by 5 points, balanced accuracy rises from 60 % to 75 %.
    const imbalanced = verdict([900, 0, 80, 20], [810, 90, 40, 60]);
    expect(imbalanced).toMatchObject({
      tone: 'better',
      headline: '+15.0\u202fpoints',
      unit: 'balanced accuracy against full',
    });
    expect(imbalanced?.guessing).toBe(
      'Always guessing “no” scores 90.0\u202f%, so accuracy alone says little here: balanced accuracy counts, ' +
        'in which guessing scores 50.0\u202f%.',
    );
    expect(imbalanced?.floor).toContain('In accuracy alone, 87.0\u202f%');
  });

  it('says when condensed, or neither, is better than guessing one class', () => {
    const guessing: Confusion = [900, 0, 100, 0];
    expect(verdict([880, 20, 30, 70], guessing)?.floor).toBe(
      'The condensed model is no better than always guessing “no”. Use more analytics bits.',
    );
    expect(verdict(guessing, guessing)?.floor).toBe('Neither model is better than always guessing “no”.');
    expect(verdict([500, 100, 100, 300], [550, 50, 350, 50])?.floor).toContain('no better than');
  });

  it('uses Newton’s method until both descents are finished', () => {
    const score = classScore([450, 50, 50, 450]);
    const rows = comparisonRows(
      { closedForm: exact('full', score, 0.1), descent: descent('full', score, 'running') },
      { closedForm: exact('condensed', score, 0.1), descent: descent('condensed', score) },
    );
    expect(verdictOf(rows)).toMatchObject({
      tone: 'equal',
      solver: 'Newton’s method',
      headline: '±0.0\u202fpoints',
    });
  });
});
