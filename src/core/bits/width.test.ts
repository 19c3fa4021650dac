import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bitsFor } from './width.ts';

/** The smallest w with 2^w ≥ count, in exact integers. */
function reference(count: bigint): number {
  let width = 0;
  while (1n << BigInt(width) < count) width++;
  return width;
}

describe('bitsFor', () => {
  it('is exact beside every power of two up to 2^53', () => {
    for (let power = 0; power <= 53; power++) {
      for (const count of [2 ** power - 1, 2 ** power, 2 ** power + 1]) {
        if (count < 1 || count > 2 ** 53) continue;
        expect([count, bitsFor(count)]).toEqual([count, reference(BigInt(count))]);
      }
    }
  });

  it('agrees with exact integers anywhere', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), (count) => {
        expect(bitsFor(count)).toBe(reference(BigInt(count)));
      }),
    );
  });

  it('needs no bits to tell nothing or one thing apart', () => {
    expect([bitsFor(0), bitsFor(1)]).toEqual([0, 0]);
  });
});
