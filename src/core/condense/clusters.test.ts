import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bitPlanes } from '../bits/bitPlanes.ts';
import { layOut } from '../bits/lanes.ts';
import { ClusterSteps, clusterCounts, clusterRecords, condense } from './clusters.ts';

const WIDTH = 6;
const cases = fc
  .record({
    codes: fc.array(fc.nat(2 ** WIDTH - 1), { minLength: 1, maxLength: 80 }),
    order: fc.shuffledSubarray([0, 1, 2, 3, 4, 5]),
    beta: fc.nat(8),
  })
  .map((one) => ({
    ...one,
    order: Uint32Array.from(one.order),
    planes: bitPlanes(layOut([{ column: 0, width: WIDTH }]), [Uint32Array.from(one.codes)], one.codes.length),
  }));

describe('clusters', () => {
  it('are the groups of records that agree on the analytics bits', async () => {
    await fc.assert(
      fc.asyncProperty(cases, async ({ codes, order, beta, planes }) => {
        const key = (code: number): string =>
          [...order.slice(0, beta)].map((position) => (code >>> (WIDTH - 1 - position)) & 1).join('');
        const known = new Map<string, number>();
        for (const code of codes) if (!known.has(key(code))) known.set(key(code), known.size);
        const { ids, count } = clusterRecords(planes, order, beta);
        expect([...ids]).toEqual(codes.map((code) => known.get(key(code))));
        expect(count).toBe(known.size);
        const counts = await clusterCounts(planes, order);
        expect(counts.length).toBe(order.length + 1);
        expect(counts[Math.min(beta, order.length)]).toBe(count);
      }),
    );
  });

  it('is one of all records without analytics bits, and none without records', () => {
    const layout = layOut([{ column: 0, width: 1 }]);
    expect(clusterRecords(bitPlanes(layout, [Uint32Array.of(0, 1, 0)], 3), Uint32Array.of(0), 0)).toEqual({
      ids: Int32Array.of(0, 0, 0),
      count: 1,
    });
    expect(clusterRecords(bitPlanes(layout, [new Uint32Array(0)], 0), Uint32Array.of(0), 1).count).toBe(0);
  });
});

describe('clusters for one β after another', () => {
  it('are those that each β has by itself, in whatever order they are asked for', () => {
    const width = 30;
    const wide = fc.record({
      codes: fc.array(fc.nat(2 ** width - 1), { minLength: 1, maxLength: 60 }),
      classes: fc.boolean(),
      betas: fc.array(fc.nat(width + 3), { minLength: 1, maxLength: 12 }),
    });
    fc.assert(
      fc.property(wide, ({ codes, classes, betas }) => {
        const planes = bitPlanes(layOut([{ column: 0, width }]), [Uint32Array.from(codes)], codes.length);
        const order = Uint32Array.from({ length: width }, (_, k) => (k * 7) % width);
        const two = codes.length < 2 ? 1 : 2;
        const first = classes ? { ids: Int32Array.from(codes, (_, i) => i % two), count: two } : null;
        const steps = new ClusterSteps(planes, order, first);
        for (const beta of betas) expect(steps.at(beta)).toEqual(clusterRecords(planes, order, beta, first));
      }),
    );
  });
});

describe('condensed samples', () => {
  it('are the means of their members, weighted by their number', () => {
    const x = Float64Array.of(1, 2, 1, 4, 1, 9, 1, -6);
    const samples = condense(
      { ids: Int32Array.of(0, 1, 0, 1), count: 2 },
      { width: 2, outputs: 1, x, y: Float64Array.of(10, 20, 30, 60) },
    );
    expect(samples).toEqual({
      rows: 2,
      width: 2,
      // Records 0 and 2: (2 + 9) / 2; records 1 and 3: (4 − 6) / 2.
      x: Float64Array.of(1, 5.5, 1, -1),
      outputs: 1,
      y: Float64Array.of(20, 40),
      weights: Float64Array.of(2, 2),
    });
  });

  it('carry the sums of all records: Σw = n, Σw·x and Σw·y as before', () => {
    fc.assert(
      fc.property(
        cases,
        fc.array(fc.integer({ min: -999, max: 999 }), { minLength: 240, maxLength: 240 }),
        ({ planes, order, beta, codes }, numbers) => {
          const n = codes.length;
          const x = Float64Array.from(numbers.slice(0, 2 * n));
          const y = Float64Array.from(
            numbers
              .slice(2 * n, 3 * n)
              .concat(new Array<number>(3 * n).fill(0))
              .slice(0, n),
          );
          const clusters = clusterRecords(planes, order, beta);
          const samples = condense(clusters, { width: 2, outputs: 1, x, y });
          expect(samples.rows).toBe(clusters.count);
          const total = (values: Float64Array, stride: number, at: number): number =>
            samples.weights.reduce((sum, w, i) => sum + w * values[i * stride + at], 0);
          const plain = (values: Float64Array, stride: number, at: number): number => {
            let sum = 0;
            for (let i = at; i < values.length; i += stride) sum += values[i];
            return sum;
          };
          expect(samples.weights.reduce((sum, w) => sum + w, 0)).toBe(n);
          expect(total(samples.y, 1, 0)).toBeCloseTo(plain(y, 1, 0), 6);
          for (const at of [0, 1]) expect(total(samples.x, 2, at)).toBeCloseTo(plain(x, 2, at), 6);
        },
      ),
    );
  });
});
