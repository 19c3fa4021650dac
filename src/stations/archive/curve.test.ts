import { describe, expect, it } from 'vitest';
import type { SearchCurve } from '../../contracts/codec.ts';
import { thinCurve } from './curve.ts';

function curveOf(steps: number, chosen: number): SearchCurve {
  return {
    baseBits: Uint32Array.from({ length: steps }, (_, k) => k),
    baseCounts: new Uint32Array(steps),
    size: new Float64Array(steps),
    chosen,
    stop: 'plateau',
    objective: 'true',
  };
}

describe('thinCurve', () => {
  it('keeps a short curve whole', () => {
    expect(thinCurve(curveOf(5, 2))).toEqual([0, 1, 2, 3, 4]);
  });

  it('keeps both ends and the chosen step of a long one', () => {
    const steps = thinCurve(curveOf(10_000, 7_777));
    expect(steps.length).toBeLessThan(410);
    expect(steps[0]).toBe(0);
    expect(steps.at(-1)).toBe(9_999);
    expect(steps).toContain(7_777);
    expect([...steps].sort((a, b) => a - b)).toEqual(steps);
  });
});
