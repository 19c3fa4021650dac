// @vitest-environment happy-dom
/** Messages one at a time, and what is said of an opening until another dataset is on the page. */
import { act } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LabContext } from '../stations/useLab.ts';
import { mountEach } from '../ui/testing/mount.ts';
import { onPhone } from '../ui/testing/phone.ts';
import { MessageList, OpeningMessages } from './MessageList.tsx';
import { UNDO_TIME } from './slices/messages.ts';
import { createLabStore, type LabStore } from './store.ts';
import { createFakeLab } from './testing/fakeServices.ts';
import { summaryOf } from './testing/fakeTables.ts';

const mounted = mountEach();
let lab: LabStore;
const fake = () => createFakeLab();
const state = () => lab.store.getState();
const region = (name: string) => mounted.place.querySelector(`section[aria-label="${name}"]`);
const shown = () => region('Messages')?.querySelector('.message-what')?.textContent ?? null;
const turn = () => region('Messages')?.querySelector('.message-turn')?.textContent ?? null;
const opening = () => region('About what was opened')?.querySelector('.message-what')?.textContent ?? null;
const file = (name: string) => ({ kind: 'file' as const, file: new File([], name) });

function say(what: string, tone: 'info' | 'warning' | 'error' = 'info'): number {
  let id = 0;
  act(() => {
    id = state().say({ tone, code: tone === 'error' ? 'INTERNAL' : null, what, todo: null });
  });
  return id;
}

function press(label: string): void {
  const found = [...mounted.place.querySelectorAll('button')].find(
    (one) => one.textContent === label || one.getAttribute('aria-label') === label,
  );
  if (found === undefined) throw new Error(`There is no button "${label}".`);
  act(() => found.click());
}

function pass(milliseconds: number): Promise<void> {
  return act(async () => {
    await vi.advanceTimersByTimeAsync(milliseconds);
  });
}

function render(services = fake().services): void {
  lab = createLabStore(services);
  act(() =>
    mounted.root.render(
      <LabContext value={lab.store}>
        <OpeningMessages />
        <MessageList />
      </LabContext>,
    ),
  );
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('messages', () => {
  beforeEach(() => render());

  it('are shown one at a time, the new one first, and turned', () => {
    say('Careful.', 'warning');
    expect([shown(), turn()]).toEqual(['Careful.', null]);
    say('Copied.');
    expect([shown(), turn()]).toEqual(['Copied.', '2 of 2']);
    expect(mounted.place.querySelectorAll('.message')).toHaveLength(1);
    press('Next message');
    expect([shown(), turn()]).toEqual(['Careful.', '1 of 2']);
    press('Dismiss');
    expect([shown(), turn()]).toEqual(['Copied.', null]);
    press('Dismiss');
    expect(shown()).toBeNull();
  });

  it('begin with the first of several that come together', () => {
    act(() => {
      for (const what of ['One.', 'Two.', 'Three.'])
        state().say({ tone: 'warning', code: null, what, todo: null });
    });
    expect([shown(), turn()]).toEqual(['One.', '1 of 3']);
    press('Dismiss');
    expect([shown(), turn()]).toEqual(['Two.', '1 of 2']);
  });

  it('go by themselves where they only confirm, but not while someone is at them', async () => {
    say('Broken.', 'error');
    say('Copied.');
    await pass(6_000);
    act(() => {
      mounted.place.querySelector('button')?.dispatchEvent(new FocusEvent('focusin', { bubbles: true }));
    });
    await pass(60_000);
    expect(shown()).toBe('Copied.');
    say('Another.');
    expect(shown()).toBe('Copied.');
    act(() => {
      mounted.place.querySelector('button')?.dispatchEvent(new FocusEvent('focusout', { bubbles: true }));
    });
    expect(shown()).toBe('Another.');
    await pass(60_000);
    expect(shown()).toBe('Broken.');
  });

  it('let an answer to what was pressed in one be seen at once', () => {
    const run = () => void state().say({ tone: 'warning', code: null, what: 'It would end.', todo: null });
    act(() => {
      state().say({ tone: 'info', code: null, what: 'New.', todo: null, action: { label: 'Reload', run } });
    });
    act(() => {
      mounted.place.querySelector('button')?.dispatchEvent(new FocusEvent('focusin', { bubbles: true }));
    });
    press('Reload');
    expect(shown()).toBe('It would end.');
  });

  it('are read out by their tone', () => {
    say('Copied.');
    expect(mounted.place.querySelector('[role=status] .message')).not.toBeNull();
    say('Broken.', 'error');
    expect(mounted.place.querySelector('[role=alert] .message-what')?.textContent).toBe('Broken.');
  });

  it('are folded on a phone where they are long, until more is asked for', () => {
    onPhone();
    const folded = () => region('Messages')?.querySelector('.message-folded') !== null;
    say('Copied.');
    expect(folded()).toBe(false);
    expect(mounted.place.textContent).not.toContain('More');
    say(`In the link, beta is ${'much '.repeat(20)}too large.`, 'warning');
    expect(folded()).toBe(true);
    press('More');
    expect(folded()).toBe(false);
    press('Less');
    expect(folded()).toBe(true);
  });

  it('are few, however many are said', () => {
    for (let k = 0; k < 40; k++) say(`Message ${k}.`, 'warning');
    expect(state().messages.length).toBeLessThan(20);
    expect(shown()).toBe('Message 39.');
  });
});

describe('what is said of an opening', () => {
  async function started(hash: string): Promise<void> {
    const one = fake();
    one.datasets.set('file:mine.csv', summaryOf('mine.csv'));
    render(one.services);
    await act(async () => {
      await lab.start(hash);
      await vi.advanceTimersByTimeAsync(100);
    });
  }

  it('stands apart from the messages until it is dismissed', async () => {
    await started('data=diamonds&beta=-3&rate=many&station=bits');
    expect(opening()).toContain('“beta”');
    expect(shown()).toBeNull();
    await pass(60_000);
    press('Dismiss');
    expect(opening()).toContain('many');
    press('Dismiss');
    expect(opening()).toBeNull();
  });

  it('goes when another dataset is on the page, and not before', async () => {
    await started('data=diamonds&beta=-3&station=bits');
    await act(() => state().load(file('broken.bin')));
    expect(state().messages.map(({ code }) => code)).toEqual(['LINK_OUT_OF_RANGE', 'CSV_BINARY']);
    await act(() => state().load(file('worse.bin')));
    expect(state().messages.filter(({ code }) => code === 'CSV_BINARY')).toHaveLength(1);
    await act(() => state().load(file('mine.csv')));
    expect(state().messages.filter(({ opening: of }) => of !== null)).toEqual([]);
    await pass(UNDO_TIME);
  });

  it('is not said twice at Data, which says itself what failed', async () => {
    await started('data=diamonds&station=bits');
    await act(() => state().load(file('broken.bin')));
    expect(opening()).toBe(state().dataset.error?.what);
    act(() => state().goTo('data'));
    expect(opening()).toBeNull();
  });
});
