import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binSamples } from './bins.ts';

/** Samples of one feature. */
function column(values: readonly number[], weights: readonly number[] = values.map(() => 1)) {
  const x = Float64Array.from(values.flatMap((value) => [1, value]));
  const rows = values.length;
  return { rows, width: 2, x, outputs: 1, y: new Float64Array(rows), weights: Float64Array.from(weights) };
}

describe('bins', () => {
  it('are one for each value where these are few, divided halfway', () => {
    const { edges, bins, all } = binSamples(column([3, 1, 1, 8, 3]));
    expect([...edges[0]]).toEqual([2, 5.5]);
    expect([...bins]).toEqual([1, 0, 0, 2, 1]);
    expect(all).toBe(3);
  });

  it('are 255 of about equal weight where values are many', () => {
    const { edges, bins } = binSamples(column(Array.from({ length: 2550 }, (_, i) => (i * 1013) % 2550)));
    expect(edges[0].length).toBe(254);
    const filled = new Uint32Array(255);
    for (const bin of bins) filled[bin]++;
    expect([Math.min(...filled), Math.max(...filled)]).toEqual([10, 10]);
  });

  it('leave their room to the others where one value is as heavy as many', () => {
    const values = Array.from({ length: 1000 }, (_, i) => i);
    const { edges, bins } = binSamples(
      column(
        values,
        values.map((i) => (i === 0 ? 1e6 : 1)),
      ),
    );
    expect(edges[0].length).toBe(254);
    expect(bins.filter((bin) => bin === 0).length).toBe(1);
    expect(Math.max(...bins)).toBe(254);
  });

  it('keep order and fall on the side of the edge that a tree goes by', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 600 }),
        (values) => {
          const { edges, bins } = binSamples(column(values));
          values.forEach((value, i) => {
            if (bins[i] > 0) expect(value).toBeGreaterThan(edges[0][bins[i] - 1]);
            if (bins[i] < edges[0].length) expect(value).toBeLessThanOrEqual(edges[0][bins[i]]);
          });
        },
      ),
      { numRuns: 50 },
    );
  });
});
