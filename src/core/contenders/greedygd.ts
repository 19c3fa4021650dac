/** The bases of the predecessor as samples, every deviation read as zero. */
import { largestBeta } from '../condense/clusters.ts';
import type { ExperimentSettings } from '../experiment/settings.ts';
import type { Contender, ContenderMeta, ContenderRequest } from './contender.ts';

export const greedygdMeta: ContenderMeta = {
  name: 'greedygd',
  label: 'GreedyGD’s bases',
  sentence:
    'The bases of GreedyGD, with every deviation read as zero. Its search may end with far fewer than asked for.',
  isDrawn: false,
  isCostly: true,
  tasks: ['regression', 'classification'],
  look: { colour: 'var(--base)', stroke: 'dashDotted', marks: 'hollow', shape: 'triangle' },
};

const ownSettings = ({ settings }: ContenderRequest): ExperimentSettings => ({
  ...settings,
  codec: 'greedygd',
  condenser: 'bases-zero',
});

export const greedygd: Contender = {
  meta: greedygdMeta,
  async prepare(request) {
    const own = ownSettings(request);
    await request.bench.condensedCounts(own, request.pulse);
    return request.bench.condensingSeconds(own);
  },
  async make(request) {
    const { bench, samples, pulse } = request;
    const own = ownSettings(request);
    const counts = await bench.condensedCounts(own, pulse);
    return bench.condensed({ ...own, beta: largestBeta(counts, samples) });
  },
};
