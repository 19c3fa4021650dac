/**
 * GRAD-MATCH (Killamsetty et al., 2021) with a linear model for the last layer: records and weights whose gradients add up
 * to those of all, by orthogonal matching pursuit, class by class. In training it chooses for coefficients that have
 * gone on a little, and again for the next; here a model is fitted to its optimum on what was chosen, and one that had
 * been matched at the last coefficients alone would be off by as far as it went. So what was matched before is matched
 * again, with the new coefficients beside it. A gradient has only as many numbers as the model has coefficients: no more
 * records than these numbers are needed, and none is added by chance.
 */
import { gradMatchMeta as method } from '../coresets/gradMatch/meta.ts';
import { pursue } from '../coresets/gradMatch/pursuit.ts';
import type { Watch } from '../coresets/watch.ts';
import { solve } from '../experiment/training.ts';
import type { Contender, ContenderMeta } from './contender.ts';
import { drawnSamples } from './drawn.ts';
import { RecordGradients, residualsAt, startOf } from './recordGradients.ts';
import { strataOf, type Stratum } from './strata.ts';

export const gradMatchMeta: ContenderMeta = {
  name: method.name,
  label: method.label,
  sentence:
    'Weighted records whose gradients add up to those of all records: for a model without features, and at the optima of four earlier choices. It may take fewer than asked for.',
  isDrawn: false,
  isCostly: true,
  tasks: ['regression', 'classification'],
  look: method.look,
};

/** Choices after the first, each at the optimum of the one before too: as often as in a training of 100 epochs. */
const AGAIN = 4;
/** Most records of a class that are picked, and bytes of their inner products with all: work goes with their square. */
const MOST_PICKED = 1_000;
const MOST_BYTES = 256 * 1024 ** 2;

interface Chosen {
  places: number[];
  weights: number[];
}

/** Of each class at most its quota, weighing as much as the class. */
async function chooseFrom(
  gradients: RecordGradients,
  { places, quota, weight, each }: Stratum,
  watch: Watch,
): Promise<Chosen> {
  const room = Math.max(1, Math.floor(MOST_BYTES / (4 * places.length)));
  const most = Math.min(quota, gradients.dimension, MOST_PICKED, room);
  const { atoms, weights } = await pursue(gradients, gradients, { most, ridge: 0, tolerance: 0 }, watch);
  const sum = weights.reduce((all, weight) => all + weight, 0);
  // Gradients that cancel out leave nothing to match: what comes nearest to them is no gradient at all.
  if (!(sum > 0)) return { places: [places[gradients.shortest()]], weights: [weight * each] };
  const scale = (weight * each) / sum;
  return {
    places: Array.from(atoms, (atom) => places[atom]),
    weights: Array.from(weights, (w) => w * scale),
  };
}

export const gradMatch: Contender = {
  meta: gradMatchMeta,
  async make({ design, samples, pulse }) {
    const { train } = design;
    const strata = strataOf(design, samples);
    const residuals = [residualsAt(design, startOf(design))];
    for (;;) {
      const chosen: Chosen = { places: [], weights: [] };
      for (const stratum of strata) {
        const before = chosen.places.length;
        const progress = (picked: number) => ({
          ...{ phase: gradMatchMeta.label, done: before + picked, total: null, unit: 'samples' },
        });
        const gradients = new RecordGradients(train, residuals, stratum.places);
        const own = await chooseFrom(gradients, stratum, { pulse, progress });
        chosen.places.push(...own.places);
        chosen.weights.push(...own.weights);
      }
      const made = drawnSamples(train, Uint32Array.from(chosen.places), Float64Array.from(chosen.weights));
      if (residuals.length > AGAIN) return made;
      const { theta } = await solve(design, made, pulse);
      const next = residualsAt(design, theta);
      // Coefficients of too few records may be no numbers to go on from.
      if (!next.every(Number.isFinite)) return made;
      residuals.push(next);
    }
  },
};
