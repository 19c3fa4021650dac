import { describe, expect, it } from 'vitest';
import { LabError } from '../../../contracts/errors.ts';
import { classScore, errorScore, exact } from '../testing/results.ts';
import { doubtsOf, obstacleOf } from './obstacles.ts';

const usual = { features: null, missing: 'leave-out' } as const;

describe('what keeps models from being trained', () => {
  it('is nothing as a rule', () => {
    expect(obstacleOf(null, usual)).toBeNull();
  });

  it('is having no features, before any error says so', () => {
    const error = new LabError('FEATURES_NONE', 'There is no feature column besides the target.').report();
    expect(obstacleOf(error, { ...usual, features: [] })).toMatchObject({
      what: 'No features: tick at least one.',
      way: { station: 'data' },
    });
    expect(obstacleOf(error, usual)).toMatchObject({ code: 'FEATURES_NONE', way: { station: 'data' } });
  });

  it('is an error with the way out of it, where there is one', () => {
    const report = (code: 'TARGET_CONSTANT' | 'ROWS_TOO_FEW' | 'WORKER_CRASHED') =>
      new LabError(code, 'It is so.').report();
    expect(obstacleOf(report('TARGET_CONSTANT'), usual)?.way?.label).toBe('Choose another target');
    expect(obstacleOf(report('ROWS_TOO_FEW'), usual)?.way).toMatchObject({ change: { missing: 'fill' } });
    expect(obstacleOf(report('ROWS_TOO_FEW'), { ...usual, missing: 'fill' })?.way).toMatchObject({
      station: 'data',
    });
    expect(obstacleOf(report('WORKER_CRASHED'), usual)).toMatchObject({ what: 'It is so.', way: null });
  });
});

describe('what makes the comparison say little', () => {
  const full = exact('full', errorScore(0.5), 0.01);
  const condensed = exact('condensed', errorScore(0.5), 0.01);

  it('is nothing as a rule', () => {
    expect(doubtsOf(full, condensed)).toEqual([]);
  });

  it('is having fewer records than coefficients', () => {
    const [doubt] = doubtsOf({ ...full, samples: 20, width: 35 }, { ...condensed, samples: 5 });
    expect(doubt).toMatchObject({ way: { station: 'data' }, code: null });
    expect(doubt.what).toContain('20 for 35');
  });

  it('is a class without test records', () => {
    const classes = exact('full', classScore([90, 10, 0, 0]), 0.1);
    expect(doubtsOf(classes, condensed).map(({ what }) => what)).toEqual([
      'No test record is “yes”, so nothing says how well such records are found.',
    ]);
  });

  it('is that nothing, or hardly anything, is condensed', () => {
    const said = (samples: number) => doubtsOf(full, { ...condensed, samples }).map(({ what }) => what);
    expect(said(16_512)).toEqual([
      'Nothing is condensed at this β: every training record is a sample of its own.',
    ]);
    expect(said(16_000)[0]).toContain('16,000 samples of 16,512 training records');
    expect(said(15_000)).toEqual([]);
  });
});
