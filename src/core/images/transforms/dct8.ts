/** Luma and chroma in frequencies of blocks of 8 × 8 pixels, as JPEG has them. */
import { planBlocks } from './blocks.ts';
import { frequencyWords, type ImageTransform, type TransformMeta } from './transform.ts';

const SIDE = 8;

export const dct8Meta: TransformMeta = {
  name: 'dct8',
  id: 3,
  label: 'DCT, 8 × 8 blocks',
  sentence:
    'Colour becomes luma and chroma, each of them frequencies of blocks of 8 × 8 pixels, rounded to whole numbers: pictures come back almost exactly.',
  short: 'DCT 8 × 8',
  isLossless: false,
  usesRepresentation: true,
  column: 'coefficient',
  seen: 'rounded frequencies',
  map: 'blocks of 8 × 8, the mean at the top left of each',
  place: (channel, y, x) =>
    `${channel}, block row ${Math.floor(y / SIDE)}, column ${Math.floor(x / SIDE)}, ${frequencyWords(x % SIDE, y % SIDE)}`,
};

export const dct8: ImageTransform = {
  meta: dct8Meta,
  plan: (shape) => planBlocks(shape, SIDE),
};
