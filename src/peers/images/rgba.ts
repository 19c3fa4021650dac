/** Pixels as the libraries for PNG, WebP and QOI want them: red, green, blue and full alpha. */
import type { ImageShape } from '../../core/images/imageSet.ts';
import type { PictureDecoder } from './libraries.ts';
import type { PictureReader } from './picturePeer.ts';

/** Room for one picture as RGBA. */
export function rgbaRoom({ width, height }: ImageShape): Uint8ClampedArray {
  return new Uint8ClampedArray(4 * width * height).fill(255);
}

/** Grey becomes three equal values; alpha is left as it is. */
export function toRgba(pixels: Uint8Array, channels: 1 | 3, rgba: Uint8ClampedArray): void {
  if (channels === 1) {
    for (let i = 0, to = 0; i < pixels.length; i++, to += 4) {
      const grey = pixels[i];
      rgba[to] = grey;
      rgba[to + 1] = grey;
      rgba[to + 2] = grey;
    }
    return;
  }
  for (let from = 0, to = 0; from < pixels.length; from += 3, to += 4) {
    rgba[to] = pixels[from];
    rgba[to + 1] = pixels[from + 1];
    rgba[to + 2] = pixels[from + 2];
  }
}

function fromRgba(rgba: Uint8ClampedArray, channels: 1 | 3, pixels: Uint8Array): void {
  if (channels === 1) {
    for (let i = 0, from = 0; i < pixels.length; i++, from += 4) pixels[i] = rgba[from];
    return;
  }
  for (let to = 0, from = 0; to < pixels.length; to += 3, from += 4) {
    pixels[to] = rgba[from];
    pixels[to + 1] = rgba[from + 1];
    pixels[to + 2] = rgba[from + 2];
  }
}

/** Reads pictures by a library's decoder. */
export function rgbaReader(
  decoder: PictureDecoder,
  { width, height, channels }: ImageShape,
  file: Uint8Array,
): PictureReader {
  return {
    read(from, to, pixels) {
      const picture = decoder.decode(file.subarray(from, to));
      if (picture?.data.length !== 4 * width * height)
        throw new Error(`The picture at byte ${from} cannot be decoded.`);
      fromRgba(picture.data, channels, pixels);
    },
  };
}
