/** A random share of the training pictures, from raw pixels: a fresh one in every epoch, or one for all. */
import { createFixedDraw, createFreshDraws } from '../selection/draw.ts';
import type { Method, MethodMeta } from '../selection/method.ts';

export const randomMeta: MethodMeta = {
  name: 'random',
  label: 'Random',
  family: 'Random',
  draw: 'chance',
  sentence: 'A fresh random share in every epoch, from raw pixels that are held in memory.',
  archiveSentence:
    'A fresh random share in every epoch. Only the archive is open, so its pixels are decoded from it.',
  sweepSentence: 'A fresh share in every epoch, from raw pixels.',
  source: 'raw',
  isFixed: false,
  usesFraction: true,
  needsNetwork: false,
  options: [],
  look: { colour: 'var(--series-1)', stroke: 'dashed', marks: 'filled', shape: 'square' },
};

export const random: Method = { meta: randomMeta, create: createFreshDraws };

export const randomFixedMeta: MethodMeta = {
  name: 'random-fixed',
  label: 'Random, fixed',
  family: 'Random',
  draw: 'chance',
  sentence: 'One random share, the same in every epoch, from raw pixels that are held in memory.',
  archiveSentence:
    'One random share, the same in every epoch. Only the archive is open, so its pixels are decoded from it.',
  sweepSentence: 'The same share in every epoch, from raw pixels.',
  source: 'raw',
  isFixed: true,
  usesFraction: true,
  needsNetwork: false,
  options: [],
  // As the fresh one, but hollow and broken.
  look: { colour: 'var(--series-1)', stroke: 'dashDotted', marks: 'hollow', shape: 'square' },
};

export const randomFixed: Method = { meta: randomFixedMeta, create: createFixedDraw };
