/**
 * Facility location by lazy greedy: points that all others are near to. Of the picked set S
 * F(S) = Σ_i w_i max_{j ∈ S} (D − d_ij), with Euclidean distances d, their maximum D and w_i = 1 unless points stand for several. F is monotone and submodular, so that
 * greedy reaches 1 − 1/e of the most that as many points can. No distance is kept.
 */
import type { Watch } from '../watch.ts';

/** Points as rows of numbers. The array is lent: it is not changed. */
export interface Points {
  /** [count × columns] */
  values: Float32Array | Float64Array;
  count: number;
  columns: number;
  /** How many points each stands for; where there are none, each is one. */
  weights?: Float64Array;
}

export interface Facilities {
  /** Places of the picked points, in the order in which they were picked. */
  picked: Uint32Array;
  /** Points whose nearest picked one each is, the earlier one among equals: at least itself, and all points together. */
  weights: Uint32Array | Float64Array;
  /** [count]: which of the picked, counted from 0, is the nearest one of every point. */
  nearest: Uint32Array;
  /** What each pick added to F. They never increase. */
  gains: Float64Array;
}

/** Bytes that locating `most` facilities among points takes. */
export function facilityBytes({ count, columns }: Points, most: number): number {
  // Rows, sums, bounds, distances; owners, stamps, the heap. Of the picked: places, distances, gains.
  return count * (8 * columns + 3 * 8 + 3 * 4) + Math.min(most, count) * (4 + 8 + 8);
}

/**
 * By the triangle inequality j is no nearer to a point at distance u from its nearest picked one s than s is, unless
 * d_js < 2u. A little more than 2, so that rounding spares no point that counts.
 */
const REACH = 2 + 1e-9;

/** Distance of the rows that begin at a and b. */
function distanceBetween(x: Float64Array, a: number, b: number, columns: number): number {
  let squared = 0;
  for (let c = 0; c < columns; c++) {
    const difference = x[a + c] - x[b + c];
    squared += difference * difference;
  }
  return Math.sqrt(squared);
}

/** Σ_i w_i d_ij of every j, and D. */
async function columnSums(
  x: Float64Array,
  { count, columns, weights }: Points,
  { pulse, progress }: Watch,
): Promise<{ sums: Float64Array; longest: number }> {
  const sums = new Float64Array(count);
  let longest = 0;
  for (let i = 0; i < count; i++) {
    const from = i * columns;
    let own = sums[i];
    for (let j = i + 1, at = from + columns; j < count; j++, at += columns) {
      const distance = distanceBetween(x, from, at, columns);
      if (distance > longest) longest = distance;
      own += weights === undefined ? distance : weights[j] * distance;
      sums[j] += weights === undefined ? distance : weights[i] * distance;
    }
    sums[i] = own;
    if (pulse.due()) await pulse.beat(progress(0));
  }
  return { sums, longest };
}

/** The places 0 … n − 1, the one of the greatest gain on top, the lower place among equals. */
class GainHeap {
  readonly #gains: Float64Array;
  readonly #places: Uint32Array;
  #size: number;

  /** @param gains by place; whoever lowers the one on top calls `lowered` */
  constructor(gains: Float64Array) {
    this.#gains = gains;
    this.#size = gains.length;
    this.#places = Uint32Array.from(gains, (_, place) => place);
    for (let at = (this.#size >> 1) - 1; at >= 0; at--) this.#sink(at);
  }

  get top(): number {
    return this.#places[0];
  }

  lowered(): void {
    this.#sink(0);
  }

  removeTop(): void {
    this.#places[0] = this.#places[--this.#size];
    this.#sink(0);
  }

  #isAbove(a: number, b: number): boolean {
    return this.#gains[a] > this.#gains[b] || (this.#gains[a] === this.#gains[b] && a < b);
  }

  #sink(from: number): void {
    const places = this.#places;
    const place = places[from];
    let at = from;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= this.#size) break;
      if (child + 1 < this.#size && this.#isAbove(places[child + 1], places[child])) child++;
      if (!this.#isAbove(places[child], place)) break;
      places[at] = places[child];
      at = child;
    }
    places[at] = place;
  }
}

/** What is picked, and every point's nearest of it. */
class Cover {
  readonly picked: Uint32Array;
  size = 0;
  /** Which of the picked is the nearest one of every point. */
  readonly owner: Uint32Array;
  readonly #x: Float64Array;
  readonly #columns: number;
  /** The distance u to it; D with nothing picked. */
  readonly #nearest: Float64Array;
  /** From the picked ones to the point that is looked at. */
  readonly #toPicked: Float64Array;
  readonly #weights: Float64Array | undefined;

  constructor(x: Float64Array, { count, columns, weights }: Points, longest: number, most: number) {
    this.#x = x;
    this.#weights = weights;
    this.#columns = columns;
    this.picked = new Uint32Array(most);
    this.owner = new Uint32Array(count);
    this.#nearest = new Float64Array(count).fill(longest);
    this.#toPicked = new Float64Array(most);
  }

  /** Σ_i w_i max(0, u_i − d_ij) */
  gainOf(j: number): number {
    const weights = this.#weights;
    const [x, columns, owner, nearest] = [this.#x, this.#columns, this.owner, this.#nearest];
    const toPicked = this.#measure(j);
    let gain = 0;
    for (let i = 0; i < nearest.length; i++) {
      const u = nearest[i];
      if (toPicked[owner[i]] >= REACH * u) continue;
      const distance = distanceBetween(x, i * columns, j * columns, columns);
      if (distance < u) gain += weights === undefined ? u - distance : weights[i] * (u - distance);
    }
    return gain;
  }

  add(j: number): void {
    const [x, columns, owner, nearest, picked] = [
      this.#x,
      this.#columns,
      this.owner,
      this.#nearest,
      this.picked,
    ];
    const toPicked = this.#measure(j);
    const isFirst = this.size === 0;
    for (let i = 0; i < nearest.length; i++) {
      const u = nearest[i];
      if (!isFirst && toPicked[owner[i]] > REACH * u) continue;
      const distance = distanceBetween(x, i * columns, j * columns, columns);
      if (!isFirst && (distance > u || (distance === u && picked[owner[i]] < j))) continue;
      owner[i] = this.size;
      nearest[i] = distance;
    }
    picked[this.size++] = j;
  }

  weights(): Uint32Array | Float64Array {
    const own = this.#weights;
    const weights = own === undefined ? new Uint32Array(this.size) : new Float64Array(this.size);
    for (let i = 0; i < this.owner.length; i++) weights[this.owner[i]] += own === undefined ? 1 : own[i];
    return weights;
  }

  #measure(j: number): Float64Array {
    const [x, columns, picked, toPicked] = [this.#x, this.#columns, this.picked, this.#toPicked];
    for (let s = 0; s < this.size; s++) {
      toPicked[s] = distanceBetween(x, picked[s] * columns, j * columns, columns);
    }
    return toPicked;
  }
}

/**
 * Picks points one after the other, each the one that adds most to F, the lower place among equals. A gain can only fall
 * while others are picked: one that was computed before is an upper bound, and is computed again only on top of all.
 *
 * @param most points to pick; fewer are where every point lies on a picked one
 * @param watch asked between two rows of distances, and between two gains
 * @throws CANCELLED by the pulse
 */
export async function locateFacilities(points: Points, most: number, watch: Watch): Promise<Facilities> {
  const { count } = points;
  const { pulse, progress } = watch;
  const limit = Math.min(most, count);
  const x = Float64Array.from(points.values);
  const { sums, longest } = await columnSums(x, points, watch);
  const cover = new Cover(x, points, longest, limit);
  // With nothing picked yet, what a point adds is Σ_i w_i (D − d_ij).
  const total = points.weights?.reduce((sum, weight) => sum + weight, 0) ?? count;
  const bounds = sums.map((sum) => total * longest - sum);
  /** How many were picked when the bound was computed. */
  const stamps = new Uint32Array(count);
  const heap = new GainHeap(bounds);
  const gains: number[] = [];
  while (cover.size < limit) {
    const j = heap.top;
    if (stamps[j] < cover.size) {
      bounds[j] = cover.gainOf(j);
      stamps[j] = cover.size;
      heap.lowered();
    } else {
      if (cover.size > 0 && bounds[j] === 0) break;
      cover.add(j);
      gains.push(bounds[j]);
      heap.removeTop();
    }
    if (pulse.due()) await pulse.beat(progress(cover.size));
  }
  return {
    picked: cover.picked.slice(0, cover.size),
    weights: cover.weights(),
    nearest: cover.owner,
    gains: Float64Array.from(gains),
  };
}
