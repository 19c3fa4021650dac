import { expect, it, vi } from 'vitest';
import { embedServices } from './embedServices.ts';
import { createLabStore } from './store.ts';
import { createFakeLab, listingOf, summaryOf } from './testing/fakeServices.ts';

const EMBED = 'data=diamonds&embed=1&station=archive';

async function openEmbed() {
  const fake = createFakeLab();
  fake.stored = [listingOf('mine', { kept: true })];
  const { store, start, settle } = createLabStore(embedServices(fake.services));
  await start(EMBED);
  await vi.waitFor(() => expect(store.getState().archives.length).toBeGreaterThan(0));
  fake.calls.length = 0;
  return { fake, store, settle };
}

it('an embed deletes, keeps and takes in nothing, and says so', async () => {
  const { fake, store, settle } = await openEmbed();
  const lab = store.getState();
  lab.deleteArchive('mine');
  settle();
  await lab.deleteEverything();
  await lab.keepArchive('mine', false);
  await lab.importArchive(new File(['DMLA'], 'theirs.dmla'));
  const changes = fake.calls.filter((call) => /^(?:delete|keep|import)/.test(call));
  expect(changes).toEqual([]);
  expect(fake.stored.find(({ id }) => id === 'mine')).toMatchObject({ kept: true });
  expect(store.getState().messages.map(({ code }) => code)).toContain('EMBED_READ_ONLY');
});

it('an embed without a dataset opens the first sample, and no archive', async () => {
  const fake = createFakeLab();
  fake.stored = [listingOf('mine')];
  fake.datasets.set('archive:mine', summaryOf('mine'));
  const { store, start } = createLabStore(embedServices(fake.services));
  await start('embed=1');
  await vi.waitFor(() => expect(store.getState().dataset.value?.name).toBe('diamonds'));
});
