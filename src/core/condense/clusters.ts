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

/** The clusters that β = 0 gives: all records together, or those of each class. */
function firstClusters(planes: BitPlanes, classes: Clusters | null): Clusters {
  if (classes !== null) return { ids: classes.ids.slice(), count: classes.count };
  return { ids: new Int32Array(planes.records), count: planes.records === 0 ? 0 : 1 };
}

/**
 * Clusters of the records on the first `beta` cells of the order.
 *
 * @param classes clusters to start from, numbered by first record, or null for one that holds all
 */
export function clusterRecords(
  planes: BitPlanes,
  order: Uint32Array,
  beta: number,
  classes: Clusters | null = null,
): Clusters {
  const refiner = new Refiner(planes);
  const { ids, count: first } = firstClusters(planes, classes);
  let count = first;
  for (let k = 0; k < Math.min(beta, order.length) && count < planes.records; k++) {
    count = refiner.refine(ids, count, order[k], ids);
  }
  return { ids, count };
}

/** Bits from one β whose clusters are kept to the next, and the most bytes that they take in all. */
const KEPT_EVERY = 8;
const MOST_KEPT_BYTES = 64_000_000;

/**
 * Clusters of the same records for one β after another: some are kept, so that a β near the last one takes a few bits
 * and not all of them.
 */
export class ClusterSteps {
  private readonly planes: BitPlanes;
  private readonly order: Uint32Array;
  private readonly refiner: Refiner;
  /** Clusters by their β; what is given out is among them, and never changed. */
  private readonly kept = new Map<number, Clusters>();
  private last: { beta: number; clusters: Clusters };

  /** @param classes as for `clusterRecords` */
  constructor(planes: BitPlanes, order: Uint32Array, classes: Clusters | null) {
    this.planes = planes;
    this.order = order;
    this.refiner = new Refiner(planes);
    this.last = { beta: 0, clusters: firstClusters(planes, classes) };
    this.kept.set(0, this.last.clusters);
  }

  /** The clusters that `clusterRecords` gives; lent, and not to be changed. */
  at(beta: number): Clusters {
    const wanted = Math.min(beta, this.order.length);
    let { beta: from, clusters } = this.last;
    for (const [bits, some] of this.kept) {
      if (bits <= wanted && (bits > from || from > wanted)) [from, clusters] = [bits, some];
    }
    if (from < wanted) clusters = this.refineFrom(from, clusters, wanted);
    this.last = { beta: wanted, clusters };
    return clusters;
  }

  private refineFrom(from: number, { ids: first, count: most }: Clusters, wanted: number): Clusters {
    const ids = first.slice();
    let count = most;
    for (let bits = from + 1; bits <= wanted; bits++) {
      // Once every record is alone, further bits change nothing.
      if (count < this.planes.records) count = this.refiner.refine(ids, count, this.order[bits - 1], ids);
      const isRoom = (this.kept.size + 1) * ids.byteLength <= MOST_KEPT_BYTES;
      if (bits % KEPT_EVERY === 0 && isRoom && !this.kept.has(bits)) {
        this.kept.set(bits, { ids: ids.slice(), count });
      }
    }
    return { ids, count };
  }
}

/** m for every β from 0 to the length of the order. */
export async function clusterCounts(
  planes: BitPlanes,
  order: Uint32Array,
  pulse: Pulse = SILENT_PULSE,
  classes: Clusters | null = null,
): Promise<Uint32Array> {
  const counts = new Uint32Array(order.length + 1);
  const refiner = new Refiner(planes);
  const { ids, count: first } = firstClusters(planes, classes);
  let count = first;
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

/** The largest β with at most so many clusters; 0 where there is none. */
export function largestBeta(counts: Uint32Array, most: number): number {
  let beta = 0;
  while (beta + 1 < counts.length && counts[beta + 1] <= most) beta++;
  return beta;
}

/** Weighted samples in the form that training takes: m rows, Σ weights = number of records. */
export interface WeightedSamples {
  rows: number;
  width: number;
  /** rows × width, row-major. */
  x: Float64Array;
  /** Columns of y: 1, or for more than two classes one each. */
  outputs: number;
  /** rows × outputs, row-major. */
  y: Float64Array;
  weights: Float64Array;
}

/**
 * Means of the members of each cluster, over all design columns and the target.
 *
 * @param x design matrix, one row per record, row-major
 * @param y targets, records × outputs, row-major
 */
export function condense(clusters: Clusters, records: Records): WeightedSamples {
  const { width, outputs, x, y } = records;
  const weights = clusterWeights(clusters, records.weights);
  return {
    rows: clusters.count,
    width,
    x: clusterMeans(clusters.ids, x, width, weights, records.weights),
    outputs,
    y: clusterMeans(clusters.ids, y, outputs, weights, records.weights),
    weights,
  };
}

/** Records as they are condensed; without weights each stands for itself. */
type Records = Pick<WeightedSamples, 'width' | 'outputs' | 'x' | 'y'> & { weights?: Float64Array };

/** What the members of every cluster stand for together. */
export function clusterWeights({ ids, count }: Clusters, own: Float64Array | undefined): Float64Array {
  const weights = new Float64Array(count);
  for (let i = 0; i < ids.length; i++) weights[ids[i]] += own === undefined ? 1 : own[i];
  return weights;
}

function clusterMeans(
  ids: Int32Array,
  values: Float64Array,
  width: number,
  weights: Float64Array,
  own: Float64Array | undefined,
): Float64Array {
  const means = new Float64Array(weights.length * width);
  for (let i = 0, at = 0; i < ids.length; i++) {
    const to = ids[i] * width;
    if (own === undefined) for (let j = 0; j < width; j++) means[to + j] += values[at++];
    else for (let j = 0; j < width; j++) means[to + j] += own[i] * values[at++];
  }
  for (let id = 0, at = 0; id < weights.length; id++) {
    for (let j = 0; j < width; j++) means[at++] /= weights[id];
  }
  return means;
}
