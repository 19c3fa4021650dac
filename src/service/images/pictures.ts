/** Pictures on their way to the page: copies of their pixels, with labels and numbers. */
import type { Pictures } from '../../contracts/images.ts';
import { LabError } from '../../core/errors.ts';
import { gatherPixels, type ImageSet, type ImageShape } from '../../core/images/imageSet.ts';

/** Most pictures that are fetched at once. */
const MOST_PICTURES = 2_000;

/** Copies of the pictures of a set by number. */
export function picturesOf(set: ImageSet, records: Uint32Array): Pictures {
  const labels = Uint16Array.from(records, (record) => set.labels[record]);
  return { ...sizeOf(set.shape), records, labels, pixels: gatherPixels(set, records) };
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
  if (
    !(Number.isInteger(from) && from >= 0 && Number.isInteger(count) && count >= 0 && count <= MOST_PICTURES)
  ) {
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
