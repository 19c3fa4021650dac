/**
 * Clusters and condensed samples (the paper's clustering phase): records equal on the analytics bits form a cluster;
 * its condensed sample is the mean of its members, its weight their number.
 */
import type { BitPlanes } from '../bits/bitPlanes.ts';
import { Refiner } from '../bits/refine.ts';
import { SILENT_PULSE, type Pulse } from '../pulse.ts';

export interface Clusters {
  /** Cluster of every record, numbered by first record. */
  ids: Int32Array;
  /** Number of clusters m. */
  count: number;
}

/** Clusters of the records on the first `beta` cells of the order; β = 0 is one cluster. */
export function clusterRecords(planes: BitPlanes, order: Uint32Array, beta: number): Clusters {
  const ids = new Int32Array(planes.records);
  const refiner = new Refiner(planes);
  let count = planes.records === 0 ? 0 : 1;
  for (let k = 0; k < Math.min(beta, order.length) && count < planes.records; k++) {
    count = refiner.refine(ids, count, order[k], ids);
  }
  return { ids, count };
}

/** m for every β from 0 to the length of the order. */
export async function clusterCounts(
  planes: BitPlanes,
  order: Uint32Array,
  pulse: Pulse = SILENT_PULSE,
): Promise<Uint32Array> {
  const counts = new Uint32Array(order.length + 1);
  const ids = new Int32Array(planes.records);
  const refiner = new Refiner(planes);
  let count = planes.records === 0 ? 0 : 1;
  counts[0] = count;
  for (let k = 0; k < order.length; k++) {
    // Once every record is alone, further bits change nothing.
    if (count < planes.records) count = refiner.refine(ids, count, order[k], ids);
    counts[k + 1] = count;
    if (pulse.due())
      await pulse.beat({ phase: 'Counting clusters', done: k, total: order.length, unit: 'bits' });
  }
  return counts;
}

/** Weighted samples in the form that training takes: m rows, Σ weights = number of records. */
export interface WeightedSamples {
  rows: number;
  width: number;
  /** rows × width, row-major. */
  x: Float64Array;
  y: Float64Array;
  weights: Float64Array;
}

/**
 * Means of the members of each cluster, over all design columns and the target.
 *
 * @param x design matrix, one row per record, row-major
 */
export function condense(
  clusters: Clusters,
  x: Float64Array,
  width: number,
  y: Float64Array,
): WeightedSamples {
  const { ids, count } = clusters;
  const sums = new Float64Array(count * width);
  const targets = new Float64Array(count);
  const weights = new Float64Array(count);
  for (let i = 0, at = 0; i < ids.length; i++) {
    const id = ids[i];
    weights[id] += 1;
    targets[id] += y[i];
    const to = id * width;
    for (let j = 0; j < width; j++) sums[to + j] += x[at++];
  }
  for (let id = 0, at = 0; id < count; id++) {
    const weight = weights[id];
    targets[id] /= weight;
    for (let j = 0; j < width; j++) sums[at++] /= weight;
  }
  return { rows: count, width, x: sums, y: targets, weights };
}
