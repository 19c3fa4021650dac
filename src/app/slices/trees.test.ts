import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createLabStore } from '../store.ts';
import { createFakeLab, summaryOf, type FakeLab } from '../testing/fakeServices.ts';

let fake: FakeLab;
let lab: ReturnType<typeof createLabStore>;
const state = () => lab.store.getState();
const settled = () => vi.advanceTimersByTimeAsync(2_000);

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

it('are fitted only when asked for, in the second worker', async () => {
  expect(state().trees.status).toBe('idle');
  const background = vi.spyOn(fake.services, 'background');
  await state().tryTrees();
  expect(background).toHaveBeenCalledOnce();
  const { status, value } = state().trees;
  expect(status).toBe('done');
  expect(value?.learner).toBe('trees');
  expect(value?.trials.map(({ contender, errors }) => [contender, errors.length])).toEqual([
    ['condensed', 1],
    ['random', 5],
  ]);
});

it('can be cancelled, from the rail as well', async () => {
  fake.hold('contest test');
  const trying = state().tryTrees();
  expect(state().trees.status).toBe('running');
  state().cancelStation('learn');
  await trying;
  expect(state().trees).toMatchObject({ status: 'cancelled', error: null });
});

it('are of the β that was asked for, out of date with samples made otherwise, and forgotten with another target or dataset', async () => {
  await state().tryTrees();
  state().change({ learningRate: 0.5 });
  state().change({ beta: 2 });
  expect(state().trees.stale).toBe(false);
  await state().tryTrees(3);
  expect(state().trees.value?.trials.map(({ beta }) => beta)).toEqual([3, 3]);
  state().change({ code: 'linear' });
  expect(state().trees).toMatchObject({ status: 'done', stale: true });
  await settled();
  await state().tryTrees();
  expect(state().trees.stale).toBe(false);
  fake.datasets.set('file:next.csv', summaryOf('next.csv'));
  await state().load({ kind: 'file', file: new File(['a'], 'next.csv') });
  expect(state().trees).toMatchObject({ status: 'idle', value: null });
});
