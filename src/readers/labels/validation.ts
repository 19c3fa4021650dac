/** What is said of validation pictures: a set of the lab has training and test pictures alone. */
import type { ReadNotice } from '../imageReading.ts';
import { nameFacts, partsOf } from './pairing.ts';

/** @param part what they became */
export function validationNotice(part: 'train' | 'test'): ReadNotice {
  return part === 'test'
    ? {
        code: 'validation-as-test',
        text: 'There are no pictures for the test; the validation pictures were taken for it.',
      }
    : {
        code: 'validation-as-training',
        text: 'The validation pictures were put to the training pictures.',
      };
}

/** The same of files of pictures, whose names say their parts. */
export function validationNotices(paths: readonly string[]): ReadNotice[] {
  const first = paths.findIndex((path) => nameFacts(path).part === 'validation');
  return first < 0 ? [] : [validationNotice(partsOf(paths)[first] === 'test' ? 'test' : 'train')];
}
