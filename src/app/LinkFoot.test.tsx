// @vitest-environment happy-dom
/** The line at the foot of what a link shows: a way out, whatever it hides. */
import { act } from 'react';
import { expect, it, vi } from 'vitest';
import { LabContext } from '../stations/useLab.ts';
import { mountEach } from '../ui/testing/mount.ts';
import { ControlsFoot, EmbedFoot } from './LinkFoot.tsx';
import { createLabStore } from './store.ts';
import { createFakeLab } from './testing/fakeServices.ts';

const view = mountEach();

async function open(hash: string) {
  const { store, start } = createLabStore(createFakeLab().services);
  await start(hash);
  await vi.waitFor(() => expect(store.getState().dataset.value).not.toBeNull());
  act(() =>
    view.root.render(
      <LabContext value={store}>
        <ControlsFoot />
        <EmbedFoot />
      </LabContext>,
    ),
  );
  return store;
}

it('shows and frees whatever a link hides and fixes', async () => {
  const store = await open('data=diamonds&hide=data,bits,archive,learn,sweep,tau&lock=beta');
  expect(view.place.textContent).toContain('The link hides or fixes some of the controls.');
  act(() => view.place.querySelector('button')?.click());
  expect(store.getState().view).toMatchObject({ hide: [], hideControls: [], lock: [] });
  expect(view.place.querySelector('button')).toBeNull();
  store.getState().change({ beta: 3 });
  expect(store.getState().settings.beta).toBe(3);
});

it('leads to a tab that is no embed, of what the address says by then', async () => {
  await open('data=diamonds&embed=1');
  location.hash = '#data=diamonds&beta=7&embed=1';
  const way = view.place.querySelector('a');
  act(() => way?.focus());
  expect(way?.href).toMatch(/#data=diamonds&beta=7$/);
  expect(view.place.textContent).not.toContain('hides or fixes');
  location.hash = '';
});
