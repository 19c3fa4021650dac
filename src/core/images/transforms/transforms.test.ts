import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crc32c } from '../../bits/crc32c.ts';
import { LabError } from '../../errors.ts';
import { createGenerator } from '../../random.ts';
import { fidelityOf, measureError, noErrors } from '../fidelity.ts';
import { pictureBytes, type ImageShape } from '../imageSet.ts';
import { referenceForward, referenceInverse } from '../testing/cosineReference.ts';
import { dct } from './dct.ts';
import { dct8 } from './dct8.ts';
import { none } from './none.ts';
import { TRANSFORMS } from './registry.ts';

const generator = createGenerator(5);
const below = (n: number): number => Math.floor(((generator.next() >>> 0) / 2 ** 32) * n);

const flat = (level: number) => (): number => level;
const noise = (): number => below(256);
const black = (): number => (below(2) === 0 ? 0 : 255);
const checkerboard = (x: number, y: number): number => ((x + y) % 2 === 0 ? 255 : 0);
const stripes = (x: number): number => (x % 2 === 0 ? 255 : 0);
const soft = (x: number, y: number, c: number): number => (x * 5 + y * 3 + c * 40) & 255;

function picture(shape: ImageShape, level: (x: number, y: number, c: number) => number): Uint8Array {
  const pixels = new Uint8Array(pictureBytes(shape));
  for (let k = 0, at = 0; k < shape.width * shape.height; k++) {
    for (let c = 0; c < shape.channels; c++) {
      pixels[at++] = level(k % shape.width, Math.floor(k / shape.width), c);
    }
  }
  return pixels;
}

const grey = (width: number, height: number): ImageShape => ({ width, height, channels: 1 });
const colour = (width: number, height: number): ImageShape => ({ width, height, channels: 3 });

/** Compares both ways with the definition; returns how many pixels differ from it, of how many. */
function compare(shape: ImageShape, side: number | null, pixels: Uint8Array): { off: number; of: number } {
  const plan = (side === null ? dct : dct8).plan(shape);
  const values = new Int32Array(plan.columns);
  plan.forward(pixels, 0, 1, values);
  const exact = referenceForward(pixels, shape, side);
  let furthest = 0;
  for (let k = 0; k < values.length; k++) furthest = Math.max(furthest, Math.abs(values[k] - exact[k]));
  // Half for the rounding, and what constants of 20 binary places may be off.
  expect(furthest).toBeLessThan(0.53);

  const back = new Uint8Array(pixels.length);
  plan.inverse(values, 1, back, 0);
  const levels = referenceInverse(values, shape, side);
  let off = 0;
  for (let k = 0; k < back.length; k++) {
    const ideal = Math.min(255, Math.max(0, Math.floor(levels[k] + 0.5)));
    if (ideal === back[k]) continue;
    off++;
    if (Math.abs(ideal - back[k]) > 1) throw new Error(`${back[k]} instead of ${levels[k]} at ${k}`);
  }
  return { off, of: back.length };
}

function compareAll(cases: Iterable<[ImageShape, number | null, Uint8Array]>): void {
  let off = 0;
  let of = 0;
  for (const [shape, side, pixels] of cases) {
    const one = compare(shape, side, pixels);
    off += one.off;
    of += one.of;
  }
  expect(off / of).toBeLessThan(0.001);
}

describe('the cosine transform', () => {
  it('follows its definition for every length, extremes included', () => {
    compareAll(
      (function* () {
        for (let n = 1; n <= 96; n++) {
          const shape = grey(n, 97 - n);
          for (const level of [flat(0), flat(255), checkerboard, noise]) {
            yield [shape, null, picture(shape, level)];
          }
        }
      })(),
    );
  });

  it('follows its definition for colour pictures of usual and unusual sizes, whole and in blocks', () => {
    compareAll(
      (function* () {
        for (const [width, height] of [
          [28, 28],
          [32, 32],
          [64, 64],
          [13, 17],
          [16, 32],
          [96, 96],
          [1, 1],
          [8, 64],
        ]) {
          const shape = colour(width, height);
          for (const side of [null, 8]) {
            for (const level of [flat(0), flat(255), checkerboard, stripes, black, noise, soft]) {
              yield [shape, side, picture(shape, level)];
            }
          }
        }
      })(),
    );
  });

  it('follows its definition for blocks that are cut off at either edge', () => {
    compareAll(
      (function* () {
        for (let n = 1; n <= 17; n++) {
          const shape = grey(n, 18 - n);
          for (const level of [flat(255), checkerboard, noise]) yield [shape, 8, picture(shape, level)];
        }
      })(),
    );
  });

  it('loses what rounding coefficients loses: 50 dB and more', () => {
    for (const transform of [dct, dct8]) {
      for (const level of [noise, soft]) {
        const shape = colour(32, 32);
        const plan = transform.plan(shape);
        const sums = noErrors();
        const values = new Int16Array(plan.columns);
        const back = new Uint8Array(plan.columns);
        for (let k = 0; k < 20; k++) {
          const pixels = picture(shape, level);
          plan.forward(pixels, 0, 1, values);
          plan.inverse(values, 1, back, 0);
          measureError(pixels, back, sums);
        }
        const fidelity = fidelityOf(sums);
        expect(fidelity.kind === 'near' && fidelity.psnr).toBeGreaterThan(50);
      }
    }
  });

  it('gives the pixels of the format: they never change', () => {
    const golden = [dct, dct8].flatMap((transform) =>
      [colour(32, 32), colour(16, 8), grey(28, 28), grey(64, 64), colour(20, 13), colour(32, 27)].map(
        (shape) => {
          const plan = transform.plan(shape);
          const values = new Int16Array(plan.columns);
          // Falling with the frequency, as those of pictures do, and large enough to be clamped now and then.
          let state = 1;
          for (let k = 0; k < values.length; k++) {
            state = (Math.imul(state, 1664525) + 1013904223) | 0;
            values[k] = Math.trunc((state >> 16) / (16 + plan.place(k).x * 8 + plan.place(k).y * 8));
          }
          const pixels = new Uint8Array(plan.columns);
          plan.inverse(values, 1, pixels, 0);
          return crc32c(pixels);
        },
      ),
    );
    expect(golden).toMatchInlineSnapshot(`
      [
        361110537,
        937183102,
        608132494,
        3035285724,
        1790548505,
        2598206785,
        2636860447,
        19077384,
        633693371,
        1708218248,
        1170046666,
        1098056911,
      ]
    `);
  });

  it('puts the mean first and frequencies in rows', () => {
    const shape = grey(32, 16);
    const plan = dct.plan(shape);
    const values = new Int16Array(plan.columns);
    plan.forward(picture(shape, flat(255)), 0, 1, values);
    expect(values[0]).toBe(Math.round(127 * Math.sqrt(32 * 16)));
    expect(values.subarray(1).every((value) => value === 0)).toBe(true);
    // Levels that change along x alone have frequencies in the first row alone.
    plan.forward(picture(shape, stripes), 0, 1, values);
    expect(values.subarray(1, 32).some((value) => value !== 0)).toBe(true);
    expect(values.subarray(32).every((value) => value === 0)).toBe(true);
  });

  it('refuses pictures whose tables would be too large', () => {
    expect(() => dct.plan(grey(1025, 1))).toThrow(LabError);
    expect(() => dct.plan(grey(1, 60_000))).toThrow(/1024 × 1024/);
    expect(() => dct8.plan(grey(3000, 3000))).toThrow(/values a picture/);
  });
});

const shapes = fc.record<ImageShape>({
  width: fc.integer({ min: 1, max: 40 }),
  height: fc.integer({ min: 1, max: 40 }),
  channels: fc.constantFrom(1, 3),
});

describe.each(TRANSFORMS.all.map((transform) => [transform.meta.name, transform] as const))(
  '%s',
  (_, one) => {
    it('brings every picture back, nearly or exactly, and touches no other', () => {
      fc.assert(
        fc.property(shapes, fc.integer({ min: 1, max: 4 }), fc.nat(3), (shape, count, before) => {
          const bytes = pictureBytes(shape);
          const pixels = Uint8Array.from({ length: (before + count) * bytes }, noise);
          const plan = one.plan(shape);
          expect(plan.columns).toBe(bytes);
          const values = new Int16Array((count + 1) * bytes).fill(77);
          plan.forward(pixels, before, count, values);
          expect(values.subarray(count * bytes).every((value) => value === 77)).toBe(true);
          const back = new Uint8Array((before + count + 1) * bytes).fill(99);
          plan.inverse(values, count, back, before);
          expect(back.subarray(0, before * bytes).every((value) => value === 99)).toBe(true);
          expect(back.subarray((before + count) * bytes).every((value) => value === 99)).toBe(true);
          const sums = noErrors();
          measureError(
            pixels.subarray(before * bytes),
            back.subarray(before * bytes, (before + count) * bytes),
            sums,
          );
          if (one.meta.isLossless) expect(fidelityOf(sums).kind).toBe('exact');
          expect(sums.largest).toBeLessThanOrEqual(4);
        }),
        { numRuns: 40 },
      );
    });

    it('gives the same from arrays of 16 and of 32 bits', () => {
      const shape = colour(20, 12);
      const plan = one.plan(shape);
      const pixels = picture(shape, noise);
      const narrow = new Int16Array(plan.columns);
      const wide = new Int32Array(plan.columns);
      plan.forward(pixels, 0, 1, narrow);
      plan.forward(pixels, 0, 1, wide);
      expect([...narrow]).toEqual([...wide]);
      const a = new Uint8Array(plan.columns);
      const b = new Uint8Array(plan.columns);
      plan.inverse(narrow, 1, a, 0);
      plan.inverse(wide, 1, b, 0);
      expect(a).toEqual(b);
    });

    it('draws every column at a place of its own', () => {
      fc.assert(
        fc.property(shapes, (shape) => {
          const plan = one.plan(shape);
          const seen = new Set<number>();
          for (let column = 0; column < plan.columns; column++) {
            const { channel, y, x } = plan.place(column);
            const isInside = channel < shape.channels && y < shape.height && x < shape.width;
            if (isInside) seen.add((channel * shape.height + y) * shape.width + x);
          }
          expect(seen.size).toBe(plan.columns);
        }),
        { numRuns: 30 },
      );
    });

    it('survives coefficients that no picture has', () => {
      for (const shape of [colour(32, 32), grey(28, 28), colour(13, 9)]) {
        const plan = one.plan(shape);
        const values = Int32Array.from({ length: plan.columns }, () => generator.next() | 0);
        const pixels = new Uint8Array(plan.columns);
        plan.inverse(values, 1, pixels, 0);
        values.fill(-(2 ** 31));
        plan.inverse(values, 1, pixels, 0);
        expect(pixels.length).toBe(plan.columns);
      }
    });
  },
);

describe('the registry', () => {
  it('finds transforms by name and number, and refuses others', () => {
    for (const transform of TRANSFORMS.all) {
      expect(TRANSFORMS.byName(transform.meta.name)).toBe(transform);
      expect(TRANSFORMS.byId(transform.meta.id)).toBe(transform);
    }
    expect(TRANSFORMS.all.map(({ meta }) => meta.id)).toEqual([1, 2, 3]);
    expect(TRANSFORMS.byName('none')).toBe(none);
    expect(() => TRANSFORMS.byName('wavelet')).toThrow('none, dct, dct8');
    expect(() => TRANSFORMS.byId(99)).toThrow(LabError);
  });
});
