/** Centres of k-means over the standardised features: the rival that looks at every record, many times. */
import { condense } from '../condense/clusters.ts';
import { createGenerator } from '../random.ts';
import type { Contender, ContenderMeta } from './contender.ts';
import { kMeansClusters } from './kMeansClusters.ts';

export const kMeansMeta: ContenderMeta = {
  name: 'k-means',
  label: 'k-means',
  sentence:
    'Centres of as many clusters of the standardised features, each with its mean target: nearly the best clusters there are, and costly to find.',
  isDrawn: true,
  isCostly: true,
  tasks: ['regression', 'classification'],
  look: { colour: 'var(--kmeans)', stroke: 'dashed', marks: 'hollow', shape: 'diamond' },
};

export const kMeans: Contender = {
  meta: kMeansMeta,
  async make({ design: { train }, samples, seed, pulse }) {
    const clusters = await kMeansClusters(train, samples, createGenerator(seed), pulse);
    return condense(clusters, train);
  },
};
