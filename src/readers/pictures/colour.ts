/** Channels of pictures: alpha on white, grey from colour, colour from grey. Integers throughout. */
import type { Picture } from '../imageReading.ts';

/** Luma of BT.601 in 16-bit fixed point: weights of red, green and blue that add up to 2¹⁶, so that grey stays grey. */
const RED = 19_595;
const GREEN = 38_470;
const BLUE = 7_471;

/** Grey value of a colour, rounded. */
export function luma(red: number, green: number, blue: number): number {
  return (RED * red + GREEN * green + BLUE * blue + 32_768) >>> 16;
}

/** Greys of n RGB pixels. */
export function greysOf(rgb: Uint8Array, greys = new Uint8Array(rgb.length / 3)): Uint8Array {
  for (let i = 0, from = 0; i < greys.length; i++, from += 3)
    greys[i] = (RED * rgb[from] + GREEN * rgb[from + 1] + BLUE * rgb[from + 2] + 32_768) >>> 16;
  return greys;
}

/** RGB pixels of n greys. */
export function coloursOf(greys: Uint8Array, rgb = new Uint8Array(greys.length * 3)): Uint8Array {
  for (let i = 0, to = 0; i < greys.length; i++, to += 3) rgb[to] = rgb[to + 1] = rgb[to + 2] = greys[i];
  return rgb;
}

/** Whether any pixel lets something through. */
export function isTransparent({ channels, data }: Picture): boolean {
  if (channels === 1 || channels === 3) return false;
  for (let at = channels - 1; at < data.length; at += channels) if (data[at] !== 255) return true;
  return false;
}

/** The picture without alpha, laid on white. */
function flatten({ width, height, channels, data }: Picture): Picture {
  const colours = channels - 1;
  const flat = new Uint8Array(width * height * colours);
  for (let from = 0, to = 0; from < data.length; from += channels) {
    const alpha = data[from + colours];
    const white = 255 * (255 - alpha) + 127;
    for (let channel = 0; channel < colours; channel++)
      flat[to++] = alpha === 255 ? data[from + channel] : ((data[from + channel] * alpha + white) / 255) | 0;
  }
  return { width, height, channels: colours as 1 | 3, data: flat };
}

/** The picture in 1 or 3 channels: alpha laid on white, grey as luma, colour as three equal channels. */
export function withChannels(picture: Picture, channels: 1 | 3): Picture {
  const flat = picture.channels === 2 || picture.channels === 4 ? flatten(picture) : picture;
  if (flat.channels === channels) return flat;
  const data = channels === 1 ? greysOf(flat.data) : coloursOf(flat.data);
  return { ...flat, channels, data };
}
