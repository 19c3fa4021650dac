import { expect, it, vi } from 'vitest';
import { createLabStore } from './store.ts';
import { createFakeLab } from './testing/fakeServices.ts';

async function follow(hash: string) {
  const fake = createFakeLab();
  const { store, start } = createLabStore(fake.services);
  await start(hash);
  await vi.waitFor(() => expect(store.getState().dataset.value).not.toBeNull());
  return store;
}

const said = (store: Awaited<ReturnType<typeof follow>>) => store.getState().messages.map(({ what }) => what);

it('what a link fixes is not changed by anything, and the rest is', async () => {
  const store = await follow('data=diamonds&beta=5&lock=beta,target,network');
  const { change, takeBeta, answerTarget, askTarget, planTraining } = store.getState();
  change({ beta: 7, tau: 9 });
  takeBeta(8);
  answerTarget('a');
  askTarget();
  const before = store.getState().images.training.settings;
  planTraining({ network: 'resnet18', epochs: 3 });
  expect(store.getState().settings).toMatchObject({ beta: 5, tau: 9, target: 'y' });
  expect(store.getState().asksTarget).toBe(false);
  expect(store.getState().images.training.settings).toEqual({ ...before, epochs: 3 });
  expect(said(store)).toEqual(
    expect.arrayContaining([expect.stringContaining('β: fixed by the link.'), 'Target: fixed by the link.']),
  );
});

it('a change of what is free goes through as it is', async () => {
  const store = await follow('data=diamonds&beta=5&lock=beta');
  store.getState().change({ tau: 9 });
  expect(store.getState().settings).toMatchObject({ beta: 5, tau: 9 });
  store.getState().look({ lock: [] });
  store.getState().change({ beta: 6 });
  expect(store.getState().settings.beta).toBe(6);
  expect(store.getState().link()).not.toContain('lock=');
  expect(said(store)).toEqual([]);
});

it('a link can be asked for that shows another page in another way', async () => {
  const store = await follow('data=diamonds&beta=5&station=bits');
  const { link, view } = store.getState();
  const embedded = link({ station: 'learn', view: { ...view, embed: true, lock: ['beta'] } });
  expect(embedded).toContain('station=learn&lock=beta&embed=1');
  expect(link()).toContain('station=bits');
});
