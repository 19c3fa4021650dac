import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compareNatural } from './naturalOrder.ts';

it('numbers in names count as numbers', () => {
  const names = ['b', 'a10', 'a2', 'a', 'a1b', 'a02', 'a1', '10', '9', '', 'a2b'];
  expect(names.sort(compareNatural)).toEqual([
    '',
    '9',
    '10',
    'a',
    'a1',
    'a1b',
    'a02',
    'a2',
    'a2b',
    'a10',
    'b',
  ]);
});

it('numbers of any length have their place', () => {
  expect(compareNatural(`a${'9'.repeat(400)}`, `a1${'0'.repeat(400)}`)).toBeLessThan(0);
  expect(compareNatural('a0000000000000000000001', 'a2')).toBeLessThan(0);
});

it('the order is one: different names are never equal, and what is before stays before', () => {
  const name = fc.stringMatching(/^[ab01 9]{0,6}$/);
  fc.assert(
    fc.property(name, name, name, (a, b, c) => {
      expect(compareNatural(a, b) === 0).toBe(a === b);
      expect(Math.sign(compareNatural(a, b)) + Math.sign(compareNatural(b, a))).toBe(0);
      if (compareNatural(a, b) < 0 && compareNatural(b, c) < 0) expect(compareNatural(a, c)).toBeLessThan(0);
    }),
    { numRuns: 2000 },
  );
});
