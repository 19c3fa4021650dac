/** What becomes of a pursuit that ends before it has enough, and of its weights. */
import type { Generator } from '../../random.ts';
import { drawOthers } from '../drawOthers.ts';
import type { Pursued } from './pursuit.ts';

export interface Filled {
  /** As many as were asked for, each once: the picked ones first. */
  atoms: Uint32Array;
  weights: Float64Array;
  /** Those that were drawn. */
  drawn: number;
}

/**
 * Fills up at random to `wanted` of `count` atoms. A drawn one weighs 1, as it does in the sum over all: those that were
 * picked stand for the others, and their weights sum to about `count`. Where nothing was picked they have to stand for
 * all, with count / wanted each.
 */
export function fillUp(
  { atoms, weights }: Pick<Pursued, 'atoms' | 'weights'>,
  count: number,
  wanted: number,
  generator: Generator,
): Filled {
  const picked = atoms.length;
  const drawn = wanted - picked;
  const all = new Uint32Array(wanted);
  all.set(atoms);
  all.set(drawOthers(count, atoms, drawn, generator), picked);
  const allWeights = new Float64Array(wanted).fill(picked === 0 ? count / wanted : 1);
  allWeights.set(weights);
  return { atoms: all, weights: allWeights, drawn };
}

/** In single precision, which a small weight could leave if it were not for the division. */
export function dividedByMean(weights: Float64Array): Float32Array {
  let sum = 0;
  for (const weight of weights) sum += weight;
  return Float32Array.from(weights, (weight) => (weight * weights.length) / sum);
}
