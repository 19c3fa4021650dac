/**
 * Transforms and representations that can be chosen, as the page sees them: what is registered in the core, word for
 * word. They are repeated here because the code of the transforms is large, and runs in the workers alone; a test
 * holds the two together.
 */
import type { RepresentationMeta } from '../core/images/representations/representation.ts';
import type { TransformMeta } from '../core/images/transforms/transform.ts';

export const TRANSFORM_CHOICES: readonly TransformMeta[] = [
  {
    name: 'none',
    id: 1,
    label: 'Pixels as they are',
    sentence: 'Every channel of every pixel is a column of eight bits; pictures come back exactly.',
    isLossless: true,
  },
  {
    name: 'dct',
    id: 2,
    label: 'Cosine transform, whole channel',
    sentence:
      'Colour becomes luma and chroma, each of them frequencies of the whole picture, rounded to whole numbers: pictures come back nearly.',
    isLossless: false,
  },
  {
    name: 'dct8',
    id: 3,
    label: 'Cosine transform, 8 × 8 blocks',
    sentence:
      'Colour becomes luma and chroma, each of them frequencies of blocks of 8 × 8 pixels, rounded to whole numbers: pictures come back nearly.',
    isLossless: false,
  },
];

export const REPRESENTATION_CHOICES: readonly RepresentationMeta[] = [
  {
    name: 'zigzag',
    id: 1,
    label: 'Zigzag',
    sentence:
      'Values alternate in sign, 0, −1, 1, −2, …: the sign is the last bit, and small values begin with zeros.',
  },
  {
    name: 'offset',
    id: 2,
    label: 'Offset',
    sentence: 'Values count from the least of their column, as numbers in tables do.',
  },
  {
    name: 'signmag',
    id: 3,
    label: 'Sign and magnitude',
    sentence: 'The sign comes first, then the magnitude: the sign of noise is a bit that nothing compresses.',
  },
  {
    name: 'twos',
    id: 4,
    label: "Two's complement",
    sentence: 'The way processors keep integers: small values of opposite sign differ in every bit.',
  },
];
