import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyticsOrder } from '../condense/order.ts';
import { createGenerator } from '../random.ts';
import { condenseClass } from './condense.ts';

/** The same from the definition: the order of tables, clusters by their bits as text, means by summing. */
function bruteForce(pixels: Uint8Array, bytes: number, records: number, beta: number) {
  const bit = (i: number, cell: number): number =>
    (pixels[i * bytes + Math.floor(cell / 8)] >> (7 - (cell % 8))) & 1;
  const ones = Array.from({ length: bytes * 8 }, (_, cell) =>
    Array.from({ length: records }, (_, i) => bit(i, cell)).reduce((sum, one) => sum + one, 0),
  );
  const rows = Array.from({ length: bytes }, (_, column) => ({ column, start: column * 8, bits: 8 }));
  const order = [...analyticsOrder(rows, ones, records, 'layered', beta, 0)];
  const clusters = new Map<string, number[]>();
  for (let i = 0; i < records; i++) {
    const key = order.slice(0, beta).map((cell) => bit(i, cell)).join(''); // prettier-ignore
    clusters.set(key, [...(clusters.get(key) ?? []), i]);
  }
  const groups = [...clusters.values()];
  return {
    count: groups.length,
    weights: groups.map((members) => members.length),
    means: groups.flatMap((members) =>
      Array.from({ length: bytes }, (_, k) =>
        Math.round(members.reduce((sum, i) => sum + pixels[i * bytes + k], 0) / members.length),
      ),
    ),
    maxBeta: order.length,
  };
}

describe('condensed pictures', () => {
  it('are the means of the clusters on the first analytics bits', () => {
    const cases = fc
      .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 70 }))
      .chain(([bytes, records]) =>
        fc.record({
          bytes: fc.constant(bytes),
          records: fc.constant(records),
          // Few levels, so that some bits are constant and some clusters have several members.
          pixels: fc
            .array(fc.constantFrom(0, 1, 40, 128, 200, 255), {
              minLength: bytes * records,
              maxLength: bytes * records,
            })
            .map((levels) => Uint8Array.from(levels)),
          beta: fc.nat(12),
        }),
      );
    fc.assert(
      fc.property(cases, ({ pixels, bytes, records, beta }) => {
        const { count, means, weights, maxBeta } = condenseClass(pixels, bytes, records, beta);
        const expected = bruteForce(pixels, bytes, records, beta);
        expect({ count, means: [...means], weights: [...weights], maxBeta }).toEqual(expected);
      }),
    );
  });

  it('counts ones over more pictures than a byte can count', () => {
    const generator = createGenerator(1);
    const records = 1100;
    const pixels = Uint8Array.from({ length: 2 * records }, () => generator.next() & 255);
    const { count, weights, means } = condenseClass(pixels, 2, records, 6);
    const expected = bruteForce(pixels, 2, records, 6);
    expect({ count, weights: [...weights], means: [...means] }).toEqual({
      count: expected.count,
      weights: expected.weights,
      means: expected.means,
    });
  });

  it('are the mean of all without analytics bits, every picture with all of them, and none of none', () => {
    const pixels = Uint8Array.of(0, 10, 4, 11);
    expect(condenseClass(pixels, 2, 2, 0)).toEqual({
      count: 1,
      means: Uint8Array.of(2, 11),
      weights: Uint32Array.of(2),
      maxBeta: 2,
    });
    expect([...condenseClass(pixels, 2, 2, 99).weights]).toEqual([1, 1]);
    expect(condenseClass(new Uint8Array(0), 2, 0, 5)).toEqual({
      count: 0,
      means: new Uint8Array(0),
      weights: new Uint32Array(0),
      maxBeta: 0,
    });
  });
});
