import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LabError } from '../../contracts/errors.ts';
import { createLabStore } from '../store.ts';
import { createFakeLab, type FakeLab } from '../testing/fakeServices.ts';
import { answerSplits } from './answerPlan.ts';

let fake: FakeLab;
let lab: ReturnType<typeof createLabStore>;
const state = () => lab.store.getState();
const answer = () => state().answer;
const settled = () => vi.advanceTimersByTimeAsync(3_000);
const contests = () => fake.calls.filter((call) => call.startsWith('contest'));

beforeEach(() => {
  vi.useFakeTimers();
  fake = createFakeLab();
  lab = createLabStore(fake.services);
});
afterEach(() => {
  vi.useRealTimers();
});

describe('an answer that is soon found', () => {
  beforeEach(async () => {
    await lab.start('');
    await settled();
  });

  it('follows the exact results by itself, on three splits, with k-means at the recommended size', () => {
    const { task, waits, rivals } = answer();
    expect(task).toMatchObject({ status: 'done', stale: false, value: { splits: [1, 2, 3], metric: 'mse' } });
    expect(waits).toBeNull();
    // Condensed: 1 + 0.3 / m of m = 4 and 8, up to half of the 20 records; the median draw has 1 + 0.545 / m.
    expect(task.value?.found).toEqual([
      { contender: 'condensed', betas: [null, 3, 2] },
      { contender: 'random', betas: [null, null, 3] },
    ]);
    expect(rivals.value).toMatchObject([{ contender: 'k-means', beta: 3, samples: 8, count: 3 }]);
    expect(fake.calls.indexOf('contest validation')).toBeGreaterThan(
      fake.calls.indexOf('closedForm condensed'),
    );
  });

  it('stays where β changes, and is found anew where something changes that it depends on', async () => {
    const before = answer().task.value;
    const count = contests().length;
    state().change({ beta: 6, learningRate: 0.01, tau: 8 });
    await settled();
    expect(answer().task.value).toBe(before);
    expect(contests()).toHaveLength(count);
    state().change({ order: 'ascending' });
    expect(answer()).toMatchObject({ task: { stale: true }, rivals: { value: null } });
    await settled();
    expect(answer().task).toMatchObject({ status: 'done', stale: false });
    expect(answer().task.value).not.toBe(before);
  });

  it('goes with its target', async () => {
    state().change({ target: null });
    await settled();
    expect(answer().task).toMatchObject({ status: 'idle', value: null });
  });

  it('gives its β to the experiment, and takes it back', async () => {
    const { beta } = state().settings;
    state().takeBeta(4);
    expect(state().settings.beta).toBe(4);
    expect(state().messages.at(-1)?.what).toBe('β is 4 now.');
    state().messages.at(-1)?.undo?.();
    expect(state().settings.beta).toBe(beta);
    await settled();
    expect(answer().task.stale).toBe(false);
  });
});

it('searches for a stratified sample too where the target names classes', async () => {
  fake.task = 'classification';
  await lab.start('');
  await settled();
  expect(answer().task.value).toMatchObject({ metric: 'logLoss' });
  expect(answer().task.value?.found.map(({ contender }) => contender)).toEqual([
    'condensed',
    'random',
    'stratified',
  ]);
});

it('that would take long waits for a press, with the time it may take', async () => {
  fake.exactWidth = 20_000;
  await lab.start('');
  await settled();
  expect(contests()).toEqual([]);
  expect(answer().waits).toBeGreaterThan(15);
  await state().findAnswer();
  expect(answer()).toMatchObject({ waits: null, task: { status: 'done' } });
});

it('waits for a press where this browser is told so, and comes by itself again where it is told that', async () => {
  fake.isAnswerAsked = true;
  lab = createLabStore(fake.services);
  await lab.start('');
  await settled();
  expect(contests()).toEqual([]);
  expect(answer()).toMatchObject({ isWhenAsked: true, task: { status: 'idle' } });
  expect(answer().waits).toBeLessThan(15);
  state().waitWithAnswer(false);
  expect([fake.isAnswerAsked, answer().waits]).toEqual([false, null]);
  await settled();
  expect(answer().task.status).toBe('done');
  state().waitWithAnswer(true);
  expect([fake.isAnswerAsked, answer().task.status]).toEqual([true, 'done']);
  state().change({ order: 'ascending' });
  await settled();
  expect(answer()).toMatchObject({ task: { stale: true } });
  expect(answer().waits).not.toBeNull();
});

it('that is cancelled does not begin again by itself', async () => {
  const { release } = fake.hold('contest validation');
  await lab.start('');
  await settled();
  expect(answer().task.status).toBe('running');
  expect(answer().task.progress).toMatchObject({ done: 0, share: 0, unit: 'trials' });
  state().cancelAnswer();
  expect(answer().task.status).toBe('cancelled');
  release();
  await settled();
  expect(answer().task.value).toBeNull();
  state().change({ beta: 6 });
  await settled();
  expect(answer().task.status).toBe('cancelled');
});

it('that fails says so once and can be tried again', async () => {
  const held = fake.hold('contest validation');
  await lab.start('');
  await settled();
  held.fail(new LabError('ROWS_TOO_FEW', 'There are too few records.'));
  await settled();
  expect(answer().task).toMatchObject({ status: 'failed', error: { code: 'ROWS_TOO_FEW' } });
  await state().findAnswer();
  expect(answer().task.status).toBe('done');
});

it('is of the split of the experiment and the first others', () => {
  expect(answerSplits(1)).toEqual([1, 2, 3]);
  expect(answerSplits(3)).toEqual([3, 1, 2]);
  expect(answerSplits(9)).toEqual([9, 1, 2]);
});

it('that turns out to take long is ended unasked, and waits with the time that was left', async () => {
  const rest = fake.services.contest;
  // One trial in forty seconds.
  fake.services.contest = async (jobs, events) => {
    const [job] = jobs;
    for (const beta of job.betas) {
      await new Promise((resolve) => setTimeout(resolve, 40_000));
      if (events.signal.aborted) throw new LabError('CANCELLED', 'Cancelled.');
      const seconds = { making: 1, fitting: 1 };
      events.onTrial(job, { contender: 'condensed', beta, samples: 4, errors: [1], seconds });
    }
    return rest(jobs, events);
  };
  await lab.start('');
  await vi.advanceTimersByTimeAsync(45_000);
  expect(answer().task.status).toBe('cancelled');
  expect(answer().waits).toBeGreaterThan(30);
  fake.services.contest = rest;
  await state().findAnswer();
  expect(answer()).toMatchObject({ waits: null, task: { status: 'done' } });
});
