import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { thin } from './thinning.ts';

describe('thin', () => {
  it('leaves short lines as they are', () => {
    const line = [3, 1, 2].map((y, x) => ({ x, y }));
    expect(thin(line, 5, 'linear')).toEqual(line);
  });

  it('keeps ends and extremes, in order, and at most so many', () => {
    const heights = fc.array(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), {
      minLength: 1,
      maxLength: 400,
    });
    fc.assert(
      fc.property(
        heights,
        fc.integer({ min: 5, max: 60 }),
        fc.constantFrom('linear', 'log'),
        (ys, most, axis) => {
          const line = ys.map((y, k) => ({ x: k + 1, y }));
          const kept = thin(line, most, axis);
          expect(kept.length).toBeLessThanOrEqual(Math.max(most, 0));
          expect(kept[0]).toBe(line[0]);
          expect(kept.at(-1)).toBe(line.at(-1));
          const height = kept.map(({ y }) => y);
          expect(Math.min(...height)).toBe(Math.min(...ys));
          expect(Math.max(...height)).toBe(Math.max(...ys));
          for (let k = 1; k < kept.length; k++) expect(kept[k].x).toBeGreaterThan(kept[k - 1].x);
        },
      ),
    );
  });

  it('keeps single peaks of a long line, and gaps', () => {
    const line = Array.from({ length: 5000 }, (_, x) => ({ x, y: x === 1234 ? 9 : x === 3210 ? NaN : 0 }));
    const kept = thin(line, 100, 'linear');
    expect(kept.length).toBeLessThanOrEqual(100);
    expect(kept).toContain(line[1234]);
    expect(kept).toContain(line[3210]);
  });

  it('spends points evenly on the axis, whichever it is', () => {
    const line = Array.from({ length: 10_000 }, (_, k) => ({ x: k + 1, y: (k * 7919) % 1000 }));
    const upTo100 = (axis: 'linear' | 'log') => thin(line, 300, axis).filter(({ x }) => x <= 100).length;
    expect(upTo100('linear')).toBeLessThan(10);
    expect(upTo100('log')).toBeGreaterThan(60);
  });

  it('takes points at one place', () => {
    const line = [5, 1, 2, 8, 3, 4, 4].map((y) => ({ x: 2, y }));
    expect(thin(line, 5, 'log').map(({ y }) => y)).toEqual([5, 1, 8, 4]);
  });
});
