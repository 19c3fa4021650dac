/** A random sample class by class: of every class its share of the samples, weighted so that the classes keep theirs. */
import { createGenerator, permutation } from '../random.ts';
import { trueClasses } from '../regression/classification.ts';
import type { Contender, ContenderMeta } from './contender.ts';
import { drawnSamples } from './drawn.ts';
import { sampleQuotas } from './strata.ts';

export const stratifiedMeta: ContenderMeta = {
  name: 'stratified',
  label: 'Stratified sample',
  sentence: 'As many records drawn at random, every class with its share and at least one record.',
  isDrawn: true,
  isCostly: false,
  tasks: ['classification'],
  look: { colour: 'var(--random)', stroke: 'dotted', marks: 'hollow', shape: 'square' },
};

export const stratified: Contender = {
  meta: stratifiedMeta,
  async make({ design: { train }, samples, seed }) {
    const classes = trueClasses(train);
    const counts = new Uint32Array(Math.max(2, train.outputs));
    for (const one of classes) counts[one]++;
    const quotas = sampleQuotas(counts, Math.min(samples, train.rows));
    // The first records of every class in one random order.
    const left = quotas.slice();
    const places = permutation(train.rows, createGenerator(seed)).filter((i) => {
      if (left[classes[i]] === 0) return false;
      left[classes[i]]--;
      return true;
    });
    // A class without a sample leaves its weight to the others.
    const kept = counts.reduce((sum, count, c) => sum + (quotas[c] > 0 ? count : 0), 0);
    const weights = Float64Array.from(places, (i) => {
      const c = classes[i];
      return (counts[c] / quotas[c]) * (train.rows / kept);
    });
    return drawnSamples(train, places, weights);
  },
};
