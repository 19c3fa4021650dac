/**
 * Pictures that are no PNG. PNG, the lossless kinds and arrays are decoded by the lab itself; for the others a page has its
 * browser, and this tool nothing that would come to the same pixels.
 */
import { LabError } from '../src/core/errors.ts';
import type { PictureDecoder } from '../src/readers/imageReading.ts';

export const decodePicture: PictureDecoder = (_bytes, { kind }) =>
  Promise.reject(
    new LabError(
      'PICTURE_UNSUPPORTED',
      `Pictures in ${kind.toUpperCase()} are decoded by browsers only, each a level off the others here and there.`,
    ),
  );
