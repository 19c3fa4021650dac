// @vitest-environment happy-dom
import { act } from 'react';
import { expect, it } from 'vitest';
import { useDrawn } from './useDrawn.ts';
import { mountEach, settled } from '../testing/mount.ts';

const view = mountEach();
const drawings: string[] = [];

function Figure({ name, value }: { name: string; value: number }) {
  const drawn = useDrawn(value);
  drawings.push(`${name}${drawn}`);
  return <i>{drawn}</i>;
}

async function show(values: Record<string, number>): Promise<void> {
  act(() =>
    view.root.render(
      Object.entries(values).map(([name, value]) => <Figure key={name} name={name} value={value} />),
    ),
  );
}

it('shows the last value of each of several figures, in turn, and passes over those that have gone', async () => {
  await show({ a: 0, b: 0, c: 0 });
  expect(view.place.textContent).toBe('000');
  await show({ a: 1, b: 1, c: 1 });
  await show({ a: 2, b: 2, c: 2 });
  // Nothing is drawn at once.
  expect(view.place.textContent).toBe('000');
  await show({ a: 2, c: 2 });
  await settled(view.place);
  expect(view.place.textContent).toBe('22');
  expect(drawings.filter((drawing) => drawing.endsWith('1'))).toEqual([]);
  expect(drawings.indexOf('a2')).toBeLessThan(drawings.indexOf('c2'));

  // One that goes while it is drawn leaves the way to the next.
  await show({ a: 3, c: 3 });
  await show({ c: 3 });
  await settled(view.place);
  expect(view.place.textContent).toBe('3');
});
