/** Some of many pictures, spread over the classes as the many are. */
import { pictureBytes, type ImageSet } from '../../core/images/imageSet.ts';

/**
 * Puts the pictures in order of their classes, keeping the order within each, and takes every so manieth: each class
 * keeps its share to within one picture.
 *
 * @param records numbers of pictures
 * @param labels class of every picture, by its number
 * @param most pictures to take
 * @returns their numbers, ascending; `records` itself where there are no more
 */
export function spreadOver(records: Uint32Array, labels: Uint16Array, most: number): Uint32Array {
  if (records.length <= most) return records;
  const byClass = Array.from(records).sort((a, b) => labels[a] - labels[b] || a - b);
  const taken = new Uint32Array(most);
  for (let k = 0; k < most; k++) taken[k] = byClass[Math.floor(((k + 0.5) * records.length) / most)];
  return taken.sort();
}

/** Pictures of a set, in the order given, as a set of their own without a split. */
export function subset({ shape, pixels, labels, classNames }: ImageSet, records: Uint32Array): ImageSet {
  const size = pictureBytes(shape);
  const chosen = new Uint8Array(records.length * size);
  for (let k = 0; k < records.length; k++)
    chosen.set(pixels.subarray(records[k] * size, (records[k] + 1) * size), k * size);
  return {
    shape,
    records: records.length,
    pixels: chosen,
    labels: Uint16Array.from(records, (record) => labels[record]),
    classNames,
    givenTest: null,
  };
}

/** At most so many pictures of a set, spread over its classes and, where it brings a split, over both parts of it. */
export function takePictures(set: ImageSet, most: number): ImageSet {
  if (set.records <= most) return set;
  const isTest = new Uint8Array(set.records);
  for (const record of set.givenTest ?? []) isTest[record] = 1;
  const part = Uint16Array.from(set.labels, (label, i) => 2 * label + isTest[i]);
  const all = Uint32Array.from({ length: set.records }, (_, i) => i);
  const taken = spreadOver(all, part, most);
  const some = subset(set, taken);
  if (set.givenTest === null) return some;
  const test = Uint32Array.from({ length: some.records }, (_, k) => k).filter((k) => isTest[taken[k]] === 1);
  return { ...some, givenTest: test };
}
