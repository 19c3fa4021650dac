import type { MethodMeta } from '../../selection/method.ts';

export const craigMeta: MethodMeta = {
  name: 'craig',
  label: 'CRAIG',
  family: 'CRAIG',
  draw: 'craig',
  sentence:
    'Pictures in whose neighbourhood the gradients of all the others lie, weighted by their number, chosen anew every few epochs.',
  archiveSentence: null,
  sweepSentence: 'Pictures that stand for the gradients near theirs, chosen anew every few epochs.',
  source: 'raw',
  isFixed: false,
  usesFraction: true,
  needsNetwork: true,
  options: ['reselect', 'holdOut'],
  authors: 'Mirzasoleiman et al., 2020',
  look: { colour: 'var(--series-4)', stroke: 'dashDotted', marks: 'filled', shape: 'diamond' },
};
