/** The inverse as docs/FORMAT.md tells it, in integers of any length and without haste: the fast one gives the same. */
import { describe, expect, it } from 'vitest';
import { createGenerator } from '../../random.ts';
import type { ImageShape } from '../imageSet.ts';
import { dct } from './dct.ts';
import { dct8 } from './dct8.ts';

/** ⌊value / 2^places⌉, halves to the even number. */
function rounded(value: bigint, places: bigint): bigint {
  const below = value >> places;
  const rest = value - (below << places);
  const half = 1n << (places - 1n);
  return rest > half || (rest === half && (below & 1n) === 1n) ? below + 1n : below;
}

const c = (k: number): bigint => BigInt(Math.round(2 ** 20 * Math.cos((k * Math.PI) / 128)));
const times = (...terms: [bigint, bigint][]): bigint =>
  rounded(
    terms.reduce((sum, [a, b]) => sum + a * b, 0n),
    20n,
  );

function two(y: bigint[]): bigint[] {
  const n = y.length;
  if (n === 1) return y;
  const u = two(y.filter((_, k) => k % 2 === 0));
  const v = four(y.filter((_, k) => k % 2 === 1));
  return [...u.map((one, j) => one + v[j]), ...u.map((one, j) => one - v[j]).reverse()];
}

function four(y: bigint[]): bigint[] {
  const m = y.length;
  if (m === 1) return y;
  if (m === 2) {
    return [times([1370031n, y[0]], [567485n, y[1]]), times([567485n, y[0]], [-1370031n, y[1]])];
  }
  const p = m / 2;
  const upper = [times([1482910n, y[0]])];
  const lower = [times([1482910n, y[m - 1]])];
  for (let k = 1; k < p; k++) {
    upper[k] = y[2 * k - 1] + y[2 * k];
    lower[p - k] = y[2 * k - 1] - y[2 * k];
  }
  const a = two(upper);
  const b = two(lower).map((one, j) => (j % 2 === 0 ? one : -one));
  const v: bigint[] = [];
  for (let j = 0; j < p; j++) {
    const cos = c(((2 * j + 1) * 32) / m);
    const sin = c(64 - ((2 * j + 1) * 32) / m);
    v[j] = times([cos, a[j]], [sin, b[j]]);
    v[m - 1 - j] = times([sin, a[j]], [-cos, b[j]]);
  }
  return v;
}

/** What a line multiplies lengths by, squared. */
const gain = (n: number, g2: number): number => ([8, 16, 32, 64].includes(n) ? n : g2);

function line(x: bigint[], g2: number): bigint[] {
  const n = x.length;
  if ([8, 16, 32, 64].includes(n)) return two(x);
  return x.map((_, j) => {
    const sum = x.reduce((so, one, k) => {
      const size = Math.sqrt(((k === 0 ? 1 : 2) * g2) / n);
      const entry = Math.round(2 ** 22 * size * Math.cos((Math.PI * ((2 * j + 1) * k)) / (2 * n)));
      return so + BigInt(entry) * one;
    }, 0n);
    return rounded(sum, 22n);
  });
}

function inverse(values: Int32Array, { width, height, channels }: ImageShape, side: number | null): number[] {
  const g2 = side ?? 1;
  const [across, down] = [side ?? width, side ?? height];
  let at = 0;
  const planes = Array.from({ length: channels }, () => {
    const plane: bigint[] = [];
    for (let y = 0; y < height; y += down) {
      for (let x = 0; x < width; x += across) {
        const w = Math.min(across, width - x);
        const h = Math.min(down, height - y);
        const rows = Array.from({ length: h }, (_, r) =>
          line(
            Array.from({ length: w }, (_, k) => BigInt(values[at + r * w + k]) << 12n),
            g2,
          ),
        );
        at += w * h;
        for (let k = 0; k < w; k++) {
          line(
            rows.map((row) => row[k]),
            g2,
          ).forEach((value, r) => (plane[(y + r) * width + x + k] = value));
        }
      }
    }
    return plane;
  });
  const squared = gain(across, g2) * gain(down, g2);
  const q = Math.floor(Math.log2(squared) / 2);
  const constant = (a: number): bigint => BigInt(Math.round((a * 2 ** (20 + q)) / Math.sqrt(squared)));
  const level = (value: bigint): number => {
    const places = BigInt(32 + q);
    const whole = (value + (257n << (places - 1n))) >> places;
    return whole < 0n ? 0 : whole > 255n ? 255 : Number(whole);
  };
  return planes[0].flatMap((y, k) => {
    const luma = constant(1) * y;
    if (channels === 1) return [level(luma)];
    const [cb, cr] = [planes[1][k], planes[2][k]];
    return [
      level(luma + constant(1.402) * cr),
      level(luma - constant((0.114 * 1.772) / 0.587) * cb - constant((0.299 * 1.402) / 0.587) * cr),
      level(luma + constant(1.772) * cb),
    ];
  });
}

describe('the inverse cosine transform', () => {
  const generator = createGenerator(3);
  const cases: [number, number, 1 | 3, number | null][] = [
    [32, 32, 3, null],
    [64, 16, 1, null],
    [32, 8, 1, null],
    [28, 28, 1, null],
    [16, 27, 3, null],
    [1, 1, 1, null],
    [12, 96, 1, null],
    [20, 13, 3, 8],
    [3, 24, 1, 8],
  ];
  it.each(cases)('is the one of the page for %i × %i pixels of %i channels, blocks of %s', (...one) => {
    const [width, height, channels, side] = one;
    const shape: ImageShape = { width, height, channels };
    const plan = (side === null ? dct : dct8).plan(shape);
    // Of a picture of noise, and larger ones, up to twice what a picture can have at most.
    const noise = Uint8Array.from({ length: plan.columns }, () => generator.next() & 255);
    const values = new Int32Array(plan.columns);
    plan.forward(noise, 0, 1, values);
    const most = 256 * Math.sqrt(width * height);
    const wild = values.map(() => Math.trunc((generator.next() / 2 ** 31) * most));
    for (const some of [values, wild]) {
      const pixels = new Uint8Array(plan.columns);
      plan.inverse(some, 1, pixels, 0);
      expect([...pixels]).toEqual(inverse(some, shape, side));
    }
  });
});
