import { expect, it } from 'vitest';
import { withReading } from './useImageDraft.ts';

it('leaves what is undefined to the reader again', () => {
  expect(withReading({ rule: 'crop', colour: 'grey' }, { colour: undefined })).toEqual({ rule: 'crop' });
  expect(withReading({}, { split: 'made' })).toEqual({ split: 'made' });
});
