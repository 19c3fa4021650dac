/**
 * The cosine transform of pictures cut into blocks, or of whole channels, which are one block. A picture's coefficients
 * stand channel by channel (Y, Cb, Cr), block by block from left to right and from top to bottom, in a block row by row
 * from the lowest vertical frequency, in a row from the lowest horizontal one.
 */
import { LabError } from '../../errors.ts';
import { pictureBytes, type ImageShape } from '../imageSet.ts';
import { pixelScale, toPixels, toPlanes } from './colour.ts';
import { cosineLine, MAX_LINE, type CosineLine } from './cosineLine.ts';
import type { TransformPlan } from './transform.ts';

/** Coefficients enter the inverse in units of 2^-12. */
const FRACTION = 2 ** 12;

/** Adding and subtracting it rounds a smaller number to a whole one, ties to even. */
const ROUND = 1.5 * 2 ** 52;

/** Most values of one picture; twice as many doubles are kept at hand. */
const MAX_VALUES = 2 ** 22;

/** How one direction is cut. */
interface Cut {
  side: number;
  whole: CosineLine;
  /** For what is left at the end; `whole` where nothing is. */
  rest: CosineLine;
}

/**
 * @param side of the blocks: what is left at the right and lower edge makes smaller ones; null for whole channels
 * @throws IMAGES_TOO_LARGE
 */
export function planBlocks(shape: ImageShape, side: number | null): TransformPlan {
  const { width, height, channels } = shape;
  const columns = pictureBytes(shape);
  const longest = side ?? Math.max(width, height);
  if (longest > MAX_LINE || columns > MAX_VALUES) {
    throw new LabError(
      'IMAGES_TOO_LARGE',
      `The pictures have ${width} × ${height} pixels; the cosine transform takes up to ` +
        (longest > MAX_LINE ? `${MAX_LINE} × ${MAX_LINE}.` : `${MAX_VALUES} values a picture.`),
    );
  }
  const area = width * height;
  const across = cut(width, side);
  const down = width === height ? across : cut(height, side);
  const gainSquared = across.whole.gainSquared * down.whole.gainSquared;
  const forwardScale = 1 / Math.sqrt(gainSquared);
  const scale = pixelScale(gainSquared, FRACTION);
  const planes = new Float64Array(columns);
  const block = new Float64Array(Math.min(across.side, width) * Math.min(down.side, height));
  const turned = new Float64Array(block.length);

  return {
    columns,
    isIdentity: false,

    forward(pixels, from, count, values) {
      let to = 0;
      for (let picture = 0; picture < count; picture++) {
        toPlanes(pixels, (from + picture) * columns, channels, area, planes);
        for (let plane = 0; plane < columns; plane += area) {
          for (let y = 0; y < height; y += down.side) {
            const h = Math.min(down.side, height - y);
            const vertical = h === down.side ? down.whole : down.rest;
            for (let x = 0; x < width; x += across.side) {
              const w = Math.min(across.side, width - x);
              const horizontal = w === across.side ? across.whole : across.rest;
              horizontal.forward(planes, plane + y * width + x, width, turned, 0, h, h);
              vertical.forward(turned, 0, h, block, 0, w, w);
              const size = w * h;
              for (let k = 0; k < size; k++) values[to + k] = block[k] * forwardScale + ROUND - ROUND;
              to += size;
            }
          }
        }
      }
    },

    inverse(values, count, pixels, at) {
      let from = 0;
      for (let picture = 0; picture < count; picture++) {
        for (let plane = 0; plane < columns; plane += area) {
          for (let y = 0; y < height; y += down.side) {
            const h = Math.min(down.side, height - y);
            const vertical = h === down.side ? down.whole : down.rest;
            for (let x = 0; x < width; x += across.side) {
              const w = Math.min(across.side, width - x);
              const horizontal = w === across.side ? across.whole : across.rest;
              const size = w * h;
              for (let k = 0; k < size; k++) block[k] = values[from + k] * FRACTION;
              from += size;
              horizontal.inverse(block, 0, w, turned, 0, h, h);
              vertical.inverse(turned, 0, h, planes, plane + y * width + x, width, w);
            }
          }
        }
        toPixels(planes, area, channels, scale, pixels, (at + picture) * columns);
      }
    },

    place(column) {
      const channel = Math.floor(column / area);
      const inChannel = column - channel * area;
      // Coefficients of a row of blocks are as many as the pixels that it covers; so are those of a block.
      const y = Math.floor(inChannel / (width * down.side)) * down.side;
      const h = Math.min(down.side, height - y);
      const inRow = inChannel - y * width;
      const x = Math.floor(inRow / (h * across.side)) * across.side;
      const w = Math.min(across.side, width - x);
      const inBlock = inRow - x * h;
      return { channel, y: y + Math.floor(inBlock / w), x: x + (inBlock % w) };
    },
  };
}

/** Blocks of `side` values; what is left has the same gain, so that one scale serves a whole picture. */
function cut(length: number, side: number | null): Cut {
  if (side === null) {
    const line = cosineLine(length, 1);
    return { side: length, whole: line, rest: line };
  }
  const whole = cosineLine(side, side);
  const left = length % side;
  return { side, whole, rest: left === 0 ? whole : cosineLine(left, side) };
}
