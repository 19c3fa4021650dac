import { describe, expect, it } from 'vitest';
import type { ContestReport } from '../contracts/contest.ts';
import { treesRows, treesVerdict } from './trees.ts';

function report(condensed: number, random: number[], full = 0.2): ContestReport {
  const trial = (contender: string, errors: number[]) => ({
    ...{ contender, beta: 3, samples: 90, errors, seconds: { making: 0.01, fitting: 0.1 } },
  });
  return {
    ...{ split: 1, judge: 'test', learner: 'trees', metric: 'mse', trainRows: 1000, judgeRows: 250 },
    ...{ full: { error: full, seconds: 2 }, floor: 1.5 },
    trials: [trial('condensed', [condensed]), trial('random', random)],
  };
}

const sentenceOf = (made: ContestReport) =>
  treesVerdict(treesRows(made), made.metric)?.sentence.replaceAll('\u202f', ' ');

describe('the rows of trees', () => {
  it('are all records first, then the others with their ratio of it, and the spread where there are draws', () => {
    const rows = treesRows(report(0.8, [0.5, 0.3, 0.4, 0.6, 0.2]));
    expect(rows.map(({ label, samples }) => [label, samples])).toEqual([
      ['All records', 1000],
      ['Condensed', 90],
      ['Random sample', 90],
    ]);
    expect(rows[0].ratio).toBe(1);
    expect(rows[1]).toMatchObject({ ratio: 4, quartiles: null });
    expect(rows[2].error).toBe(0.4);
    expect(rows[2].ratio).toBe(2);
    expect(rows[2].quartiles).toEqual([1.5, 2.5].map((ratio) => expect.closeTo(ratio, 12) as number));
  });
});

describe('the verdict on trees', () => {
  it('says where means fail', () => {
    expect(sentenceOf(report(0.8, [0.4]))).toBe(
      'Boosted trees learn better from a random sample than from condensed means here: × 2.00 the squared error of full against × 4.00.',
    );
  });

  it('says where they do better, and where it makes no difference', () => {
    expect(sentenceOf({ ...report(0.3, [0.4]), metric: 'logLoss' })).toBe(
      'Boosted trees learn better from condensed means than from a random sample here: × 1.50 the log loss of full against × 2.00.',
    );
    expect(sentenceOf(report(0.401, [0.4]))).toBe(
      'Boosted trees learn as much from 90 random records as from as many condensed samples here.',
    );
  });

  it('is none without both', () => {
    const made = report(0.3, [0.4]);
    expect(treesVerdict(treesRows({ ...made, trials: made.trials.slice(0, 1) }), 'mse')).toBeNull();
  });
});
