import { expect, it } from 'vitest';
import { countReadingChanges, withReading } from './useImageDraft.ts';

it('counts the choices in which two readings differ', () => {
  expect(countReadingChanges({}, {})).toBe(0);
  expect(countReadingChanges({ size: { width: 4, height: 4 } }, { size: { width: 4, height: 4 } })).toBe(0);
  expect(countReadingChanges({ rule: 'crop' }, { rule: 'resize', colour: 'grey' })).toBe(2);
});

it('leaves what is undefined to the reader again', () => {
  expect(withReading({ rule: 'crop', colour: 'grey' }, { colour: undefined })).toEqual({ rule: 'crop' });
  expect(withReading({}, { split: 'made' })).toEqual({ split: 'made' });
});
