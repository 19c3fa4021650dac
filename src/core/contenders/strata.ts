/** Training records class by class, and how many samples each class gives. */
import { trueClasses } from '../regression/classification.ts';
import type { Design, DesignMatrix } from '../regression/design.ts';
import { totalWeight } from '../regression/weights.ts';
import { classQuotas } from '../selection/draw.ts';

export interface Stratum {
  /** Places of its records in the design, ascending. */
  places: Uint32Array;
  /** Samples that may stand for them. */
  quota: number;
  /** How many records they stand for. */
  weight: number;
  /** What a record counts for; more than 1 where a class without samples leaves its weight to the others. */
  each: number;
}

/**
 * Samples of each class: their shares by largest remainder, but one at least of every class that occurs, taken from the
 * class that has most, where there are as many samples as classes.
 *
 * @param classCounts records of each class
 * @param count samples, at most the sum
 */
export function sampleQuotas(classCounts: Uint32Array, count: number): Uint32Array {
  const quotas = classQuotas(classCounts, count);
  if (count < classCounts.filter((ofClass) => ofClass > 0).length) return quotas;
  for (let c = 0; c < quotas.length; c++) {
    if (quotas[c] > 0 || classCounts[c] === 0) continue;
    quotas[quotas.indexOf(Math.max(...quotas))]--;
    quotas[c] = 1;
  }
  return quotas;
}

/** How many records each class stands for. */
export function classWeights(train: DesignMatrix, classes: ArrayLike<number>): Float64Array {
  const weighs = new Float64Array(Math.max(2, train.outputs));
  for (let i = 0; i < train.rows; i++) weighs[classes[i]] += train.weights?.[i] ?? 1;
  return weighs;
}

/** The classes that get samples, or, where the target is a number, all records as one. */
export function strataOf({ task, train }: Pick<Design, 'task' | 'train'>, samples: number): Stratum[] {
  const count = Math.min(samples, train.rows);
  if (task === 'regression')
    return [
      {
        ...{ places: Uint32Array.from({ length: train.rows }, (_, i) => i), quota: count },
        ...{ weight: totalWeight(train), each: 1 },
      },
    ];
  const classes = trueClasses(train);
  const counts = new Uint32Array(Math.max(2, train.outputs));
  for (const one of classes) counts[one]++;
  const weighs = classWeights(train, classes);
  const quotas = sampleQuotas(counts, count);
  const kept = weighs.reduce((sum, ofClass, c) => sum + (quotas[c] > 0 ? ofClass : 0), 0);
  const strata = Array.from(counts, (ofClass, c): Stratum => ({
    ...{ places: new Uint32Array(ofClass), quota: quotas[c] },
    ...{ weight: weighs[c], each: totalWeight(train) / kept },
  }));
  const next = new Uint32Array(counts.length);
  for (let i = 0; i < train.rows; i++) strata[classes[i]].places[next[classes[i]]++] = i;
  return strata.filter(({ quota }) => quota > 0);
}
