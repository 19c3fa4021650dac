// @vitest-environment happy-dom
import { act, useState } from 'react';
import { beforeEach, expect, it } from 'vitest';
import { mountEach, settled } from '../../ui/testing/mount.ts';
import { Stepper, type Scene } from './Stepper.tsx';

const view = mountEach();

const SCENES: readonly Scene[] = ['Values', 'Bits', 'Bases'].map((title) => ({
  title,
  text: <p>What {title} are.</p>,
  spoken: `${title} in words.`,
}));

function Walk({ autoplay = false }: { autoplay?: boolean }) {
  const [at, setAt] = useState(0);
  return (
    <Stepper scenes={SCENES} at={at} onAt={setAt} autoplay={autoplay}>
      <input aria-label="A number" />
    </Stepper>
  );
}

beforeEach(async () => {
  act(() => view.root.render(<Walk />));
  await settled(view.place);
});

const step = () => view.place.querySelector('.stepper-count')?.textContent;
const button = (name: RegExp) =>
  [...view.place.querySelectorAll('button')].find((found) =>
    name.test(found.getAttribute('aria-label') ?? ''),
  )!;

function press(key: string, on: Element = document.body): void {
  act(() => {
    on.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  });
}

it('keys go from step to step and to either end, and no further', () => {
  expect(step()).toBe('Step 1 of 3');
  press('ArrowLeft');
  expect(step()).toBe('Step 1 of 3');
  press('ArrowRight');
  expect(step()).toBe('Step 2 of 3');
  expect(view.place.querySelector('h3')?.textContent).toBe('Bits');
  expect(view.place.querySelector('.visually-hidden')?.textContent).toBe('Bits in words.');
  press('End');
  press('ArrowRight');
  expect(step()).toBe('Step 3 of 3');
  press('Home');
  expect(step()).toBe('Step 1 of 3');
});

it('the space plays and pauses, from the beginning where the steps have ended; a step taken by hand pauses', () => {
  press(' ');
  expect(button(/^Pause/)).toBeDefined();
  press('ArrowRight');
  expect(button(/^Pause/)).toBeUndefined();
  press('End');
  press(' ');
  expect(step()).toBe('Step 1 of 3');
  expect(button(/^Pause/)).toBeDefined();
});

it('a focused button leaves the arrows to the steps, a field keeps every key', () => {
  press('ArrowRight', button(/^One step forward/));
  expect(step()).toBe('Step 2 of 3');
  press(' ', view.place.querySelector('input[aria-label="A number"]')!);
  press('End', view.place.querySelector('input[aria-label="A number"]')!);
  expect(step()).toBe('Step 2 of 3');
  expect(button(/^Pause/)).toBeUndefined();
});

it('begins to play by itself where it is asked to', async () => {
  expect(button(/^Play/)).toBeDefined();
  act(() => view.root.render(<Walk key="again" autoplay />));
  await settled(view.place);
  expect(button(/^Pause/)).toBeDefined();
});
