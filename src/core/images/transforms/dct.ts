/** Luma and chroma in frequencies of the whole channel: the paper's transform of colour pictures. */
import { planBlocks } from './blocks.ts';
import { frequencyWords, type ImageTransform, type TransformMeta } from './transform.ts';

export const dctMeta: TransformMeta = {
  name: 'dct',
  id: 2,
  label: 'DCT, whole channel',
  sentence:
    'Colour becomes luma and chroma, each of them frequencies of the whole picture, rounded to whole numbers: pictures come back almost exactly.',
  short: 'DCT',
  isLossless: false,
  usesRepresentation: true,
  column: 'coefficient',
  seen: 'rounded frequencies',
  map: 'the mean at the top left, finer detail to the right and below',
  place: (channel, y, x) => `${channel}, ${frequencyWords(x, y)}`,
};

export const dct: ImageTransform = {
  meta: dctMeta,
  plan: (shape) => planBlocks(shape, null),
};
