/**
 * CRAIG (Mirzasoleiman et al., 2020) on the features of a linear model: there the distance of two records' gradients has
 * a bound in that of their features, whatever the coefficients are, so that the features take the gradients' place and
 * are chosen from once. Classes each have medoids of their own.
 */
import type { Watch } from '../coresets/watch.ts';
import { craigMeta as method } from '../coresets/craig/meta.ts';
import type { Contender, ContenderMeta } from './contender.ts';
import { drawnSamples } from './drawn.ts';
import { medoidsOf } from './medoids.ts';
import { strataOf } from './strata.ts';

export const craigMeta: ContenderMeta = {
  name: method.name,
  label: method.label,
  sentence:
    'Records that are close to all others in their standardised features, each weighted by how many it is nearest to; every class keeps its share.',
  isDrawn: false,
  isCostly: true,
  tasks: ['regression', 'classification'],
  look: method.look,
};

export const craig: Contender = {
  meta: craigMeta,
  async make({ design, samples, pulse }) {
    const { train } = design;
    const strata = strataOf(design, samples);
    const total = strata.reduce((sum, { quota }) => sum + quota, 0);
    const places: number[] = [];
    const weights: number[] = [];
    for (const stratum of strata) {
      const before = places.length;
      const watch: Watch = {
        pulse,
        progress: (picked) => ({ phase: craigMeta.label, done: before + picked, total, unit: 'samples' }),
      };
      const { picked, sizes } = await medoidsOf(train, stratum.places, stratum.quota, watch);
      picked.forEach((place, k) => {
        places.push(place);
        weights.push(sizes[k] * stratum.each);
      });
    }
    return drawnSamples(train, Uint32Array.from(places), Float64Array.from(weights));
  },
};
