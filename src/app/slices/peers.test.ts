import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createLabStore } from '../store.ts';
import { createFakeLab, summaryOf, type FakeLab } from '../testing/fakeServices.ts';

let fake: FakeLab;
let lab: ReturnType<typeof createLabStore>;
const state = () => lab.store.getState();
const settled = () => vi.advanceTimersByTimeAsync(2_000);
const names = () => state().peers.rows.map(({ name }) => name);

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

it('are measured only when asked for, in the second worker', async () => {
  expect(fake.calls).not.toContain('peers');
  const background = vi.spyOn(fake.services, 'background');
  await state().measurePeers();
  expect(background).toHaveBeenCalledOnce();
  expect(names()).toEqual(['archive', 'gzip']);
  expect(state().peers.task).toMatchObject({ status: 'done', value: { machine: 'a test' } });
});

it('can be cancelled', async () => {
  fake.hold('peers');
  const measuring = state().measurePeers();
  expect(state().peers.task.status).toBe('running');
  state().cancelPeers();
  await measuring;
  expect(state().peers.task).toMatchObject({ status: 'cancelled', error: null });
});

it.each([
  ['another split', { split: 9 }],
  ['another test share', { testFraction: 0.3 }],
  ['dropped columns', { drop: ['a'] }],
])('are forgotten with %s: they would be of other records', async (_what, change) => {
  await state().measurePeers();
  state().change(change);
  expect(names()).toEqual([]);
  expect(state().peers.task).toMatchObject({ status: 'idle', value: null });
});

it('are forgotten with the dataset', async () => {
  await state().measurePeers();
  fake.datasets.set('file:next.csv', summaryOf('next.csv'));
  await state().load({ kind: 'file', file: new File(['a'], 'next.csv') });
  expect(names()).toEqual([]);
});

it('stay, marked, when the codec changes, and as they are when β does', async () => {
  await state().measurePeers();
  state().change({ beta: 4 });
  expect(state().peers.task.stale).toBe(false);
  state().change({ codec: 'greedygd' });
  expect(names()).toEqual(['archive', 'gzip']);
  expect(state().peers.task.stale).toBe(true);
});

it('are forgotten when the codec changes before all of them are measured', async () => {
  await state().measurePeers();
  fake.hold('peers');
  const measuring = state().measurePeers();
  state().change({ codec: 'greedygd' });
  await measuring;
  expect(names()).toEqual([]);
  expect(state().peers.task).toMatchObject({ status: 'idle', value: null, stale: false });
});
