import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLabStore } from '../store.ts';
import { createFakeLab, listingOf, summaryOf, type FakeLab } from '../testing/fakeServices.ts';
import { UNDO_TIME } from './messages.ts';

let fake: FakeLab;
let lab: ReturnType<typeof createLabStore>;
const state = () => lab.store.getState();

beforeEach(async () => {
  vi.useFakeTimers();
  fake = createFakeLab();
  fake.stored = [
    listingOf('one', { createdAt: 3 }),
    listingOf('other', { createdAt: 2, datasetId: listingOf('one').datasetId }),
    listingOf('else', { createdAt: 1 }),
  ];
  fake.datasets.set('archive:one', summaryOf('one'));
  lab = createLabStore(fake.services);
  await lab.start('');
  await vi.advanceTimersByTimeAsync(2_000);
});
afterEach(() => {
  vi.useRealTimers();
});

describe('what was swept on a dataset', () => {
  it('goes with its last archive', async () => {
    const forget = vi.spyOn(fake.services.sweepStore, 'forget');
    state().deleteArchive('one');
    await vi.advanceTimersByTimeAsync(UNDO_TIME);
    expect(fake.stored.map(({ id }) => id)).toEqual(['other', 'else']);
    expect(forget).not.toHaveBeenCalled();
    state().deleteArchive('other');
    await vi.advanceTimersByTimeAsync(UNDO_TIME);
    expect(forget).toHaveBeenCalledExactlyOnceWith([listingOf('one').datasetId]);
  });

  it('stays while a deletion of another archive of it can be undone', async () => {
    const forget = vi.spyOn(fake.services.sweepStore, 'forget');
    state().deleteArchive('one');
    await vi.advanceTimersByTimeAsync(UNDO_TIME / 2);
    state().deleteArchive('other');
    await vi.advanceTimersByTimeAsync(UNDO_TIME / 2);
    expect(fake.stored.map(({ id }) => id)).toEqual(['other', 'else']);
    expect(forget).not.toHaveBeenCalled();
  });

  it('goes with everything', async () => {
    const forget = vi.spyOn(fake.services.sweepStore, 'forget');
    await state().deleteEverything();
    expect(forget).toHaveBeenCalledExactlyOnceWith('all');
  });
});
