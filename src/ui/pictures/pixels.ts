/** From the bytes of pictures to what a canvas shows: RGBA, and differences made visible. */

export interface PictureSize {
  width: number;
  height: number;
  /** 1 (grey) or 3 (red, green, blue). */
  channels: 1 | 3;
}

/** Writes picture `index` of NHWC pixels as opaque RGBA into a strip of pictures, `stripWidth` pixels wide, at `left`. */
export function writeRgba(
  pixels: Uint8Array,
  index: number,
  { width, height, channels }: PictureSize,
  strip: Uint8ClampedArray,
  stripWidth: number,
  left: number,
): void {
  let from = index * width * height * channels;
  for (let y = 0; y < height; y++) {
    let to = (y * stripWidth + left) * 4;
    if (channels === 1) {
      for (let x = 0; x < width; x++, from++, to += 4) {
        const grey = pixels[from];
        strip[to] = grey;
        strip[to + 1] = grey;
        strip[to + 2] = grey;
        strip[to + 3] = 255;
      }
    } else {
      for (let x = 0; x < width; x++, from += 3, to += 4) {
        strip[to] = pixels[from];
        strip[to + 1] = pixels[from + 1];
        strip[to + 2] = pixels[from + 2];
        strip[to + 3] = 255;
      }
    }
  }
}

export interface PictureDifference {
  /** Largest difference of a channel value, in levels of 255. */
  largest: number;
  /** Channel values that differ, of how many. */
  changed: number;
  values: number;
  /** By what the differences are multiplied in the picture. */
  factor: number;
  /** Mid-grey where nothing changed, brighter where the value went up, darker where it went down. */
  pixels: Uint8Array;
}

const MIDDLE = 128;
const LARGEST_FACTOR = 64;

/** What `after` adds to `before`, multiplied so that it can be seen: by the largest power of two, 64 at most, that cuts
 * nothing off. Both have the same length. */
export function differenceOf(before: Uint8Array, after: Uint8Array): PictureDifference {
  let largest = 0;
  let changed = 0;
  for (let k = 0; k < before.length; k++) {
    const difference = Math.abs(after[k] - before[k]);
    if (difference > 0) changed++;
    if (difference > largest) largest = difference;
  }
  let factor = 1;
  if (largest > 0) while (factor < LARGEST_FACTOR && factor * 2 * largest <= MIDDLE - 1) factor *= 2;
  const pixels = new Uint8Array(before.length);
  for (let k = 0; k < before.length; k++) {
    pixels[k] = Math.min(255, Math.max(0, MIDDLE + factor * (after[k] - before[k])));
  }
  return { largest, changed, values: before.length, factor, pixels };
}
