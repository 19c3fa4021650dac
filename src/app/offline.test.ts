import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { startOffline, type OfflineEvents } from '../platform/serviceWorker.ts';
import { idleTask } from '../stations/lab/task.ts';
import { followOffline, offlineState } from './offline.ts';
import { createLabStore } from './store.ts';
import { createFakeLab } from './testing/fakeServices.ts';

vi.mock('../platform/serviceWorker.ts', () => ({
  startOffline: vi.fn<(events: OfflineEvents) => Promise<void>>(() => Promise.resolve()),
}));

beforeEach(() => {
  vi.useFakeTimers();
  vi.mocked(startOffline).mockClear();
});
afterEach(() => {
  vi.useRealTimers();
});

const newLab = () => createLabStore(createFakeLab().services).store;
const running = { ...idleTask<never>(), status: 'running' as const };

it('begins when the first results stand, though full training goes on', async () => {
  const lab = newLab();
  followOffline(lab);
  lab.setState({ dataset: running });
  await vi.advanceTimersByTimeAsync(5_000);
  expect(startOffline).not.toHaveBeenCalled();
  const { learn } = lab.getState();
  lab.setState({ dataset: idleTask(), archive: running });
  lab.setState({ archive: idleTask(), learn: { ...learn, full: { ...learn.full, playing: true } } });
  await vi.advanceTimersByTimeAsync(500);
  // What follows at once is not rest.
  lab.setState({ bits: running });
  await vi.advanceTimersByTimeAsync(5_000);
  expect(startOffline).not.toHaveBeenCalled();
  lab.setState({ bits: idleTask() });
  await vi.advanceTimersByTimeAsync(2_000);
  lab.setState({ bits: running });
  lab.setState({ bits: idleTask() });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(startOffline).toHaveBeenCalledOnce();
});

it('does not wait for ever', async () => {
  const lab = newLab();
  followOffline(lab);
  lab.setState({ archive: running });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(startOffline).toHaveBeenCalledOnce();
});

it('says when the lab is kept, and offers a new version', async () => {
  const lab = newLab();
  followOffline(lab);
  await vi.advanceTimersByTimeAsync(60_000);
  const { onReady, onUpdate } = vi.mocked(startOffline).mock.calls[0][0];
  expect(offlineState.getState().isReady).toBe(false);
  onReady();
  expect(offlineState.getState().isReady).toBe(true);
  onUpdate(() => undefined);
  expect(lab.getState().messages[0].action?.label).toBe('Reload to update');
});
