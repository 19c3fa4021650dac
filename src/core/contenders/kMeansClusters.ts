/**
 * k-means clusters by Lloyd's algorithm from a k-means++ start. Distances are exact; the triangle inequality spares most
 * of them: of a record at distance u from its centre a no centre is nearer that is 2u or more away from a (Elkan), and
 * none at all while u is less than a lower bound on the distance to the second nearest (Hamerly).
 */
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import type { Clusters } from '../condense/clusters.ts';
import { SILENT_PULSE, type Pulse } from '../pulse.ts';
import type { Generator } from '../random.ts';
import type { DesignMatrix } from '../regression/design.ts';
import { sumOf } from '../regression/weights.ts';

/** Most rounds of Lloyd's algorithm. */
const MAX_ROUNDS = 100;
/** It ends when the centres together have moved by less, squared: records have variance 1 in every direction. */
const STILL = 1e-4;

/** Records as points, and the centres with who belongs to them. */
interface Points {
  count: number;
  dimensions: number;
  /** count × dimensions, row-major. */
  x: Float64Array;
  /** How many records each stands for; where there are none, each is one. */
  weights?: Float64Array;
}

interface Centres {
  count: number;
  /** count × dimensions, row-major. */
  at: Float64Array;
  /** Nearest centre of every point, and its distance. */
  ids: Int32Array;
  distance: Float64Array;
}

/** Squared distance of the vectors that begin at `p` of a and `q` of b. */
function squaredDistance(a: Float64Array, p: number, b: Float64Array, q: number, dimensions: number): number {
  let sum = 0;
  for (let j = 0; j < dimensions; j++) {
    const d = a[p + j] - b[q + j];
    sum += d * d;
  }
  return sum;
}

/**
 * k-means++: each centre is a point, drawn in proportion to its squared distance from the nearest centre so far, times
 * its weight.
 */
async function start(points: Points, k: number, generator: Generator, pulse: Pulse): Promise<Centres> {
  const { count: n, dimensions: d, x, weights } = points;
  const pull = (i: number): number => (weights === undefined ? nearest[i] : weights[i] * nearest[i]);
  const at = new Float64Array(k * d);
  const ids = new Int32Array(n);
  const nearest = new Float64Array(n).fill(Infinity);
  const between = new Float64Array(k);
  let next = weights === undefined ? uniformInt(generator, 0, n - 1) : weightedPlace(weights, generator);
  let count = 0;
  while (count < k) {
    at.set(x.subarray(next * d, (next + 1) * d), count * d);
    for (let c = 0; c < count; c++) between[c] = squaredDistance(at, c * d, at, count * d, d) / 4;
    let total = 0;
    let last = -1;
    for (let i = 0; i < n; i++) {
      if (nearest[i] > between[ids[i]]) {
        const squared = squaredDistance(x, i * d, at, count * d, d);
        if (squared < nearest[i]) {
          nearest[i] = squared;
          ids[i] = count;
        }
      }
      total += pull(i);
      if (nearest[i] > 0) last = i;
    }
    count++;
    // Every point is a centre: there are fewer different points than centres asked for.
    if (last < 0 || !(total > 0)) break;
    let left = uniformFloat64(generator) * total;
    next = last;
    for (let i = 0; i < last; i++) {
      left -= pull(i);
      if (left < 0) {
        next = i;
        break;
      }
    }
    if (pulse.due()) await pulse.beat({ phase: 'Choosing centres', done: count, total: k, unit: 'centres' });
  }
  return { count, at: at.subarray(0, count * d), ids, distance: nearest.map(Math.sqrt) };
}

/** A place, drawn in proportion to its weight. */
function weightedPlace(weights: Float64Array, generator: Generator): number {
  let left = uniformFloat64(generator) * sumOf(weights);
  for (let i = 0; i < weights.length - 1; i++) {
    left -= weights[i];
    if (left < 0) return i;
  }
  return weights.length - 1;
}

/** Points by their centre: those of c stand from starts[c] to starts[c + 1]. */
function members({ count, ids }: Centres): { starts: Uint32Array; points: Uint32Array } {
  const starts = new Uint32Array(count + 1);
  for (let i = 0; i < ids.length; i++) starts[ids[i] + 1]++;
  for (let c = 0; c < count; c++) starts[c + 1] += starts[c];
  const next = starts.slice();
  const points = new Uint32Array(ids.length);
  for (let i = 0; i < ids.length; i++) points[next[ids[i]]++] = i;
  return { starts, points };
}

/** Moves every centre to the mean of its points; one without points stays. Returns how far each has moved. */
function move({ dimensions: d, x, weights }: Points, { count, at, ids }: Centres): Float64Array {
  const sizes = new Float64Array(count);
  const means = new Float64Array(count * d);
  for (let i = 0, from = 0; i < ids.length; i++) {
    const weight = weights === undefined ? 1 : weights[i];
    sizes[ids[i]] += weight;
    const to = ids[i] * d;
    for (let j = 0; j < d; j++) means[to + j] += weight * x[from++];
  }
  const moved = new Float64Array(count);
  for (let c = 0; c < count; c++) {
    if (sizes[c] === 0) continue;
    for (let j = c * d; j < (c + 1) * d; j++) means[j] /= sizes[c];
    moved[c] = Math.sqrt(squaredDistance(means, c * d, at, c * d, d));
    at.set(means.subarray(c * d, (c + 1) * d), c * d);
  }
  return moved;
}

/**
 * Gives every point its nearest centre.
 *
 * @param lower lower bound per point on the distance to the second nearest centre; `distance` is an upper one to its own
 * @returns whether any point has another centre than before
 */
async function assign(points: Points, centres: Centres, lower: Float64Array, pulse: Pulse): Promise<boolean> {
  const { dimensions: d, x } = points;
  const { count, at, ids, distance } = centres;
  const { starts, points: order } = members(centres);
  const between = new Float64Array(count);
  let changed = false;
  for (let own = 0; own < count; own++) {
    let isMeasured = false;
    let half = 0;
    for (let k = starts[own]; k < starts[own + 1]; k++) {
      const i = order[k];
      if (distance[i] <= lower[i]) continue;
      if (!isMeasured) {
        isMeasured = true;
        half = Infinity;
        for (let c = 0; c < count; c++) {
          between[c] = Math.sqrt(squaredDistance(at, own * d, at, c * d, d));
          if (c !== own && between[c] / 2 < half) half = between[c] / 2;
        }
      }
      const ownDistance = Math.sqrt(squaredDistance(x, i * d, at, own * d, d));
      distance[i] = ownDistance;
      if (ownDistance <= half || ownDistance <= lower[i]) continue;
      let best = ownDistance;
      let second = Infinity;
      for (let c = 0; c < count; c++) {
        if (c === own) continue;
        // Not nearer than its own; how far at least is a bound for the second nearest.
        let far = between[c] - ownDistance;
        if (far < ownDistance) {
          far = Math.sqrt(squaredDistance(x, i * d, at, c * d, d));
          if (far < best) {
            second = best;
            best = far;
            ids[i] = c;
            continue;
          }
        }
        if (far < second) second = far;
      }
      if (ids[i] !== own) changed = true;
      distance[i] = best;
      lower[i] = second;
    }
    if (pulse.due())
      await pulse.beat({ phase: 'Clustering by k-means', done: own, total: count, unit: 'centres' });
  }
  return changed;
}

/**
 * Clusters the records of a design matrix by their features; the target takes no part.
 *
 * @param k clusters wanted; fewer where there are fewer different records, or where a cluster has lost all of its own
 * @returns clusters numbered by first record
 */
export async function kMeansClusters(
  { rows, width, x, weights }: Pick<DesignMatrix, 'rows' | 'width' | 'x' | 'weights'>,
  k: number,
  generator: Generator,
  pulse: Pulse = SILENT_PULSE,
): Promise<Clusters> {
  // Without the bias, which is the same in all.
  const dimensions = width - 1;
  const points: Points = { count: rows, dimensions, x: new Float64Array(rows * dimensions), weights };
  for (let i = 0; i < rows; i++) points.x.set(x.subarray(i * width + 1, (i + 1) * width), i * dimensions);
  const centres = await start(points, Math.min(k, rows), generator, pulse);
  const { ids, distance } = centres;
  const lower = new Float64Array(rows);
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const moved = move(points, centres);
    let farthest = 0;
    let all = 0;
    for (const one of moved) {
      if (one > farthest) farthest = one;
      all += one * one;
    }
    if (all <= STILL) break;
    for (let i = 0; i < rows; i++) {
      distance[i] += moved[ids[i]];
      lower[i] -= farthest;
    }
    if (!(await assign(points, centres, lower, pulse))) break;
  }
  return numbered(ids);
}

/** The same clusters, numbered by first record, without empty ones. */
function numbered(ids: Int32Array): Clusters {
  const place = new Map<number, number>();
  const dense = ids.map((id) => {
    const known = place.get(id);
    if (known !== undefined) return known;
    place.set(id, place.size);
    return place.size - 1;
  });
  return { ids: dense, count: place.size };
}
