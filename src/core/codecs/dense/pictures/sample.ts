/** Training pictures that a model is fitted to: all of them, or every second, fourth … of large sets. */
import { LabError } from '../../../errors.ts';
import type { Pulse } from '../../../pulse.ts';
import type { ArchiveTraining, PictureShape } from '../../codec.ts';

/** Most bytes that are kept to be looked at again. */
const MOST_BYTES = 50e6;

export interface PictureSample {
  shape: PictureShape;
  /** Pictures, one after the other. */
  pixels: Uint8Array;
  count: number;
  /** Training pictures that each of them stands for, pixel by pixel. */
  weight: number;
}

/** Reads every table once. */
export async function samplePictures(training: ArchiveTraining, pulse: Pulse): Promise<PictureSample> {
  const shape = pixelShape(training.picture);
  const bytes = shape.width * shape.height * shape.channels;
  let kept = new Uint8Array(bytes);
  let count = 0;
  let every = 1;
  let seen = 0;
  for (let table = 0; table < training.tables; table++) {
    const { records, pixels } = await training.group(table);
    for (let record = 0; record < records; record++, seen++) {
      if (seen % every !== 0) continue;
      // One picture at least stays.
      if (count > 0 && (count + 1) * bytes > MOST_BYTES) {
        count = keepEverySecond(kept, count, bytes);
        every *= 2;
        if (seen % every !== 0) continue;
      }
      if ((count + 1) * bytes > kept.length) {
        const larger = new Uint8Array(Math.min(2 * kept.length, Math.max(MOST_BYTES, bytes)));
        larger.set(kept);
        kept = larger;
      }
      kept.set(pixels!.subarray(record * bytes, (record + 1) * bytes), count++ * bytes);
    }
    if (pulse.due()) {
      await pulse.beat({ phase: 'Reading pictures', done: table, total: training.tables, unit: 'tables' });
    }
  }
  const pixels = kept.subarray(0, count * bytes);
  return { shape, pixels, count, weight: count === 0 ? 1 : seen / count };
}

/** Rows that are taken together of a large picture. */
const LEAST_ROWS = 64;

/** A part of a sample that has about so many bytes: pictures spread over it, of large ones some rows, here and there. */
export function thinned({ shape, pixels, count, weight }: PictureSample, bytes: number): PictureSample {
  const row = shape.width * shape.channels;
  const height = Math.min(shape.height, Math.max(LEAST_ROWS, Math.floor(bytes / (row * count))));
  const size = height * row;
  const every = Math.max(1, Math.floor((count * size) / bytes));
  const left = Math.ceil(count / every);
  const part = new Uint8Array(left * size);
  for (let k = 0; k < left; k++) {
    const from = (k * every * shape.height + ((k * LEAST_ROWS) % (shape.height - height + 1))) * row;
    part.set(pixels.subarray(from, from + size), k * size);
  }
  const share = part.length / pixels.length;
  return {
    shape: { ...shape, height },
    pixels: part,
    count: left,
    weight: left === 0 ? weight : weight / share,
  };
}

/** @returns how many are left */
function keepEverySecond(pictures: Uint8Array, count: number, bytes: number): number {
  for (let k = 2; k < count; k += 2) pictures.copyWithin((k / 2) * bytes, k * bytes, (k + 1) * bytes);
  return Math.ceil(count / 2);
}

/** @throws INTERNAL where columns are no pixels */
export function pixelShape(picture: PictureShape | null): PictureShape {
  if (picture !== null) return picture;
  throw new LabError(
    'INTERNAL',
    'The dense codec takes pictures as they are: no transform may stand before it.',
  );
}
