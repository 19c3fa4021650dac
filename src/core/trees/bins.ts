/**
 * Features in at most 255 bins each: trees look for their splits between bins, so that a split costs a pass over the
 * bins and not a sort of the values (the histogram method of LightGBM and XGBoost).
 */
import type { WeightedSamples } from '../condense/clusters.ts';

/** Most bins of a feature: a bin is a byte. */
const MAX_BINS = 255;
/** Most bins of all features: each leaf that may still be split keeps three sums per bin. */
const MAX_ALL_BINS = 1 << 16;
/** Records whose values the edges are found from; with more, that many evenly spaced ones stand for all. */
const EDGE_RECORDS = 200_000;

/** Edges of each feature's bins, ascending: bin b holds the values above edges[b − 1] up to edges[b]. */
export type BinEdges = readonly Float64Array[];

export interface BinnedSamples {
  edges: BinEdges;
  /** Place of each feature's first bin among all bins, and the number of all. */
  first: Int32Array;
  all: number;
  /** rows × features, row-major. */
  bins: Uint8Array;
}

/** A value that is at least `low` and less than `high`, halfway where doubles allow it. */
function between(low: number, high: number): number {
  const middle = low / 2 + high / 2;
  return middle >= low && middle < high ? middle : low;
}

/**
 * Edges of bins of about equal weight; a bin for each value where these are few enough.
 *
 * @param order places of `values`, by ascending value
 */
function edgesOf(
  values: Float64Array,
  weights: Float64Array,
  order: Uint32Array,
  most: number,
): Float64Array {
  let distinct = 1;
  let left = weights[order[0]];
  for (let k = 1; k < order.length; k++) {
    if (values[order[k]] !== values[order[k - 1]]) distinct++;
    left += weights[order[k]];
  }
  const edges: number[] = [];
  let filled = 0;
  for (let k = 0; k + 1 < order.length && edges.length < most - 1; k++) {
    filled += weights[order[k]];
    const value = values[order[k]];
    const next = values[order[k + 1]];
    if (!(value < next)) continue;
    // What is left is shared among the bins that are left: a value as heavy as several bins takes no room from others.
    if (distinct > most && filled < left / (most - edges.length)) continue;
    edges.push(between(value, next));
    left -= filled;
    filled = 0;
  }
  return Float64Array.from(edges);
}

/** Finds the edges of every feature's bins. Column 0 of the samples is the bias and no feature. */
function findEdges({ rows, width, x, weights }: WeightedSamples): Float64Array[] {
  const features = width - 1;
  const most = Math.max(2, Math.min(MAX_BINS, Math.floor(MAX_ALL_BINS / Math.max(1, features))));
  const looked = Math.min(rows, EDGE_RECORDS);
  const values = new Float64Array(looked);
  const weighed = new Float64Array(looked);
  const order = new Uint32Array(looked);
  const edges: Float64Array[] = [];
  for (let f = 0; f < features; f++) {
    for (let k = 0; k < looked; k++) {
      const row = Math.floor((k * rows) / looked);
      values[k] = x[row * width + f + 1];
      weighed[k] = weights[row];
      order[k] = k;
    }
    order.sort((a, b) => values[a] - values[b]);
    edges.push(edgesOf(values, weighed, order, most));
  }
  return edges;
}

/** Bin of a value: the number of edges below it. */
function binOf(value: number, edges: Float64Array): number {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value <= edges[middle]) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Puts the features of weighted samples into bins. */
export function binSamples(samples: WeightedSamples): BinnedSamples {
  const { rows, width, x } = samples;
  const edges = findEdges(samples);
  const features = edges.length;
  const first = new Int32Array(features);
  let all = 0;
  for (let f = 0; f < features; f++) {
    first[f] = all;
    all += edges[f].length + 1;
  }
  const bins = new Uint8Array(rows * features);
  for (let i = 0, at = 0; i < rows; i++) {
    for (let f = 0; f < features; f++) bins[at++] = binOf(x[i * width + f + 1], edges[f]);
  }
  return { edges, first, all, bins };
}
