// @vitest-environment happy-dom
/** The Share dialog over the small lab of the tests: what is chosen stands in the link and in the code. */
import { act } from 'react';
import { afterEach, expect, it, vi } from 'vitest';
import { LabContext } from '../../stations/useLab.ts';
import { mountEach, settled } from '../../ui/testing/mount.ts';
import { createLabStore, type LabStore } from '../store.ts';
import { createFakeLab, summaryOf } from '../testing/fakeServices.ts';
import { ShareDialog } from './ShareDialog.tsx';

const view = mountEach();
let lab: LabStore;

async function open(hash: string, name = 'diamonds'): Promise<void> {
  const fake = createFakeLab();
  fake.datasets.set('file:mine.csv', summaryOf('mine'));
  lab = createLabStore(fake.services);
  await lab.start(hash);
  if (name !== 'diamonds') await lab.store.getState().load({ kind: 'file', file: new File([], name) });
  await vi.waitFor(() => expect(lab.store.getState().dataset.value).not.toBeNull());
  act(() =>
    view.root.render(
      <LabContext value={lab.store}>
        <ShareDialog isOpen onClose={() => undefined} />
      </LabContext>,
    ),
  );
  await settled(document.body);
}

/** What a field of the dialog says. */
function textOf(label: string): string {
  const found = [...document.querySelectorAll('label')].find(({ textContent }) => textContent === label);
  return document.querySelector<HTMLTextAreaElement>(`#${CSS.escape(found?.htmlFor ?? '')}`)?.value ?? '';
}

async function press(name: string | RegExp): Promise<void> {
  const found = [...document.querySelectorAll('button')].find(({ textContent }) =>
    typeof name === 'string' ? textContent === name : name.test(textContent),
  );
  if (found === undefined) throw new Error(`There is no button ${String(name)}.`);
  act(() => found.click());
  await settled(document.body);
}

async function choose(label: string, value: string): Promise<void> {
  const field = document.querySelector<HTMLSelectElement>(`select[aria-label="${label}"]`);
  if (field === null) throw new Error(`There is no choice ${label}.`);
  act(() => {
    field.value = value;
    field.dispatchEvent(new Event('change', { bubbles: true }));
  });
  await settled(document.body);
}

afterEach(() => vi.restoreAllMocks());

it('gives the link of what is shown, and the code of a frame of this page alone', async () => {
  await open('data=diamonds&beta=5&station=bits');
  expect(textOf('Link')).toMatch(/^http:\/\/localhost\/#.*station=bits$/);
  expect(textOf('Embed code')).toContain('station=bits&amp;embed=1"');
  expect(document.querySelector('svg[aria-label="QR code of the link"] path')).not.toBeNull();
  expect(document.querySelector('iframe')).toBeNull();
  const copied = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue(undefined);
  await press('Copy the link');
  expect(copied).toHaveBeenCalledWith(textOf('Link'));
  expect(document.body.textContent).toContain('Copied.');
});

it('fixes and hides single controls', async () => {
  await open('data=diamonds&beta=5&station=bits');
  await press('Controls: all shown');
  await choose('Analytics bits β', 'locked');
  await choose('Order of analytics bits', 'hidden');
  expect(textOf('Link')).toContain('hide=order&lock=beta');
  expect(textOf('Embed code')).toContain('hide=order&amp;lock=beta&amp;embed=1');
  expect(document.body.textContent).toContain('Controls: 2 are fixed or hidden');
  // Here nothing has changed.
  expect(lab.store.getState().view.lock).toEqual([]);
});

it('says that a file of one’s own is asked for', async () => {
  await open('data=diamonds', 'mine.csv');
  expect(document.body.textContent).toContain('Whoever opens it is asked for “mine.csv”');
});
