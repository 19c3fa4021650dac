import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exactRatio, MAX_DENOMINATOR } from './rational.ts';

const ratioOf = (value: number): [number, number] | null => {
  const out = { p: NaN, q: NaN };
  return exactRatio(value, out) ? [out.p, out.q] : null;
};

describe('exactRatio', () => {
  it('accepts only a quotient that is the identical double', () => {
    const value = fc.oneof(
      fc.double(),
      fc.double({ min: -4, max: 4 }),
      // Quotients, and their neighbours, which are none.
      fc.tuple(fc.integer(), fc.integer({ min: 1, max: MAX_DENOMINATOR })).map(([p, q]) => p / q),
      fc
        .tuple(fc.integer({ min: 1, max: 999 }), fc.integer({ min: 1, max: 999 }))
        .map(([p, q]) => (p / q) * (1 + 2 ** -52)),
    );
    fc.assert(
      fc.property(value, (x) => {
        const ratio = ratioOf(x);
        if (ratio === null) return;
        const [p, q] = ratio;
        expect(p / q).toBe(x);
        expect(Number.isInteger(p) && Math.abs(p) <= 0x7fffffff).toBe(true);
        expect(Number.isInteger(q) && q >= 1 && q <= MAX_DENOMINATOR).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('finds every quotient of small integers, in lowest terms', () => {
    fc.assert(
      fc.property(fc.integer({ min: -30_000, max: 30_000 }), fc.integer({ min: 1, max: 2_000 }), (p, q) => {
        const ratio = ratioOf(p / q);
        if (Object.is(p / q, -0)) return expect(ratio).toBeNull();
        expect(ratio).not.toBeNull();
        expect(ratio![0] * q).toBe(p * ratio![1]);
        expect(ratio![1]).toBeLessThanOrEqual(q);
      }),
      { numRuns: 1000 },
    );
  });

  it('has none for −0, NaN, infinities, huge, tiny and irrational numbers', () => {
    for (const value of [
      -0,
      NaN,
      Infinity,
      -Infinity,
      2 ** 31,
      -(2 ** 31),
      1e300,
      5e-324,
      Math.PI,
      Math.SQRT2,
    ]) {
      expect([value, ratioOf(value)]).toEqual([value, null]);
    }
    expect(ratioOf(0)).toEqual([0, 1]);
    expect(ratioOf(-1 / 3)).toEqual([-1, 3]);
    expect(ratioOf(0x7fffffff)).toEqual([0x7fffffff, 1]);
    expect(ratioOf(1 / MAX_DENOMINATOR)).toEqual([1, MAX_DENOMINATOR]);
    expect(ratioOf(1 / (MAX_DENOMINATOR + 1))).toBeNull();
  });
});
