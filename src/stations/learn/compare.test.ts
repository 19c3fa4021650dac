import { describe, expect, it } from 'vitest';
import type { ClosedFormResult, DescentState, Method } from '../../contracts/codec.ts';
import { comparisonRows, verdictOf } from './compare.ts';
import { lossCurve, stopWords } from './curves.ts';

function closedForm(method: Method, testMse: number, seconds: number): ClosedFormResult {
  const samples = method === 'full' ? 16_512 : 82;
  return {
    ...{ method, samples, testMse, seconds },
    ...{ testR2: 0.6, trainMse: 0.5, leftOut: 0, filled: 0, width: 9, ridge: 0, floorMse: 1.3 },
  };
}

function descent(method: Method, testMse: number, stop: DescentState['stop'] = 'limit'): DescentState {
  const samples = method === 'full' ? 16_512 : 82;
  return {
    ...{ method, samples, testMse, stop, testR2: 0.6, trainMse: 0.5, width: 9 },
    ...{ iteration: 10_000, theta: new Float64Array(9), lossAt: [0, 5_000, 10_000], losses: [5, 0.6, 0.5] },
    ...{ windowLoss: 0.5, windowIteration: 9_900, touched: 10_000 * samples, floorMse: 1.3 },
    seconds: method === 'full' ? 8 : 0.05,
  };
}

const both = { closedForm: closedForm('full', 0.5, 0.01), descent: descent('full', 0.55) };

describe('comparisonRows', () => {
  it('compares a solver with the same solver on all records', () => {
    const rows = comparisonRows(both, {
      closedForm: closedForm('condensed', 0.52, 0.0001),
      descent: descent('condensed', 0.605),
    });
    expect(rows.map((row) => row.id)).toEqual([
      'full closed form',
      'full gradient descent',
      'condensed closed form',
      'condensed gradient descent',
      'floor',
    ]);
    expect(rows[2].ratio).toBeCloseTo(1.04, 12);
    expect(rows[3].ratio).toBeCloseTo(1.1, 12);
    expect(rows[3].speedUp).toBeCloseTo(160, 9);
    expect(rows[4]).toMatchObject({ testMse: 1.3, ratio: 2.6 });
  });

  it('gives no ratio of a descent that is still on its way', () => {
    const running = { closedForm: null, descent: descent('full', 0.9, 'running') };
    const rows = comparisonRows(running, { closedForm: null, descent: descent('condensed', 0.6) });
    expect(rows.every((row) => row.method === 'floor' || row.ratio === null)).toBe(true);
    expect(rows[0].finished).toBe(false);
  });

  it('gives no ratio to a full descent that was made with other settings', () => {
    const condensed = { closedForm: null, descent: descent('condensed', 0.6) };
    const rows = comparisonRows({ ...both, outdated: true }, condensed);
    expect(rows.map((row) => row.outdated)).toEqual([false, true, false, false]);
    expect(rows[2].ratio).toBeNull();
  });

  it('is empty before anything has run', () => {
    const nothing = { closedForm: null, descent: null };
    expect(comparisonRows(nothing, nothing)).toEqual([]);
    expect(verdictOf([])).toBeNull();
  });
});

describe('verdictOf', () => {
  const verdict = (mse: number, gd: number | null) =>
    verdictOf(
      comparisonRows(gd === null ? { ...both, descent: null } : both, {
        closedForm: closedForm('condensed', mse, 0.0001),
        descent: gd === null ? null : descent('condensed', gd),
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
    expect(verdict(0.5, null)).toMatchObject({ tone: 'equal', solver: 'closed form', ratio: 1 });
  });

  it('says when even that is better, and when it is no better than the mean', () => {
    expect(verdict(0.5, 0.5)).toMatchObject({ tone: 'better', floor: null });
    expect(verdict(0.5, 1.4)?.floor).toContain('training mean');
  });
});

describe('the loss curve', () => {
  it('runs against iterations, seconds and samples touched', () => {
    const state = descent('condensed', 0.6);
    expect(lossCurve(state, 'iterations').map((p) => p.x)).toEqual([0, 5_000, 10_000]);
    expect(lossCurve(state, 'seconds').map((p) => p.x)).toEqual([0, 0.025, 0.05]);
    expect(lossCurve(state, 'touched').map((p) => p.x)).toEqual([0, 410_000, 820_000]);
    expect(lossCurve(null, 'seconds')).toEqual([]);
  });

  it('puts the reason of the stop in words', () => {
    expect(stopWords(null, false, 10_000)).toBe('Not started.');
    expect(stopWords(descent('full', 1, 'limit'), false, 10_000)).toBe(
      'Stopped at the limit of 10,000 iterations.',
    );
    expect(stopWords(descent('full', 1, 'converged'), false, 20_000)).toContain(
      'Converged after 10,000 iterations',
    );
    expect(stopWords(descent('full', 1, 'running'), false, 20_000)).toBe('Paused at iteration 10,000.');
    expect(stopWords(descent('full', 1, 'running'), true, 20_000)).toBe('Running.');
  });
});
