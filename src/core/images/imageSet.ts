/** Pictures of one size with a class each: what every image dataset becomes when it is read. */

/** Size of every picture of a set. A pixel's channels stand together: byte (y · width + x) · channels + c. */
export interface ImageShape {
  width: number;
  height: number;
  /** 1 (grey) or 3 (red, green, blue). */
  channels: 1 | 3;
}

export interface ImageSet {
  shape: ImageShape;
  /** Number of pictures n, training and test pictures together. */
  records: number;
  /** n × height × width × channels (NHWC), picture after picture. */
  pixels: Uint8Array;
  /** Class of every picture, below `classNames.length`. */
  labels: Uint16Array;
  classNames: string[];
  /** Test pictures by number, ascending, where the dataset brings its own split; null where one has to be made. */
  givenTest: Uint32Array | null;
}

export { MAX_CLASSES, MAX_PIXEL_BYTES } from '../limits.ts';

/** Bytes of one picture, which is also its number of columns. */
export function pictureBytes({ width, height, channels }: ImageShape): number {
  return width * height * channels;
}

/** Bytes of all pictures. */
export function rawBytes(set: Pick<ImageSet, 'shape' | 'records'>): number {
  return set.records * pictureBytes(set.shape);
}

/**
 * Copies of pictures by their numbers, one after the other.
 *
 * @param into where they go: room for as many pictures
 */
export function gatherPixels(
  { shape, pixels }: Pick<ImageSet, 'shape' | 'pixels'>,
  records: ArrayLike<number>,
  into: Uint8Array = new Uint8Array(records.length * pictureBytes(shape)),
): Uint8Array {
  const bytes = pictureBytes(shape);
  for (let k = 0; k < records.length; k++) {
    const from = records[k] * bytes;
    into.set(pixels.subarray(from, from + bytes), k * bytes);
  }
  return into;
}
