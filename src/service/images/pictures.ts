/** Pictures on their way to the page: copies of their pixels, with labels and numbers. */
import type { Pictures } from '../../contracts/images.ts';
import { LabError } from '../../core/errors.ts';
import { pictureBytes, type ImageSet, type ImageShape } from '../../core/images/imageSet.ts';

/** Most pictures that are fetched at once. */
const MOST_PICTURES = 2_000;

/** Copies of the pictures of a set by number. */
export function picturesOf(set: ImageSet, records: Uint32Array): Pictures {
  const bytes = pictureBytes(set.shape);
  const pixels = new Uint8Array(records.length * bytes);
  const labels = new Uint16Array(records.length);
  for (let k = 0; k < records.length; k++) {
    const from = records[k] * bytes;
    pixels.set(set.pixels.subarray(from, from + bytes), k * bytes);
    labels[k] = set.labels[records[k]];
  }
  return { ...sizeOf(set.shape), records, labels, pixels };
}

/** The shape alone, without whatever else the object has. */
export function sizeOf({ width, height, channels }: ImageShape): ImageShape {
  return { width, height, channels };
}

/**
 * Pictures of one class in their order.
 *
 * @param from position among the pictures of the class; beyond the last one there are none
 * @throws SETTING_OUT_OF_RANGE for a class that is not there, or more pictures than may be asked for
 */
export function picturesOfClass(set: ImageSet, label: number, from: number, count: number): Pictures {
  const classes = set.classNames.length;
  if (!Number.isInteger(label) || label < 0 || label >= classes) {
    throw new LabError(
      'SETTING_OUT_OF_RANGE',
      `There is no class ${label}; classes run from 0 to ${classes - 1}.`,
    );
  }
  if (!(
    Number.isInteger(from) &&
    from >= 0 &&
    Number.isInteger(count) &&
    count >= 0 &&
    count <= MOST_PICTURES
  )) {
    throw new LabError(
      'SETTING_OUT_OF_RANGE',
      `${count} pictures from number ${from} on were asked for; at most ${MOST_PICTURES} can be fetched at once.`,
    );
  }
  const records: number[] = [];
  for (let i = 0, rank = 0; i < set.records && records.length < count; i++) {
    if (set.labels[i] === label && rank++ >= from) records.push(i);
  }
  return picturesOf(set, Uint32Array.from(records));
}
