/** Pixels as they are: every column is one channel of one pixel. */
import { pictureBytes } from '../imageSet.ts';
import type { ImageTransform, TransformMeta } from './transform.ts';

export const noneMeta: TransformMeta = {
  name: 'none',
  id: 1,
  label: 'Pixels as they are',
  sentence: 'Every channel of every pixel is a column of eight bits; pictures come back exactly.',
  short: 'pixels',
  isLossless: true,
  usesRepresentation: false,
  column: 'pixel',
  seen: 'the pixels themselves',
  map: 'one picture per bit plane, the top bit first',
  place: (channel, y, x, isGrey) => `pixel row ${y}, column ${x}${isGrey ? '' : ` (${channel})`}`,
};

export const none: ImageTransform = {
  meta: noneMeta,

  plan(shape) {
    const { width, channels } = shape;
    const columns = pictureBytes(shape);
    return {
      columns,
      isIdentity: true,

      forward(pixels, from, count, values) {
        const at = from * columns;
        const size = count * columns;
        for (let k = 0; k < size; k++) values[k] = pixels[at + k];
      },

      inverse(values, count, pixels, at) {
        const to = at * columns;
        const size = count * columns;
        for (let k = 0; k < size; k++) {
          const value = values[k];
          pixels[to + k] = value < 0 ? 0 : value > 255 ? 255 : value;
        }
      },

      place(column) {
        const pixel = Math.floor(column / channels);
        return { channel: column % channels, y: Math.floor(pixel / width), x: pixel % width };
      },
    };
  },
};
