/** The picture of condensing as a file has it. */
import type { ScatterSamples } from '../../contracts/scatter.ts';
import type { Axes } from './words.ts';

/** Condensed samples with their weights, the heaviest first. */
export function sampleLines(axes: Axes | null, samples: ScatterSamples | null): (string | number)[][] {
  if (axes === null || samples === null) return [];
  const { x, y, weights } = samples;
  return [
    ['weight', axes.x.column, axes.y.column],
    ...Array.from(weights, (weight, k) => [weight, x[k], y[k]]),
  ];
}
