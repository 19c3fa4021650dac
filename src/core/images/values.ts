/** Room for the values of transformed pictures: 16 bits where no picture of the size can exceed them. */
import type { ImageShape } from './imageSet.ts';

/**
 * Most pixels of a channel whose coefficients fit 16 bits: an orthonormal transform of W × H levels below 256 stays
 * below 255 · √(W · H), which is 32,640 here.
 */
const SHORT_PIXELS = 16_384;

/** Bits of a code that is not negative as a 16-bit integer. */
const SHORT_BITS = 15;

type Size = Pick<ImageShape, 'width' | 'height'>;

export function valueArray({ width, height }: Size, length: number): Int16Array | Int32Array {
  return width * height <= SHORT_PIXELS ? new Int16Array(length) : new Int32Array(length);
}

/**
 * Bits of a value that was a code before, in place.
 *
 * @param columns of a record: an odd number of 16 bits each would not end with a word
 * @param widest bits of the widest code
 */
export function valueBits({ width, height }: Size, columns: number, widest: number): 16 | 32 {
  return width * height <= SHORT_PIXELS && widest <= SHORT_BITS && columns % 2 === 0 ? 16 : 32;
}
