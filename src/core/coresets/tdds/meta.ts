import type { MethodMeta } from '../../selection/method.ts';

export const tddsMeta: MethodMeta = {
  name: 'tdds',
  label: 'TDDS',
  family: 'TDDS',
  draw: 'tdds',
  sentence:
    'The pictures whose predictions change most unsteadily while a first network learns, chosen once.',
  archiveSentence: null,
  sweepSentence: 'The pictures that are learned most unsteadily, chosen once.',
  source: 'raw',
  isFixed: true,
  usesFraction: true,
  needsNetwork: true,
  options: ['pretrain', 'window', 'scoreDecay'],
  usual: { pretrain: 30 },
  authors: 'Zhang et al., 2024',
  note: 'The loss of a batch is not scaled by its scores, as the authors’ is.',
  look: { colour: 'var(--series-6)', stroke: 'dotted', marks: 'filled', shape: 'triangle' },
};
