/** All records: what every other contender is measured against. */
import type { Contender, ContenderMeta } from './contender.ts';

export const fullMeta: ContenderMeta = {
  name: 'full',
  label: 'All records',
  sentence:
    'Every training record, each counted once unless a column has weights: what the others are measured against.',
  isDrawn: false,
  isCostly: false,
  tasks: ['regression', 'classification'],
  look: { colour: 'var(--full)', stroke: 'solid', marks: 'filled', shape: 'diamond' },
};

export const full: Contender = {
  meta: fullMeta,
  make: ({ bench, settings }) => bench.full(settings),
};
