/** The training loss on a plane through the coefficients, and the planes that are looked at. */
import type { Pulse } from '../pulse.ts';
import { createGenerator, permutation } from '../random.ts';
import type { DesignMatrix } from './design.ts';
import { sumOf, totalWeight } from './weights.ts';
import { MOST_RECORDS, SIDES } from './landscapeWork.ts';
import { pickRows } from './predictions.ts';
import type { TargetTask } from './targets.ts';
import { add, dot } from './vectors.ts';

/** θ = origin + a·u + b·v, with u and v of length 1 and at right angles. */
export interface Plane {
  origin: Float64Array;
  u: Float64Array;
  v: Float64Array;
}

/** A place on a plane: a and b. */
export type Place = readonly [a: number, b: number];

/** What of a plane is looked at: from where to where in a, and in b. */
export interface Bounds {
  a: readonly [low: number, high: number];
  b: readonly [low: number, high: number];
}

/** The mean loss over a grid that reaches from bound to bound. */
export interface Surface {
  /** Places along a, and along b. */
  columns: number;
  rows: number;
  /** Row after row from the smallest b, each from the smallest a. */
  losses: Float64Array;
  /** Records that it is the mean of. */
  records: number;
}

const DRAW_SEED = 1;
/** Records between two looks at the clock. */
const CHUNK = 4_096;

/** Room around everything, as a share of the width. */
const MARGIN = 0.12;
/** A width below this share of the size of the numbers is one of rounding. */
const ROUNDING = 1e-9;

const MOST_ITERATIONS = 300;
/** Change of a direction of length 1 at which it stands. */
const ENOUGH = 1e-10;

function unit(length: number, j: number): Float64Array {
  const vector = new Float64Array(length);
  vector[j] = 1;
  return vector;
}

/** The plane of two coefficients, by their places in θ, with all others as they are at θ. */
export function columnsPlane(theta: Float64Array, first: number, second: number): Plane {
  const origin = theta.slice();
  origin[first] = origin[second] = 0;
  return { origin, u: unit(theta.length, first), v: unit(theta.length, second) };
}

/** A plane with the share of a path's extent that lies in it. */
export interface PrincipalPlane extends Plane {
  /** Of the squared distances from the centre, 0…1. */
  share: number;
}

/**
 * The plane through `centre` in which a path lies as far as it lies in any: spanned by the principal directions of its
 * points as seen from there.
 *
 * @param path coefficients along the way, at least one; those that are no finite numbers are left out
 */
export function principalPlane(path: readonly Float64Array[], centre: Float64Array): PrincipalPlane {
  const from: Float64Array[] = [];
  let extent = 0;
  for (const theta of path) {
    const away = theta.slice();
    add(away, -1, centre);
    const squared = dot(away, away);
    if (!Number.isFinite(squared)) continue;
    extent += squared;
    from.push(away);
  }
  const u = principalDirection(from, null) ?? unit(centre.length, 0);
  const v = principalDirection(from, u) ?? beside(u);
  let within = 0;
  for (const away of from) within += dot(away, u) ** 2 + dot(away, v) ** 2;
  // From the start at 0 to the optimum is to the right, and up.
  for (const direction of [u, v]) if (dot(centre, direction) < 0) flip(direction);
  return { origin: centre.slice(), u, v, share: extent === 0 ? 1 : Math.min(1, within / extent) };
}

function flip(direction: Float64Array): void {
  for (let j = 0; j < direction.length; j++) direction[j] = -direction[j];
}

/** Makes a vector orthogonal to another one, of length 1, and its own length 1; false where nothing is left. */
function normalise(vector: Float64Array, without: Float64Array | null): boolean {
  const before = Math.sqrt(dot(vector, vector));
  if (without !== null) add(vector, -dot(vector, without), without);
  const length = Math.sqrt(dot(vector, vector));
  if (!(length > before * ROUNDING)) return false;
  for (let j = 0; j < vector.length; j++) vector[j] /= length;
  return true;
}

/** Direction of the largest sum of squares, by power iteration from the farthest point; null where all are at 0. */
function principalDirection(
  points: readonly Float64Array[],
  without: Float64Array | null,
): Float64Array | null {
  let direction: Float64Array | null = null;
  let farthest = 0;
  for (const point of points) {
    const across = without === null ? 0 : dot(point, without) ** 2;
    const squared = dot(point, point) - across;
    if (squared > farthest) [farthest, direction] = [squared, point.slice()];
  }
  if (direction === null || !normalise(direction, without)) return null;
  let steady: Float64Array = direction;
  for (let k = 0; k < MOST_ITERATIONS; k++) {
    const next: Float64Array = new Float64Array(steady.length);
    for (const point of points) add(next, dot(point, steady), point);
    if (!normalise(next, without)) break;
    const isSteady = 1 - Math.abs(dot(next, steady)) < ENOUGH;
    steady = next;
    if (isSteady) break;
  }
  return steady;
}

/** Any direction at a right angle to u. */
function beside(u: Float64Array): Float64Array {
  let least = 0;
  for (let j = 1; j < u.length; j++) if (Math.abs(u[j]) < Math.abs(u[least])) least = j;
  const direction = unit(u.length, least);
  normalise(direction, u);
  return direction;
}

/** Where coefficients lie as seen from above the plane. */
export function placeOn({ origin, u, v }: Plane, theta: Float64Array): Place {
  const away = theta.slice();
  add(away, -1, origin);
  return [dot(away, u), dot(away, v)];
}

/**
 * Bounds that hold `fixed` and all of the paths that is finite, with some room around.
 *
 * @param fixed start and optima: finite numbers, at least one place
 */
export function boundsOf(fixed: readonly Place[], paths: readonly (readonly Place[])[]): Bounds {
  const along = (side: 0 | 1): { low: number; high: number; span: number } => {
    const values = fixed.map((place) => place[side]);
    const [low, high] = [Math.min(...values), Math.max(...values)];
    const size = Math.max(Math.abs(low), Math.abs(high));
    const span = high - low;
    return { low, high, span: span > size * ROUNDING ? span : 0 };
  };
  const sides = [along(0), along(1)] as const;
  const bound = (side: 0 | 1): [number, number] => {
    const { span: own, ...inner } = sides[side];
    let { low, high } = inner;
    // Where start and optima do not differ, the paths may still have gone astray.
    const span = own > 0 ? own : (sides[1 - side].span || Math.abs(high) || 1) / 4;
    for (const path of paths) {
      for (const place of path) {
        const value = place[side];
        if (!Number.isFinite(value)) continue;
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }
    const lack = Math.max(0, span - (high - low)) / 2;
    const room = MARGIN * Math.max(span, high - low) + lack;
    return [low - room, high + room];
  };
  return { a: bound(0), b: bound(1) };
}

/** Per record what its output is at a place of the plane, and by how much it rises along u and v. */
interface Shadows {
  z: Float64Array;
  p: Float64Array;
  q: Float64Array;
}

async function shadowsOf(
  { rows, width, x }: DesignMatrix,
  theta: Float64Array,
  { u, v }: Plane,
  pulse: Pulse,
): Promise<Shadows> {
  const z = new Float64Array(rows);
  const p = new Float64Array(rows);
  const q = new Float64Array(rows);
  for (let i = 0, at = 0; i < rows; i++) {
    for (let j = 0; j < width; j++, at++) {
      z[i] += x[at] * theta[j];
      p[i] += x[at] * u[j];
      q[i] += x[at] * v[j];
    }
    if (i % CHUNK === 0 && pulse.due()) {
      await pulse.beat({ phase: 'Loss on the plane', done: i, total: rows, unit: 'records' });
    }
  }
  return { z, p, q };
}

/** The mean loss at so much along u and v from the place where the shadows were taken. */
type LossAt = (along: number, across: number) => number;

/** ½ r² of a record is a quadratic of both, and so is the mean. */
function squaredLoss({ z, p, q }: Shadows, y: Float64Array): LossAt {
  const n = z.length;
  let [level, slopeU, slopeV, bendUU, bendUV, bendVV] = [0, 0, 0, 0, 0, 0];
  for (let i = 0; i < n; i++) {
    const r = z[i] - y[i];
    level += r * r;
    slopeU += r * p[i];
    slopeV += r * q[i];
    bendUU += p[i] * p[i];
    bendUV += p[i] * q[i];
    bendVV += q[i] * q[i];
  }
  return (a, b) =>
    (level / 2 + slopeU * a + slopeV * b + (bendUU * a * a + bendVV * b * b) / 2 + bendUV * a * b) / n;
}

/** The same of records with weights: of each, the root of its weight times everything. */
function weightedSquares(shadows: Shadows, matrix: DesignMatrix): LossAt {
  const { weights, y, rows } = matrix;
  if (weights === undefined) return squaredLoss(shadows, y);
  const mean = totalWeight(matrix) / rows;
  const roots = weights.map((weight) => Math.sqrt(weight / mean));
  const scaled = (values: Float64Array): Float64Array => values.map((value, i) => value * roots[i]);
  const { z, p, q } = shadows;
  return squaredLoss({ z: scaled(z), p: scaled(p), q: scaled(q) }, scaled(y));
}

/** Factors of a product that is taken the logarithm of: each lies between 1 and 2. */
const FACTORS = 512;

/** ln(1 + eᶻ) − y·z, of which the second part is linear. */
function logLoss({ z, p, q }: Shadows, y: Float64Array, weights?: Float64Array): LossAt {
  const n = z.length;
  if (weights !== undefined) {
    const total = sumOf(weights);
    return (a, b) => {
      let sum = 0;
      for (let i = 0; i < n; i++) {
        const value = z[i] + a * p[i] + b * q[i];
        sum += weights[i] * (Math.max(value, 0) + Math.log1p(Math.exp(-Math.abs(value))) - y[i] * value);
      }
      return sum / total;
    };
  }
  let [likely, likelyU, likelyV] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    likely += y[i] * z[i];
    likelyU += y[i] * p[i];
    likelyV += y[i] * q[i];
  }
  return (a, b) => {
    let sum = 0;
    let product = 1;
    for (let i = 0; i < n; i++) {
      const value = z[i] + a * p[i] + b * q[i];
      // ln(1 + eᶻ) = max(z, 0) + ln(1 + e^−|z|)
      if (value > 0) {
        sum += value;
        product *= 1 + Math.exp(-value);
      } else product *= 1 + Math.exp(value);
      if (i % FACTORS === FACTORS - 1) {
        sum += Math.log(product);
        product = 1;
      }
    }
    return (sum + Math.log(product) - likely - a * likelyU - b * likelyV) / n;
  };
}

/**
 * The mean training loss on a plane: half the squared error, or the cross-entropy of two classes.
 *
 * @param records of one output
 * @param theta coefficients that lie on the plane: the optimum, near which the loss is exact to the last digits
 * @param most records that the logistic loss is the mean of
 */
export async function lossOnPlane(
  task: TargetTask,
  records: DesignMatrix,
  theta: Float64Array,
  plane: Plane,
  { a, b }: Bounds,
  pulse: Pulse,
  most = MOST_RECORDS,
): Promise<Surface> {
  const matrix =
    task === 'regression' || records.rows <= most
      ? records
      : pickRows(records, permutation(records.rows, createGenerator(DRAW_SEED)).subarray(0, most));
  const shadows = await shadowsOf(matrix, theta, plane, pulse);
  const lossAt =
    task === 'regression' ? weightedSquares(shadows, matrix) : logLoss(shadows, matrix.y, matrix.weights);
  const [fromA, fromB] = placeOn(plane, theta);
  const side = SIDES[task];
  const losses = new Float64Array(side * side);
  const at = ([low, high]: readonly [number, number], k: number) => low + (k / (side - 1)) * (high - low);
  for (let row = 0, to = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      losses[to++] = lossAt(at(a, column) - fromA, at(b, row) - fromB);
    }
    if (pulse.due()) {
      await pulse.beat({ phase: 'Loss on the plane', done: row, total: side, unit: 'lines' });
    }
  }
  return { columns: side, rows: side, losses, records: matrix.rows };
}
