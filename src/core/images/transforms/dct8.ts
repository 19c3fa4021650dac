/** Luma and chroma in frequencies of blocks of 8 × 8 pixels, as JPEG has them. */
import { planBlocks } from './blocks.ts';
import type { ImageTransform } from './transform.ts';

const SIDE = 8;

export const dct8: ImageTransform = {
  meta: {
    name: 'dct8',
    id: 3,
    label: 'Cosine transform, 8 × 8 blocks',
    sentence:
      'Colour becomes luma and chroma, each of them frequencies of blocks of 8 × 8 pixels, rounded to whole numbers: pictures come back nearly.',
    isLossless: false,
  },
  plan: (shape) => planBlocks(shape, SIDE),
};
