// @vitest-environment happy-dom
import { act } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { mountEach } from '../testing/mount.ts';
import { GLOSSARY, type TermName } from './glossary.ts';
import { GlossaryList } from './GlossaryList.tsx';
import { Term } from './Term.tsx';
import { withTerms } from './withTerms.tsx';

const view = mountEach();

/** Longer than any delay of a word. */
const pass = (): Promise<void> =>
  act(async () => {
    vi.advanceTimersByTime(1_000);
  });
const words = (): Element | null => document.querySelector('[role=tooltip]');
const trigger = (): HTMLButtonElement => {
  const found = view.place.querySelector('button');
  if (found === null) throw new Error('no word');
  return found;
};
function send(type: string, target: EventTarget, pointerType = 'mouse'): void {
  act(() => {
    target.dispatchEvent(
      new PointerEvent(type, { bubbles: true, cancelable: true, composed: true, pointerType, pointerId: 1 }),
    );
  });
}
function key(name: string, target: EventTarget = document.body): void {
  act(() => {
    target.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true }));
  });
}
function tap(target: HTMLElement): void {
  send('pointerdown', target, 'touch');
  send('pointerup', target, 'touch');
  act(() => target.click());
}

describe('a dotted word', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    act(() =>
      view.root.render(
        <p>
          Bits are shared in <Term name="base">bases</Term>.
        </p>,
      ),
    );
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('stands in its sentence, in the colour of its role', () => {
    expect(view.place.textContent).toBe('Bits are shared in bases.');
    expect(trigger().className).toContain('role-base');
    expect(words()).toBeNull();
  });

  it('says what it means while it is pointed at', async () => {
    send('pointermove', document.body);
    send('pointerover', trigger());
    await pass();
    expect(words()?.textContent).toContain(GLOSSARY.base.meaning);
    expect(trigger().getAttribute('aria-describedby')).toBe(words()?.id);
    send('pointerout', trigger());
    await pass();
    expect(words()).toBeNull();
  });

  it('says it on focus by the keyboard, until Escape', async () => {
    key('Tab');
    act(() => trigger().focus());
    await pass();
    expect(words()?.textContent).toContain(GLOSSARY.base.meaning);
    expect(document.activeElement).toBe(trigger());
    key('Escape', trigger());
    await pass();
    expect(words()).toBeNull();
    expect(document.activeElement).toBe(trigger());
  });

  it('leaves with the focus', async () => {
    key('Tab');
    act(() => trigger().focus());
    await pass();
    act(() => trigger().blur());
    await pass();
    expect(words()).toBeNull();
  });

  it('opens and closes by taps, and by a tap beside it', async () => {
    tap(trigger());
    await pass();
    expect(words()).not.toBeNull();
    tap(trigger());
    await pass();
    expect(words()).toBeNull();
    tap(trigger());
    await pass();
    send('pointerdown', document.body, 'touch');
    await pass();
    expect(words()).toBeNull();
  });
});

describe('the glossary', () => {
  it('says every word in two lines, and draws it', () => {
    act(() => view.root.render(<GlossaryList />));
    const names = Object.keys(GLOSSARY) as TermName[];
    for (const name of names) {
      const { word, meaning } = GLOSSARY[name];
      expect(meaning.length, word).toBeLessThanOrEqual(110);
      expect(meaning, word).toMatch(/\.$/);
    }
    const pictures = [...view.place.querySelectorAll('dt svg')];
    expect(pictures).toHaveLength(names.length);
    for (const picture of pictures) expect(picture.childElementCount).toBeGreaterThan(0);
  });

  it('dots the words of a plain sentence, each where it first stands', () => {
    const text = 'bases, base IDs and more bases: no β';
    act(() =>
      view.root.render(
        <p>{withTerms(text, { 'base ID': 'baseId', base: 'base', β: 'beta', plateau: 'plateau' })}</p>,
      ),
    );
    expect(view.place.textContent).toBe(text);
    const dotted = [...view.place.querySelectorAll('.term')].map(({ textContent }) => textContent);
    expect(dotted).toEqual(['base', 'base ID', 'β']);
  });

  it('leaves a sentence without them as it is', () => {
    expect(withTerms('nothing to say', { base: 'base' })).toBe('nothing to say');
  });
});
