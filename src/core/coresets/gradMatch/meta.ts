import type { MethodMeta } from '../../selection/method.ts';

export const gradMatchMeta: MethodMeta = {
  name: 'grad-match',
  label: 'GRAD-MATCH',
  family: 'GRAD-MATCH',
  draw: 'grad-match',
  sentence: 'Pictures and weights whose gradients add up to those of all, chosen anew every few epochs.',
  archiveSentence: null,
  sweepSentence: 'Weighted pictures that match the gradient of all, chosen anew every few epochs.',
  source: 'raw',
  isFixed: false,
  usesFraction: true,
  needsNetwork: true,
  options: ['reselect', 'holdOut', 'gradient', 'ridge', 'tolerance', 'warmStart'],
  authors: 'Killamsetty et al., 2021',
  look: { colour: 'var(--series-2)', stroke: 'dashed', marks: 'filled', shape: 'triangle' },
};
