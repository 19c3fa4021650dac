/** A random sample class by class: of every class its share of the samples, weighted so that the classes keep theirs. */
import { createGenerator, permutation } from '../random.ts';
import { trueClasses } from '../regression/classification.ts';
import { sumOf, totalWeight } from '../regression/weights.ts';
import type { Contender, ContenderMeta } from './contender.ts';
import { drawnSamples, ownWeights } from './drawn.ts';
import { classWeights, sampleQuotas } from './strata.ts';

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
    const weighs = classWeights(train, classes);
    const kept = weighs.reduce((sum, weight, c) => sum + (quotas[c] > 0 ? weight : 0), 0);
    const drawn = weighs.map((_, c) =>
      sumOf(
        ownWeights(
          train,
          places.filter((i) => classes[i] === c),
        ),
      ),
    );
    const own = ownWeights(train, places);
    const weights = own.map((weight, k) => {
      const c = classes[places[k]];
      return weight * (weighs[c] / drawn[c]) * (totalWeight(train) / kept);
    });
    return drawnSamples(train, places, weights);
  },
};
