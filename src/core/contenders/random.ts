/** A random sample without replacement, every record with the same chance. */
import { drawUniformly } from '../selection/draw.ts';
import type { Contender, ContenderMeta } from './contender.ts';
import { drawnSamples } from './drawn.ts';

export const randomMeta: ContenderMeta = {
  name: 'random',
  label: 'Random sample',
  sentence: 'As many records by chance, all of the same weight.',
  isDrawn: true,
  isCostly: false,
  tasks: ['regression', 'classification'],
  look: { colour: 'var(--random)', stroke: 'dashed', marks: 'filled', shape: 'square' },
};

export const random: Contender = {
  meta: randomMeta,
  async make({ design: { train }, samples, seed }) {
    const count = Math.min(samples, train.rows);
    const places = drawUniformly(
      Uint32Array.from({ length: train.rows }, (_, i) => i),
      count,
      seed,
    );
    return drawnSamples(train, places, new Float64Array(count).fill(train.rows / count));
  },
};
