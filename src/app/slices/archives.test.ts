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

describe('archives that another tab has changed', () => {
  it('are in the list as the store has them', async () => {
    fake.stored = [listingOf('new', { createdAt: 4 }), ...fake.stored.filter(({ id }) => id !== 'else')];
    await state().followArchives();
    expect(state().archives.map(({ id }) => id)).toEqual(['new', 'one', 'other']);
  });

  it('give no record of the open dataset any more where they are gone', async () => {
    fake.stored = [listingOf('made-1'), ...fake.stored];
    await state().followArchives();
    expect(state().archive.value).toMatchObject({ id: 'made-1', stored: true });
    expect(state().inspection.value?.index).toBe(0);
    fake.stored = fake.stored.filter(({ id }) => id !== 'made-1');
    await state().followArchives();
    expect(state().archive.value).toMatchObject({ id: 'made-1', stored: false });
    expect(state().inspection.value).toBeNull();
    expect(state().dataset.value?.name).toBe('one');
  });

  it('say nothing of one that is being made again', async () => {
    fake.hold('compress');
    state().change({ beta: 5 });
    await vi.advanceTimersByTimeAsync(2_000);
    await state().followArchives();
    expect(state().archive).toMatchObject({ status: 'running', value: { stored: true } });
  });
});
