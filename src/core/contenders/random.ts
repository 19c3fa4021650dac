/** A random sample without replacement, every record with the same chance. */
import { sumOf, totalWeight } from '../regression/weights.ts';
import { drawUniformly } from '../selection/draw.ts';
import type { Contender, ContenderMeta } from './contender.ts';
import { drawnSamples, ownWeights } from './drawn.ts';

export const randomMeta: ContenderMeta = {
  name: 'random',
  label: 'Random sample',
  sentence: 'As many records drawn at random, all of the same weight unless a column has weights.',
  isDrawn: true,
  isCostly: false,
  tasks: ['regression', 'classification'],
  look: { colour: 'var(--random)', stroke: 'dashed', marks: 'filled', shape: 'square' },
};

export const random: Contender = {
  meta: randomMeta,
  async make({ design: { train }, samples, seed }) {
    const places = randomPlaces(train.rows, samples, seed);
    const own = ownWeights(train, places);
    const scale = totalWeight(train) / sumOf(own);
    return drawnSamples(
      train,
      places,
      own.map((weight) => weight * scale),
    );
  },
};

/** Which of so many records are drawn, in random order: all of them where there are no more. */
export function randomPlaces(records: number, samples: number, seed: number): Uint32Array {
  const all = Uint32Array.from({ length: records }, (_, i) => i);
  return drawUniformly(all, Math.min(samples, records), seed);
}
