// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { followAddress } from './address.ts';
import { createLabStore } from './store.ts';
import { createFakeLab, summaryOf, type FakeLab } from './testing/fakeServices.ts';

let fake: FakeLab;
let lab: ReturnType<typeof createLabStore>;
/** The entries of the history as the browser would keep them. */
let entries: string[];
let at: number;
const state = () => lab.store.getState();
const settled = () => vi.advanceTimersByTimeAsync(2_500);

/** What the browser does on Back and Forward. */
async function travel(by: number): Promise<void> {
  at += by;
  location.hash = entries[at];
  dispatchEvent(new PopStateEvent('popstate', { state: { lab: true } }));
  await settled();
}

beforeEach(async () => {
  vi.useFakeTimers();
  fake = createFakeLab();
  lab = createLabStore(fake.services);
  entries = [''];
  at = 0;
  location.hash = '';
  vi.spyOn(history, 'replaceState').mockImplementation((_state, _title, url) => {
    location.hash = entries[at] = String(url).split('#')[1] ?? '';
  });
  vi.spyOn(history, 'pushState').mockImplementation((_state, _title, url) => {
    entries = [...entries.slice(0, at + 1), String(url).split('#')[1] ?? ''];
    location.hash = entries[++at];
  });
  location.hash = 'data=diamonds&station=bits';
  followAddress(lab);
  await settled();
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

describe('the history', () => {
  it('has one entry when the lab was opened', () => {
    expect(entries).toHaveLength(1);
    expect(entries[0]).toContain('station=bits');
  });

  it('gains an entry for a page, and none for a setting', async () => {
    state().goTo('learn');
    state().change({ beta: 9 });
    await settled();
    expect(entries).toHaveLength(2);
    expect(entries[1]).toContain('beta=9');
    expect(entries[0]).not.toContain('beta=9');
  });

  it('leads back through pages of a dataset without reading it again, with the settings as they are', async () => {
    state().goTo('learn');
    state().goTo('sweep');
    state().change({ beta: 9 });
    await settled();
    fake.calls.length = 0;
    await travel(-1);
    expect(state().station).toBe('learn');
    await travel(-1);
    expect(state().station).toBe('bits');
    expect(state().settings.beta).toBe(9);
    expect(fake.calls).not.toContain('openDataset');
    await travel(2);
    expect(state().station).toBe('sweep');
    expect(entries).toHaveLength(3);
  });

  it('leads back to the dataset before, and forth to a file without asking for it', async () => {
    fake.datasets.set('file:mine.csv', summaryOf('mine', { id: 'a'.repeat(64) }));
    await state().load({ kind: 'file', file: new File(['a'], 'mine.csv') });
    await settled();
    expect(state().dataset.value?.name).toBe('mine');
    expect(entries).toHaveLength(2);
    await travel(-1);
    expect(state().dataset.value?.name).toBe('diamonds');
    await travel(1);
    expect(state().dataset.value?.name).toBe('mine');
    expect(state().awaited).toBeNull();
    expect(entries).toHaveLength(2);
  });

  it('leads back past the steps of a lesson, which stays at its own', async () => {
    fake.datasets.set('sample:bank-marketing', summaryOf('bank', { sampleId: 'bank-marketing' }));
    state().look({ lesson: { id: 'when-it-fails', step: 2 } });
    await state().visit('#data=diamonds&station=learn');
    await settled();
    state().look({ lesson: { id: 'when-it-fails', step: 3 } });
    await state().visit('#data=bank-marketing&station=learn');
    await settled();
    const stays = () => expect(state().view.lesson).toEqual({ id: 'when-it-fails', step: 3 });
    await travel(-1);
    expect(state()).toMatchObject({ station: 'learn', dataset: { value: { name: 'diamonds' } } });
    stays();
    await travel(-1);
    expect(state().station).toBe('bits');
    stays();
  });

  it('stays as it is in a frame', async () => {
    state().look({ embed: true });
    state().goTo('learn');
    await settled();
    expect(entries).toHaveLength(1);
  });
});
