/** Square pictures in rows of a table: their size by the number of values. */
import type { ImageShape } from '../../core/images/imageSet.ts';

/** Fewest pixels of a picture in a row: 4 × 4. What is smaller is a table of something else. */
const LEAST_PIXELS = 16;

/** The square picture, grey or in colours, that has so many values; null where there is none. */
export function sideOf(values: number): ImageShape | null {
  for (const channels of [1, 3] as const) {
    const pixels = values / channels;
    const side = Math.round(Math.sqrt(pixels));
    if (pixels >= LEAST_PIXELS && side * side === pixels) return { width: side, height: side, channels };
  }
  return null;
}
