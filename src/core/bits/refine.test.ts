import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bitPlanes } from './bitPlanes.ts';
import { layOut } from './lanes.ts';
import { Refiner } from './refine.ts';

describe('Refiner', () => {
  it('counts distinct patterns as a Map of them does, numbered by first record', () => {
    const cases = fc.record({
      codes: fc.array(fc.integer({ min: 0, max: 1023 }), { minLength: 1, maxLength: 100 }),
      order: fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]),
    });
    fc.assert(
      fc.property(cases, ({ codes, order }) => {
        const records = codes.length;
        const planes = bitPlanes(layOut([{ column: 0, width: 10 }]), [Uint32Array.from(codes)], records);
        const refiner = new Refiner(planes);
        let ids = new Int32Array(records);
        let count = 1;
        const patterns = codes.map(() => '');
        for (const position of order) {
          codes.forEach((code, i) => (patterns[i] += (code >>> (9 - position)) & 1));
          const known = new Map<string, number>();
          const expected = patterns.map((pattern) => {
            if (!known.has(pattern)) known.set(pattern, known.size);
            return known.get(pattern);
          });
          const out = new Int32Array(records);
          const apart = refiner.refine(ids, count, position, out);
          // In place it gives the same.
          expect(refiner.refine(ids, count, position, ids)).toBe(apart);
          expect([...ids]).toEqual([...out]);
          count = apart;
          ids = out;
          expect(count).toBe(known.size);
          expect([...ids]).toEqual(expected);
        }
      }),
    );
  });

  it('has room when every record is a group of its own', () => {
    const codes = Uint32Array.from({ length: 64 }, (_, i) => i);
    const planes = bitPlanes(layOut([{ column: 0, width: 6 }]), [codes], 64);
    const refiner = new Refiner(planes);
    const ids = new Int32Array(64);
    let count = 1;
    for (let position = 0; position < 6; position++) count = refiner.refine(ids, count, position, ids);
    expect(count).toBe(64);
    expect(refiner.refine(ids, count, 0, ids)).toBe(64);
  });
});
