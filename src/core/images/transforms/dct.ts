/** Luma and chroma in frequencies of the whole channel: the paper's transform of colour pictures. */
import { planBlocks } from './blocks.ts';
import type { ImageTransform } from './transform.ts';

export const dct: ImageTransform = {
  meta: {
    name: 'dct',
    id: 2,
    label: 'Cosine transform, whole channel',
    sentence:
      'Colour becomes luma and chroma, each of them frequencies of the whole picture, rounded to whole numbers: pictures come back nearly.',
    isLossless: false,
  },
  plan: (shape) => planBlocks(shape, null),
};
