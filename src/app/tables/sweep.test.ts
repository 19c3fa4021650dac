import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LabError } from '../../contracts/errors.ts';
import type { SweepAxis } from '../../contracts/link.ts';
import { HEADLINES } from '../headlines.ts';
import { createLabStore } from '../store.ts';
import { createFakeLab, summaryOf, type FakeLab } from '../testing/fakeServices.ts';
import { tidyPlan } from './sweepPlan.ts';

let fake: FakeLab;
let lab: ReturnType<typeof createLabStore>;
const state = () => lab.store.getState();
const sweep = () => state().sweep;
const settled = () => vi.advanceTimersByTimeAsync(2_000);
const betas = (...values: number[]): SweepAxis => ({ name: 'beta', values });
const codecs: SweepAxis = { name: 'codec', values: ['entrogede', 'greedygd'] };

beforeEach(async () => {
  vi.useFakeTimers();
  fake = createFakeLab();
  lab = createLabStore(fake.services);
  await lab.start('');
  await settled();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Runs the sweep until so many parts of trainings are done, where the next one waits. */
async function runUntil(done: number): Promise<() => void> {
  let release = () => {};
  const leave = lab.store.subscribe(({ sweep: { full, runs } }) => {
    const cells = [...full, ...runs].map(({ cell }) => cell);
    const parts = cells.flatMap(({ exact, gd }) => [exact, gd]).filter((part) => part !== null);
    if (parts.length === done) ({ release } = fake.hold('sweepCell'));
  });
  void state().runSweep();
  await vi.advanceTimersByTimeAsync(1);
  leave();
  return () => release();
}

/** The page is opened again: another store over the same browser. */
async function reload(hash = ''): Promise<void> {
  lab = createLabStore(fake.services);
  await lab.start(hash);
  await settled();
}

describe('a sweep', () => {
  it('runs every point of two axes on every split, and all rows once per split', async () => {
    state().planSweep({ axes: [codecs, betas(9, 4, 4)], splits: [2, 1] });
    expect(sweep().plan).toEqual({ axes: [codecs, betas(4, 9)], splits: [1, 2] });
    await state().runSweep();
    expect(sweep()).toMatchObject({ status: 'done', progress: null, error: null });
    expect(sweep().full.map(({ cell }) => [cell.method, cell.split])).toEqual([
      ['full', 1],
      ['full', 2],
    ]);
    expect(
      sweep()
        .runs.map(({ point, cell }) => [...point, cell.beta, cell.split])
        .sort(),
    ).toEqual(
      ['entrogede', 'greedygd'].flatMap((codec) =>
        [4, 9].flatMap((beta) => [1, 2].map((split) => [codec, beta, beta, split])),
      ),
    );
    expect(HEADLINES.sweep(state())).toMatchObject({ value: '10 runs', note: '2 codecs × 2 β' });
  });

  it('trains on all rows once more for every learning rate', async () => {
    state().planSweep({ axes: [{ name: 'learningRate', values: [0.01, 0.001] }, betas(4)], splits: [1, 2] });
    await state().runSweep();
    expect(sweep().full).toHaveLength(4);
    expect(sweep().runs).toHaveLength(4);
  });

  it('takes its splits from the axis where the split is one', async () => {
    state().planSweep({ axes: [{ name: 'split', values: [5, 7] }], splits: [1, 2, 3] });
    await state().runSweep();
    expect(sweep().runs.map(({ cell }) => cell.split)).toEqual([5, 7]);
    expect(sweep().full.map(({ cell }) => cell.split)).toEqual([5, 7]);
  });

  it('is out of date when a setting that it depends on changes, and up to date when it is changed back', async () => {
    state().planSweep({ axes: [betas(4)], splits: [1] });
    await state().runSweep();
    state().change({ beta: 3, split: 9, samples: 'stored' });
    expect(sweep().stale).toBe(false);
    state().change({ learningRate: 0.5 });
    expect(sweep()).toMatchObject({ stale: true, status: 'done' });
    expect(sweep().ran?.settings.learningRate).toBe('auto');
    expect(sweep().runs).toHaveLength(1);
    state().change({ learningRate: 'auto' });
    expect(sweep().stale).toBe(false);
  });

  it('depends on β where another axis is swept', async () => {
    state().planSweep({ axes: [codecs], splits: [1] });
    await state().runSweep();
    state().change({ beta: 3 });
    expect(sweep().stale).toBe(true);
  });

  it('goes on past a training that fails by itself, and says so', async () => {
    fake.failing = ({ settings, method }) =>
      method === 'condensed' && settings.learningRate === 0.5
        ? new LabError('MODEL_DIVERGED', 'The loss is no number.')
        : null;
    state().planSweep({ axes: [{ name: 'learningRate', values: [0.01, 0.5] }], splits: [1] });
    await state().runSweep();
    expect(sweep()).toMatchObject({ status: 'done', error: { code: 'MODEL_DIVERGED' } });
    expect(sweep().error?.what).toContain('1 of 4 trainings');
    expect(sweep().runs.map(({ point }) => point)).toEqual([[0.01]]);
    await reload();
    expect(sweep()).toMatchObject({ status: 'done', error: { code: 'MODEL_DIVERGED' } });
  });

  it('refuses a plan with too many trainings before it begins', async () => {
    const many = Array.from({ length: 64 }, (_, k) => k + 1);
    const splits = Array.from({ length: 32 }, (_, k) => k);
    state().planSweep({ axes: [betas(...many), { name: 'tau', values: [1, 2, 3, 4] }], splits });
    await state().runSweep();
    expect(sweep()).toMatchObject({ status: 'idle', ran: null, error: { code: 'SETTING_OUT_OF_RANGE' } });
  });

  it('that fails keeps what was done and can go on', async () => {
    state().planSweep({ axes: [betas(4, 5)], splits: [1] });
    const cell = fake.hold('sweepCell');
    const running = state().runSweep();
    cell.fail(new LabError('FILE_UNREADABLE', 'Gone.'));
    await running;
    expect(sweep()).toMatchObject({ status: 'failed', error: { code: 'FILE_UNREADABLE' } });
    await state().resumeSweep();
    expect(sweep()).toMatchObject({ status: 'done', error: null });
    expect(sweep().runs).toHaveLength(2);
  });

  it('that failed before its first run is forgotten when the experiment changes', async () => {
    const cell = fake.hold('sweepCell');
    const running = state().runSweep();
    cell.fail(new LabError('FILE_UNREADABLE', 'Gone.'));
    await running;
    state().change({ target: 'a' });
    expect(sweep()).toMatchObject({ status: 'idle', error: null, ran: null });
  });
});

describe('the parts of a sweep', () => {
  it('are every optimum first, then the descents, those on all records last', async () => {
    const asked: string[] = [];
    const { sweepCell } = fake.services.client;
    fake.services.client.sweepCell = (request, options) => {
      asked.push(`${request.part} ${request.method}`);
      return sweepCell(request, options);
    };
    state().planSweep({ axes: [betas(4, 5)], splits: [1] });
    await state().runSweep();
    const exact = ['exact full', 'exact condensed', 'exact condensed'];
    expect(asked).toEqual([...exact, 'descent condensed', 'descent condensed', 'descent full']);
    for (const { cell } of [...sweep().full, ...sweep().runs]) {
      expect(cell).toMatchObject({ exact: { test: { mse: 1 } }, gd: { test: { mse: 2 } }, bytes: 178 });
    }
  });

  it('are counted stage by stage', async () => {
    state().planSweep({ axes: [betas(4, 5)], splits: [1] });
    await runUntil(3);
    expect(sweep().progress).toMatchObject({ phase: 'Gradient descent', done: 0, total: 3 });
    expect(HEADLINES.sweep(state())).toMatchObject({ value: '0 of 3', note: 'gradient descent' });
    expect(sweep().runs.every(({ cell }) => cell.gd === null && cell.bytes === null)).toBe(true);
  });
});

describe('contenders of a sweep', () => {
  const contests = () => sweep().contests.map(({ split, trials }) => [split, trials.map((one) => one.beta)]);
  const contenders = () =>
    new Set(sweep().contests.flatMap(({ trials }) => trials.map((one) => one.contender)));

  it('are drawn at every β on every split, and come back with the sweep', async () => {
    state().planSweep({ axes: [betas(4, 5)], splits: [1, 2] });
    await state().runSweep();
    // The small lab leaves none out for its target.
    expect(contests()).toEqual([
      [1, [4, 5, 4, 5]],
      [2, [4, 5, 4, 5]],
    ]);
    expect(sweep().contests[0].trials[0].errors).toHaveLength(10);
    await reload();
    expect(contests()).toHaveLength(2);
    expect(sweep()).toMatchObject({ status: 'done', stale: false });
    expect(contenders()).toEqual(new Set(['random', 'stratified']));
    await state().addContenders(true);
    expect(contenders()).toEqual(
      new Set(['random', 'stratified', 'k-means', 'greedygd', 'grad-match', 'craig']),
    );
    expect(sweep()).toMatchObject({ status: 'done', ran: { plan: { costly: true } } });
    // One of each split.
    expect(sweep().contests).toHaveLength(2);
  });

  it('that a kept sweep does not know are added alone, and what is there stays', async () => {
    state().planSweep({ axes: [betas(4, 5)], splits: [1, 2] });
    await state().runSweep();
    await state().addContenders(true);
    const [kept] = fake.sweeps.values();
    // As an earlier version kept it: two contests of a split, of those that it knew.
    const only = (...names: string[]) =>
      kept.contests.map((contest) => ({
        ...contest,
        trials: contest.trials.filter(({ contender }) => names.includes(contender)),
      }));
    kept.contests = [...only('random', 'stratified'), ...only('k-means', 'greedygd')];
    await reload();
    expect(sweep()).toMatchObject({ status: 'done', ran: { plan: { costly: true } } });
    expect(sweep().contests).toHaveLength(4);
    const centres = () =>
      sweep().contests.flatMap(({ trials }) => trials.filter((one) => one.contender === 'k-means'));
    const before = centres();
    const asked: string[][] = [];
    const { contest } = fake.services;
    fake.services.contest = (jobs, events) => {
      for (const { settings, contenders } of jobs)
        asked.push([String(settings.split), ...contenders.map(({ name }) => name)]);
      return contest(jobs, events);
    };
    fake.calls.length = 0;
    await state().addContenders(true);
    expect(asked).toEqual([
      ['1', 'grad-match', 'craig'],
      ['2', 'grad-match', 'craig'],
    ]);
    expect(fake.calls).not.toContain('sweepCell');
    expect(sweep()).toMatchObject({ status: 'done', error: null });
    expect(centres()).toEqual(before);
    expect(contenders()).toEqual(
      new Set(['random', 'stratified', 'k-means', 'greedygd', 'grad-match', 'craig']),
    );
  });

  it('that fail are tried again when they are asked for again', async () => {
    state().planSweep({ axes: [betas(4)], splits: [1] });
    await state().runSweep();
    const { contest } = fake.services;
    fake.services.contest = () => Promise.reject(new LabError('MODEL_OVERFLOW', 'Too large.'));
    await state().addContenders(true);
    expect(sweep()).toMatchObject({ status: 'done', error: { code: 'MODEL_OVERFLOW' } });
    fake.services.contest = contest;
    await state().addContenders(true);
    expect(sweep()).toMatchObject({ status: 'done', error: null });
    expect(contenders().has('craig')).toBe(true);
  });

  it('are left out where something else is swept over', async () => {
    state().planSweep({ axes: [codecs, betas(4)], splits: [1] });
    await state().runSweep();
    expect(sweep()).toMatchObject({ status: 'done', contests: [] });
  });

  it('may be missing in a sweep of an earlier version, and are held when asked for', async () => {
    state().planSweep({ axes: [betas(4)], splits: [1] });
    await state().runSweep();
    const [kept] = fake.sweeps.values();
    kept.contests = [];
    await reload();
    expect(sweep()).toMatchObject({ status: 'done', contests: [] });
    await state().addContenders(false);
    expect(sweep()).toMatchObject({ status: 'done', error: null });
    expect(contests()).toHaveLength(1);
  });
});

describe('pause and resume', () => {
  beforeEach(() => {
    state().planSweep({ axes: [betas(4, 5, 6)], splits: [1] });
  });

  it('drops what was under way and runs only what is left', async () => {
    const release = await runUntil(2);
    expect(sweep()).toMatchObject({ status: 'running', progress: { done: 2, total: 4 } });
    state().pauseSweep();
    await settled();
    expect(sweep()).toMatchObject({ status: 'paused', progress: null, error: null });
    expect(HEADLINES.sweep(state())).toMatchObject({ value: '0 of 4', note: 'runs, paused', isBusy: false });
    fake.calls.length = 0;
    release();
    await state().resumeSweep();
    expect(fake.calls.filter((name) => name === 'sweepCell')).toHaveLength(6);
    expect(sweep().status).toBe('done');
    expect(sweep().runs.map(({ point }) => point[0])).toEqual([4, 5, 6]);
  });

  it('keeps its settings and its plan when those of the lab move on', async () => {
    const release = await runUntil(2);
    state().pauseSweep();
    state().change({ learningRate: 0.25 });
    state().planSweep({ axes: [{ name: 'tau', values: [8] }] });
    release();
    await state().resumeSweep();
    expect(sweep()).toMatchObject({ status: 'done', stale: true });
    expect(sweep().ran?.plan.axes).toEqual([betas(4, 5, 6)]);
    expect(sweep().plan.axes).toEqual([{ name: 'tau', values: [8] }]);
    expect(sweep().runs).toHaveLength(3);
  });

  it('can be cancelled, running or paused, and keeps what was done', async () => {
    await runUntil(2);
    state().cancelSweep();
    await settled();
    expect(sweep()).toMatchObject({ status: 'cancelled', error: null, progress: null });
    expect(sweep().full).toHaveLength(1);
    await state().resumeSweep();
    expect(sweep().status).toBe('cancelled');
    await reload();
    expect(sweep().status).toBe('cancelled');
  });

  it('is gone on with after a reload', async () => {
    const release = await runUntil(7);
    await settled();
    // The page goes without a word; what has come in so far is kept.
    await reload();
    expect(sweep()).toMatchObject({ status: 'paused', stale: false });
    expect(sweep().full.length + sweep().runs.length).toBe(4);
    expect(sweep().full[0].cell.gd).toBeNull();
    expect(sweep().plan.axes).toEqual([betas(4, 5, 6)]);
    release();
    fake.calls.length = 0;
    await state().resumeSweep();
    expect(fake.calls.filter((name) => name === 'sweepCell')).toHaveLength(1);
    expect(sweep().status).toBe('done');
    await reload();
    expect(sweep()).toMatchObject({ status: 'done' });
    expect(sweep().runs).toHaveLength(3);
  });

  it('comes back with its dataset, marked where the settings differ, and a link’s plan stays', async () => {
    await state().runSweep();
    fake.datasets.set('file:two.csv', summaryOf('two'));
    await state().load({ kind: 'file', file: new File(['a'], 'two.csv') });
    await settled();
    expect(sweep()).toMatchObject({ status: 'idle', ran: null });
    await reload('data=diamonds&rate=0.5&sweep=tau:4,8');
    expect(sweep()).toMatchObject({ status: 'done', stale: true });
    expect(sweep().plan.axes).toEqual([{ name: 'tau', values: [4, 8] }]);
  });

  it('ignores a kept sweep whose plan is none', async () => {
    await state().runSweep();
    const [kept] = fake.sweeps.values();
    kept.plan.axes = [{ name: 'codec', values: ['zip'] }];
    await reload();
    expect(sweep()).toMatchObject({ status: 'idle', ran: null });
  });

  it('is forgotten with its results when they are cleared', async () => {
    await state().runSweep();
    expect(fake.sweeps.size).toBe(1);
    state().clearSweep();
    await settled();
    expect(sweep()).toMatchObject({ status: 'idle', ran: null, runs: [], full: [] });
    expect(fake.sweeps.size).toBe(0);
  });

  it('says once when the browser does not keep it', async () => {
    fake.services.sweepStore.write = () => Promise.reject(new LabError('STORAGE_FULL', 'No room.'));
    await state().runSweep();
    await settled();
    expect(state().messages.filter(({ code }) => code === 'STORAGE_FULL')).toHaveLength(1);
    expect(sweep().status).toBe('done');
  });
});

describe('the usual plan of a sweep', () => {
  it('follows β and the bits that the settings leave, until someone changes it', async () => {
    expect(sweep().plan.axes[0].values.at(-1)).toBe(8);
    fake.analyticsBits = 16;
    state().change({ missing: 'fill' });
    await settled();
    expect(sweep().plan.axes).toEqual([betas(3, 5, 7, 9, 11, 13, 15)]);
    expect(state().link()).not.toContain('sweep');
    state().change({ beta: 8 });
    expect(sweep().plan.axes).toEqual([betas(2, 4, 6, 8, 10, 12, 14)]);
    expect(state().link()).not.toContain('sweep');
    state().planSweep({ axes: [betas(3)] });
    expect(state().link()).toContain('sweep=beta:3');
    state().change({ missing: 'leave-out', beta: 6 });
    await settled();
    expect(sweep().plan.axes).toEqual([betas(3)]);
  });

  it('is what a link names, even the values before the bits are known', async () => {
    fake.analyticsBits = 40;
    await reload('data=diamonds&sweep=beta:8,10,12,14,16,18,20');
    expect(sweep().plan.axes).toEqual([betas(8, 10, 12, 14, 16, 18, 20)]);
    expect(state().link()).toContain('sweep=beta:8');
    await reload('data=diamonds');
    expect(sweep().plan.axes).toEqual([betas(7, 9, 11, 13, 15, 17, 19)]);
  });

  it('holds at most two different axes', () => {
    const axes = [betas(1), betas(2), codecs, { name: 'tau' as const, values: [1] }];
    expect(tidyPlan({ axes, splits: [] }).axes).toEqual([betas(1), codecs]);
    expect(tidyPlan({ axes: [], splits: [3, 1, 1.5, -1] })).toMatchObject({ splits: [1, 3] });
  });
});
