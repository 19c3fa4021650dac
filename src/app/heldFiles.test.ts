import { expect, it } from 'vitest';
import { createHeldFiles } from './heldFiles.ts';

const file = (name: string) => ({ kind: 'file' as const, file: new File(['a\n1\n'], name) });

it('finds the file that a dataset was read from, and knows no others', () => {
  const held = createHeldFiles();
  const source = file('a.csv');
  held.hold('a', source);
  held.hold('sample', { kind: 'sample', id: 'diamonds' });
  expect(held.find('a')).toBe(source);
  expect(held.find('sample')).toBeNull();
});

it('lets go of what was opened longest ago', () => {
  const held = createHeldFiles();
  for (let k = 0; k < 16; k++) held.hold(String(k), file(`${k}.csv`));
  held.hold('0', file('again.csv'));
  held.hold('16', file('16.csv'));
  expect(held.find('0')).not.toBeNull();
  expect(held.find('1')).toBeNull();
});
