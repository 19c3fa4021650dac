import { expect, it } from 'vitest';
import { isAlike } from './alike.ts';

it('lists are the same where their entries are, all else where it is itself', () => {
  const format = String;
  const props = { ticks: [0, 1], width: NaN, format, none: undefined };
  expect(isAlike(props, { ticks: [0, 1], width: NaN, format, none: undefined })).toBe(true);
  expect(isAlike(props, { ...props, ticks: [0, 2] })).toBe(false);
  expect(isAlike(props, { ...props, ticks: [0, 1, 2] })).toBe(false);
  expect(isAlike(props, { ...props, format: () => '' })).toBe(false);
  expect(isAlike<object>({ a: 1 }, { a: 1, b: 2 })).toBe(false);
  expect(isAlike<object>({ a: undefined, b: 2 }, { a: undefined, c: 2 })).toBe(false);
});
