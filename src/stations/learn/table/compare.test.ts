import { describe, expect, it } from 'vitest';
import type { Method } from '../../../contracts/codec.ts';
import type { LearnRun } from '../../lab/learn.ts';
import { idleTask, type Task } from '../../lab/task.ts';
import { comparableOf, comparisonRows } from './compare.ts';
import { lossCurve, stopWords } from './curves.ts';
import { classScore, descent, errorScore, exact } from '../testing/results.ts';

const both = {
  closedForm: exact('full', errorScore(0.5), 0.01),
  descent: descent('full', errorScore(0.55)),
};

describe('comparisonRows', () => {
  it('compares errors with full training’s optimum, and takes no time of one run for that of an optimum', () => {
    const rows = comparisonRows(both, {
      closedForm: exact('condensed', errorScore(0.52), 0.0001),
      descent: descent('condensed', errorScore(0.605)),
    });
    expect(rows.map((row) => row.id)).toEqual([
      'full closed form',
      'condensed closed form',
      'full gradient descent',
      'condensed gradient descent',
      'floor',
    ]);
    expect(rows[0].ratio).toBe(1);
    expect(rows[1].ratio).toBeCloseTo(1.04, 12);
    expect(rows[2].ratio).toBeCloseTo(1.1, 12);
    expect(rows[3].ratio).toBeCloseTo(1.21, 12);
    expect(rows.map(({ seconds }) => seconds)).toEqual([null, null, 8, 0.05, null]);
    expect(rows[4]).toMatchObject({ test: { mse: 1.3 }, ratio: 2.6, guess: 'training mean' });
    expect(rows.every((row) => row.gain === null)).toBe(true);
  });

  it('gives ratios of the log loss and differences of shares for classes, and counts a pass per step', () => {
    const full = { closedForm: exact('full', classScore([80, 0, 10, 10]), 0.6), descent: null };
    const condensed = { closedForm: exact('condensed', classScore([70, 10, 5, 15]), 0.1), descent: null };
    const rows = comparisonRows(full, condensed);
    expect(rows.map((row) => row.id)).toEqual(['full Newton’s method', 'condensed Newton’s method', 'floor']);
    expect(rows[1].gain?.accuracy).toBeCloseTo(-0.05, 12);
    expect(rows[1].gain?.balancedAccuracy).toBeCloseTo(0.0625, 12);
    expect(rows[1]).toMatchObject({ ratio: 1, touched: 6 * 82 });
    expect(rows[2].ratio).toBeCloseTo(2.3, 12);
    expect(rows[2].guess).toBe('always “no”');
    expect(rows[2].gain?.accuracy).toBeCloseTo(-0.1, 12);
  });

  it('gives no ratio of a descent on its way, and none to an optimum that was not reached', () => {
    const running = { ...both, descent: descent('full', errorScore(0.9), 'running') };
    const condensed = { closedForm: null, descent: descent('condensed', errorScore(0.6)) };
    const rows = comparisonRows(running, condensed);
    expect(rows[1]).toMatchObject({ ratio: null, finished: false });
    expect(rows[2].ratio).toBeCloseTo(1.2, 12);
    const stuck = { ...both.closedForm, converged: false };
    const pending = comparisonRows({ ...running, closedForm: stuck }, condensed);
    expect(pending.every(({ ratio }) => ratio === null)).toBe(true);
    expect(pending[0].finished).toBe(false);
  });

  it('compares nothing with a full descent that was made with other settings', () => {
    const condensed = { closedForm: null, descent: descent('condensed', errorScore(0.6)) };
    const rows = comparisonRows({ ...both, outdated: true }, condensed);
    expect(rows.map((row) => row.outdated)).toEqual([false, true, false, false]);
    expect(rows[1].ratio).toBeNull();
  });

  it('is empty before anything has run', () => {
    const nothing = { closedForm: null, descent: null };
    expect(comparisonRows(nothing, nothing)).toEqual([]);
  });
});

describe('comparableOf', () => {
  const done = <T>(value: T, stale = false): Task<T> => ({ ...idleTask<T>(), status: 'done', value, stale });
  const run = (method: Method, change: Partial<LearnRun>): LearnRun => ({
    ...{ method, closedForm: idleTask(), descent: idleTask(), playing: false },
    ...change,
  });
  const linear = descent('full', errorScore(0.5));
  const logistic = exact('full', classScore([5, 1, 1, 3]), 0.1);

  it('leaves out what another model was worth before', () => {
    const comparable = comparableOf({
      full: run('full', { descent: done(linear, true), closedForm: done(logistic) }),
      condensed: run('condensed', { descent: done(descent('condensed', errorScore(0.6)), true) }),
    });
    expect(comparable).toMatchObject({
      task: 'classification',
      full: { closedForm: logistic, descent: null },
      condensed: { closedForm: null, descent: null },
    });
  });

  it('keeps what is out of date until there is something newer, and marks it', () => {
    const full = run('full', { descent: done(linear, true) });
    const condensed = run('condensed', {});
    expect(comparableOf({ full, condensed })).toMatchObject({
      task: 'regression',
      full: { descent: linear, outdated: true },
    });
    expect(comparableOf({ full: { ...full, playing: true }, condensed })?.full.outdated).toBe(false);
    expect(comparableOf({ full: run('full', {}), condensed })).toBeNull();
  });
});

describe('the loss curve', () => {
  it('runs against iterations, seconds and samples touched', () => {
    const state = descent('condensed', errorScore(0.6));
    expect(lossCurve(state, 'iterations').map((p) => p.x)).toEqual([0, 5_000, 10_000]);
    expect(lossCurve(state, 'seconds').map((p) => p.x)).toEqual([0, 0.025, 0.05]);
    expect(lossCurve(state, 'touched').map((p) => p.x)).toEqual([0, 410_000, 820_000]);
    expect(lossCurve(null, 'seconds')).toEqual([]);
  });

  it('puts the reason of the stop in words', () => {
    const full = (stop: 'limit' | 'converged' | 'running') => descent('full', errorScore(1), stop);
    expect(stopWords(null, false)).toBe('Not started.');
    expect(stopWords(full('limit'), false)).toBe('Not converged: stopped at the limit of 10,000 iterations.');
    expect(stopWords(full('converged'), false)).toContain('Converged after 10,000 iterations');
    expect(stopWords(full('running'), false)).toBe('Paused at iteration 10,000.');
    expect(stopWords(full('running'), true)).toBe('Running.');
  });
});
