// @vitest-environment happy-dom
import { act, type ReactNode } from 'react';
import { expect, it } from 'vitest';
import { mountEach } from '../testing/mount.ts';
import { Button } from './Button.tsx';

const view = mountEach();

async function show(content: ReactNode): Promise<void> {
  await act(async () => view.root.render(content));
}
const focus = (selector: string): void => act(() => view.place.querySelector<HTMLElement>(selector)!.focus());
const focused = (): string => document.activeElement?.className ?? 'nothing';

/** A field with a button, between another one and whatever follows. */
function Fields({ isThere, isDisabled = false }: { isThere: boolean; isDisabled?: boolean }): ReactNode {
  return (
    <section className="around">
      <div className="before">First</div>
      {isThere && (
        <div className="field">
          <Button isDisabled={isDisabled}>Press</Button>
        </div>
      )}
      <a className="after" href="#after">
        After
      </a>
    </section>
  );
}

it('goes on at what stood before a field that has gone with its button', async () => {
  await show(<Fields isThere />);
  focus('button');
  await show(<Fields isThere={false} />);
  expect(focused()).toBe('before');
  // It is no stop of its own.
  focus('.after');
  expect(view.place.querySelector('.before')?.hasAttribute('tabindex')).toBe(false);
});

it('never goes on at another control, which the next key would press', async () => {
  const buttons = (names: readonly string[]): ReactNode => (
    <p className="around">
      {names.map((name) => (
        <Button key={name}>{name}</Button>
      ))}
    </p>
  );
  await show(buttons(['Delete a', 'Delete b']));
  focus('button:last-child');
  await show(buttons(['Delete a']));
  expect(focused()).toBe('around');
});

it('goes on around a button that is disabled, and leaves the focus where somebody has put it', async () => {
  await show(<Fields isThere />);
  focus('button');
  await show(<Fields isThere isDisabled />);
  expect(focused()).toBe('field');
  await show(<Fields isThere />);
  focus('.after');
  await show(<Fields isThere isDisabled />);
  await show(<Fields isThere={false} />);
  expect(focused()).toBe('after');
});
