import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { orderFloat32, orderFloat64, unorderFloat32, unorderFloat64 } from './orderedBits.ts';

const code64 = (value: number): bigint => {
  const high = new Uint32Array(1);
  const low = new Uint32Array(1);
  orderFloat64(Float64Array.of(value), high, low);
  return (BigInt(high[0]) << 32n) | BigInt(low[0]);
};
const code32 = (value: number): number => {
  const code = new Uint32Array(1);
  orderFloat32(Float64Array.of(value), code);
  return code[0];
};

const EDGES = [-Infinity, -1.5, -5e-324, -0, 0, 5e-324, 1, 1.5, 2 ** 53, Number.MAX_VALUE, Infinity];
const double = fc.oneof(fc.double({ noNaN: true }), fc.constantFrom(...EDGES));
const float = fc.oneof(fc.float({ noNaN: true }), fc.constantFrom(-Infinity, -0, 0, 1, Infinity));

describe('ordered IEEE bits', () => {
  it('sort as the doubles do, −0 before +0 and NaN last', () => {
    const sorted = [...EDGES, NaN].map(code64);
    expect([...sorted].sort((a, b) => (a < b ? -1 : 1))).toEqual(sorted);
    expect(new Set(sorted).size).toBe(sorted.length);
    fc.assert(
      fc.property(double, double, (a, b) => {
        if (a < b) expect(code64(a) < code64(b)).toBe(true);
      }),
    );
  });

  it('sort as the float32 values do', () => {
    fc.assert(
      fc.property(float, float, (a, b) => {
        if (a < b) expect(code32(a)).toBeLessThan(code32(b));
      }),
    );
    expect(code32(-0)).toBe(code32(0) - 1);
  });

  it('give back the identical double', () => {
    const same = (value: number): void => {
      const code = code64(value);
      expect(unorderFloat64(Number(code >> 32n), Number(code & 0xffffffffn))).toBe(value);
    };
    EDGES.concat(NaN).forEach(same);
    fc.assert(fc.property(double, same));
  });

  it('give back the identical float32', () => {
    for (const value of [NaN, Infinity, -Infinity, 0, -0, Math.fround(1e-45)]) {
      expect(unorderFloat32(code32(value))).toBe(value);
    }
    fc.assert(
      fc.property(float, (value) => {
        expect(unorderFloat32(code32(value))).toBe(value);
      }),
    );
  });

  it('never reach all ones, so that a missing cell always finds a code above', () => {
    expect(code64(NaN)).toBeLessThan(0xffffffffffffffffn);
    expect(code32(NaN)).toBeLessThan(0xffffffff);
    // A NaN with any other payload is the same NaN.
    const payloads = new Float64Array(BigUint64Array.of(0xffffffffffffffffn, 0x7ff0000000000001n).buffer);
    for (const value of payloads) expect(code64(value)).toBe(code64(NaN));
  });
});
