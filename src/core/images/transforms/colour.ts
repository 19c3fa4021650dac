/**
 * Pixels to planes around zero and back. Colour becomes luma and two chroma planes (ITU-R BT.601, full range): the
 * forward way in doubles, the way back in whole numbers.
 */

/** Y = 0.299 R + 0.587 G + 0.114 B; Cb = (B − Y) / 1.772; Cr = (R − Y) / 1.402. */
const RED = 0.299;
const GREEN = 0.587;
const BLUE = 0.114;
const CB = 1 / 1.772;
const CR = 1 / 1.402;

/** The level that becomes zero. */
const MIDDLE = 128;

/** One picture's pixels to its plane or its three planes, one after the other, each of `area` values. */
export function toPlanes(
  pixels: Uint8Array,
  at: number,
  channels: 1 | 3,
  area: number,
  planes: Float64Array,
): void {
  if (channels === 1) {
    for (let k = 0; k < area; k++) planes[k] = pixels[at + k] - MIDDLE;
    return;
  }
  for (let k = 0, p = at; k < area; k++, p += 3) {
    const red = pixels[p];
    const blue = pixels[p + 2];
    const luma = RED * red + GREEN * pixels[p + 1] + BLUE * blue;
    planes[k] = luma - MIDDLE;
    planes[area + k] = (blue - luma) * CB;
    planes[2 * area + k] = (red - luma) * CR;
  }
}

/** Constants of the way back, for planes that hold `scale` times their levels. */
export interface PixelScale {
  /** Whole numbers: 2^places / scale, and that times 1.402, 0.344136…, 0.714136… and 1.772. */
  luma: number;
  redCr: number;
  greenCb: number;
  greenCr: number;
  blueCb: number;
  /** 2^-places. */
  unit: number;
}

/** Binary places of the constants, at least. */
const PLACES = 20;

/**
 * @param gainSquared square of what the inverse transform multiplies by beyond `fraction`, at most 2^30
 * @param fraction power of two that the coefficients were multiplied by
 */
export function pixelScale(gainSquared: number, fraction: number): PixelScale {
  // 2^PLACES / √gain would lose digits to a large gain: its whole powers of two are put into the unit.
  const half = (31 - Math.clz32(gainSquared)) >>> 1;
  const one = (2 ** PLACES * 2 ** half) / Math.sqrt(gainSquared);
  return {
    luma: Math.round(one),
    redCr: Math.round(1.402 * one),
    greenCb: Math.round(((0.114 * 1.772) / 0.587) * one),
    greenCr: Math.round(((0.299 * 1.402) / 0.587) * one),
    blueCb: Math.round(1.772 * one),
    unit: 1 / (2 ** PLACES * 2 ** half * fraction),
  };
}

/** The planes of one picture back to its pixels: rounded to the nearest level, halves up, and kept in 0 … 255. */
export function toPixels(
  planes: Float64Array,
  area: number,
  channels: 1 | 3,
  scale: PixelScale,
  pixels: Uint8Array,
  at: number,
): void {
  const { luma, redCr, greenCb, greenCr, blueCb, unit } = scale;
  // What is stored is cut off behind the point: half a level more makes that a rounding.
  const shift = MIDDLE + 0.5;
  if (channels === 1) {
    for (let k = 0; k < area; k++) {
      const grey = planes[k] * luma * unit + shift;
      pixels[at + k] = grey > 0 ? (grey < 255 ? grey : 255) : 0;
    }
    return;
  }
  for (let k = 0, p = at; k < area; k++, p += 3) {
    const y = planes[k] * luma;
    const cb = planes[area + k];
    const cr = planes[2 * area + k];
    const red = (y + redCr * cr) * unit + shift;
    const green = (y - greenCb * cb - greenCr * cr) * unit + shift;
    const blue = (y + blueCb * cb) * unit + shift;
    pixels[p] = red > 0 ? (red < 255 ? red : 255) : 0;
    pixels[p + 1] = green > 0 ? (green < 255 ? green : 255) : 0;
    pixels[p + 2] = blue > 0 ? (blue < 255 ? blue : 255) : 0;
  }
}
