/** A random share of the training pictures, decoded from the archive: a fresh one in every epoch, or one for all. */
import { createFixedDraw, createFreshDraws } from '../selection/draw.ts';
import type { Method, MethodMeta } from '../selection/method.ts';

export const dreamlearningMeta: MethodMeta = {
  name: 'dreamlearning',
  label: 'dreaMLearning',
  family: 'dreaMLearning',
  draw: 'chance',
  sentence: 'A fresh random share in every epoch, decoded from the archive.',
  archiveSentence: null,
  sweepSentence: 'A fresh share in every epoch, from the archive.',
  source: 'archive',
  isFixed: false,
  usesFraction: true,
  needsNetwork: false,
  options: [],
  // The archive has a colour of its own.
  look: { colour: 'var(--analytics)', stroke: 'solid', marks: 'filled', shape: 'circle' },
};

export const dreamlearning: Method = { meta: dreamlearningMeta, create: createFreshDraws };

export const dreamlearningFixedMeta: MethodMeta = {
  name: 'dreamlearning-fixed',
  label: 'dreaMLearning, fixed',
  family: 'dreaMLearning',
  draw: 'chance',
  sentence: 'One random share, the same in every epoch, decoded from the archive.',
  archiveSentence: null,
  sweepSentence: 'The same share in every epoch, from the archive.',
  source: 'archive',
  isFixed: true,
  usesFraction: true,
  needsNetwork: false,
  options: [],
  look: { colour: 'var(--analytics)', stroke: 'dotted', marks: 'hollow', shape: 'circle' },
};

export const dreamlearningFixed: Method = { meta: dreamlearningFixedMeta, create: createFixedDraw };
