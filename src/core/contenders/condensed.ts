/** Condensed samples as the settings have them: EntroGeDe's weighted cluster means, unless these say otherwise. */
import type { Contender, ContenderMeta } from './contender.ts';

export const condensedMeta: ContenderMeta = {
  name: 'condensed',
  label: 'Condensed',
  sentence: 'Weighted means of the records that are alike in their β analytics bits.',
  isDrawn: false,
  isCostly: false,
  tasks: ['regression', 'classification'],
  look: { colour: 'var(--analytics)', stroke: 'solid', marks: 'filled', shape: 'circle' },
};

export const condensed: Contender = {
  meta: condensedMeta,
  async prepare({ bench, settings, beta, pulse }) {
    const own = { ...settings, beta };
    await bench.condensedCounts(own, pulse);
    return bench.condensingSeconds(own);
  },
  make: ({ bench, settings, beta }) => bench.condensed({ ...settings, beta }),
};
