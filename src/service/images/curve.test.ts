import fc from 'fast-check';
import { expect, it } from 'vitest';
import { thinCurve } from './curve.ts';

function curveOf(steps: number, chosen: number) {
  return {
    baseBits: Uint32Array.from({ length: steps }, (_, k) => k + 3),
    baseCounts: Uint32Array.from({ length: steps }, (_, k) => k * 2),
    size: Float64Array.from({ length: steps }, (_, k) => (k - chosen) ** 2),
    chosen,
    stop: 'plateau',
    objective: 'true',
  } as const;
}

it('keeps at most 400 steps, its ends and the chosen one, in their order', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5_000 }), fc.nat(), (steps, any) => {
      const before = curveOf(steps, any % steps);
      const after = thinCurve(before);
      expect(after.size.length).toBeLessThanOrEqual(400);
      expect(after.size.length).toBeGreaterThanOrEqual(Math.min(steps, 398));
      expect([after.baseBits.length, after.baseCounts.length]).toEqual([
        after.size.length,
        after.size.length,
      ]);
      expect(after.size[after.chosen]).toBe(0);
      expect(after.baseBits[after.chosen]).toBe(before.baseBits[before.chosen]);
      expect([after.baseBits[0], after.baseBits.at(-1)]).toEqual([3, steps + 2]);
      for (let k = 1; k < after.baseBits.length; k++)
        expect(after.baseBits[k]).toBeGreaterThan(after.baseBits[k - 1]);
    }),
  );
});
