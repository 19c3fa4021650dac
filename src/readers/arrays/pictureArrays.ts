/** Pictures as named arrays, as an .npz holds them. */
import type { ImageSet } from '../../core/images/imageSet.ts';
import { npyBytes, npyIntegers, npyTexts, type NpyArray } from './writeNpy.ts';

export interface SomePictures extends Pick<ImageSet, 'shape' | 'classNames' | 'pixels'> {
  labels: ArrayLike<number>;
  /** Number of every picture in its data set, where these are some of it. */
  records?: ArrayLike<number>;
  /** 1 of every test picture. */
  isTest?: Uint8Array;
}

/** images (n, height, width[, 3]), labels, class_names; of all also is_test, of some their records. */
export function* picturesAsArrays(some: SomePictures): Generator<readonly [name: string, array: NpyArray]> {
  const { shape, classNames, pixels, labels, records, isTest } = some;
  const { width, height, channels } = shape;
  const lengths = [labels.length, height, width, ...(channels === 1 ? [] : [channels])];
  yield ['images', npyBytes(lengths, pixels)];
  yield ['labels', npyIntegers(Int32Array.from(labels))];
  yield ['class_names', npyTexts(classNames)];
  if (records !== undefined) yield ['records', npyIntegers(Int32Array.from(records))];
  if (isTest !== undefined) yield ['is_test', npyBytes([isTest.length], isTest)];
}
