import type { MethodMeta } from '../../selection/method.ts';

export const glisterMeta: MethodMeta = {
  name: 'glister',
  label: 'GLISTER',
  family: 'GLISTER',
  draw: 'glister',
  sentence:
    'Pictures whose gradients lower the loss of held-out pictures most, chosen anew every few epochs.',
  archiveSentence: null,
  sweepSentence: 'Pictures that lower the loss of held-out ones, chosen anew every few epochs.',
  source: 'raw',
  isFixed: false,
  usesFraction: true,
  needsNetwork: true,
  options: ['reselect', 'greedy', 'byClass'],
  alwaysHoldsOut: true,
  authors: 'Killamsetty et al., 2021',
  look: { colour: 'var(--series-3)', stroke: 'dotted', marks: 'filled', shape: 'square' },
};
