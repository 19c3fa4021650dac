/** Every training picture in every epoch. */
import { countAtLeastOne, STATELESS } from '../selection/draw.ts';
import type { Method, MethodMeta, Selection } from '../selection/method.ts';

export const fullMeta: MethodMeta = {
  name: 'full',
  label: 'Full',
  family: 'Full',
  draw: 'all',
  sentence: 'Every training picture in every epoch, from raw pixels: what the others are measured against.',
  archiveSentence:
    'Every training picture in every epoch: what the others are measured against. Only the archive is open, so its pixels are decoded from it.',
  sweepSentence: 'Every picture in every epoch: once for each seed.',
  source: 'raw',
  isFixed: true,
  usesFraction: false,
  needsNetwork: false,
  options: [],
  look: { colour: 'var(--full)', stroke: 'solid', marks: 'filled', shape: 'diamond' },
};

export const full: Method = {
  meta: fullMeta,
  create(context) {
    const { train } = context;
    const selection: Selection = { records: train.slice(), weights: null, isOrdered: false };
    return { ...STATELESS, count: countAtLeastOne(train.length, context), select: () => selection };
  },
};
