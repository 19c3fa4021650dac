import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { axisFor } from './scale.ts';

describe('axisFor', () => {
  it('puts round ticks on a linear axis', () => {
    expect(axisFor([0.97, 1.12], 'linear')).toEqual({
      domain: [0.95, 1.15],
      ticks: [0.95, 1, 1.05, 1.1, 1.15],
    });
    expect(axisFor([0, 10_000], 'linear').ticks).toEqual([0, 2000, 4000, 6000, 8000, 10_000]);
  });

  it('puts powers of ten on a logarithmic axis, and round steps within a decade', () => {
    expect(axisFor([1, 16_512], 'log')).toEqual({ domain: [1, 20_000], ticks: [1, 10, 100, 1000, 10_000] });
    expect(axisFor([0.98, 180], 'log')).toEqual({ domain: [0.5, 200], ticks: [1, 10, 100] });
    expect(axisFor([0.33, 5.6], 'log').ticks).toEqual([0.2, 0.5, 1, 2, 5, 10]);
    expect(axisFor([40, 90], 'log').ticks.every((tick) => tick >= 40 && tick <= 100)).toBe(true);
  });

  it('takes values that differ by no more than rounding', () => {
    for (const kind of ['linear', 'log'] as const) {
      const { domain, ticks } = axisFor([1e9, 1e9 + 1e-6], kind);
      expect(domain[0]).toBeLessThanOrEqual(1e9);
      expect(domain[1]).toBeGreaterThanOrEqual(1e9 + 1e-6);
      expect(ticks.length).toBeLessThan(12);
    }
  });

  it('takes one value, none, and values that do not fit', () => {
    expect(axisFor([5], 'linear').ticks).toContain(5);
    expect(axisFor([], 'linear').domain).toEqual([0, 1]);
    expect(axisFor([0, -1, NaN], 'log').domain).toEqual([1, 10]);
  });

  it('always covers its values with ascending ticks inside the domain', () => {
    const values = fc.array(fc.double({ min: 1e-6, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(values, fc.constantFrom('linear', 'log'), (numbers, kind) => {
        const { domain, ticks } = axisFor(numbers, kind);
        const slack = 1e-9 * Math.max(...numbers);
        expect(domain[0]).toBeLessThanOrEqual(Math.min(...numbers) + slack);
        expect(domain[1]).toBeGreaterThanOrEqual(Math.max(...numbers) - slack);
        expect(ticks.length).toBeGreaterThan(0);
        expect(ticks.length).toBeLessThanOrEqual(12);
        for (let k = 1; k < ticks.length; k++) expect(ticks[k]).toBeGreaterThan(ticks[k - 1]);
      }),
    );
  });
});
