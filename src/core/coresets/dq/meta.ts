import type { MethodMeta } from '../../selection/method.ts';

export const dqMeta: MethodMeta = {
  name: 'dq',
  label: 'DQ',
  family: 'DQ',
  draw: 'dq',
  sentence:
    'Each class is divided into bins of unlike pictures, and the same share is drawn from every bin, once.',
  archiveSentence: null,
  sweepSentence: 'A share of every bin of unlike pictures, chosen once.',
  source: 'raw',
  isFixed: true,
  usesFraction: true,
  needsNetwork: true,
  options: ['bins', 'pretrain'],
  usual: { pretrain: 5 },
  authors: 'Zhou et al., 2023',
  note: 'Its features are those of the lab’s own network after a few epochs on every picture, not of one trained on ImageNet, and no parts of pictures are dropped.',
  look: { colour: 'var(--series-5)', stroke: 'dashed', marks: 'filled', shape: 'circle' },
};
