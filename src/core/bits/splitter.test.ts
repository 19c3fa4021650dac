import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bitPlanes, countOnes } from './bitPlanes.ts';
import { layOut } from './lanes.ts';
import { Refiner } from './refine.ts';
import { Splitter } from './splitter.ts';

describe('Splitter', () => {
  it('counts as Refiner does, bit after bit, and numbers groups by their first records', () => {
    const cases = fc.record({
      codes: fc.array(
        fc.oneof(fc.integer({ min: 0, max: 1023 }), fc.constantFrom(0, 1, 512, 1023), fc.constant(0)),
        { minLength: 1, maxLength: 150 },
      ),
      order: fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]),
    });
    fc.assert(
      fc.property(cases, ({ codes, order }) => {
        const records = codes.length;
        const planes = bitPlanes(layOut([{ column: 0, width: 10 }]), [Uint16Array.from(codes)], records);
        const refiner = new Refiner(planes);
        const splitter = new Splitter(planes, countOnes(planes));
        const ids = new Int32Array(records);
        let count = 1;
        for (const position of order) {
          count = refiner.refine(ids, count, position, ids);
          const before = splitter.count;
          expect(splitter.wouldCount(position)).toBe(count);
          expect(splitter.count).toBe(before);
          expect(splitter.split(position)).toBe(count);
          expect(splitter.count).toBe(count);
        }
        const first = splitter.renumber();
        expect([...splitter.ids]).toEqual([...ids]);
        expect([...first]).toEqual(Array.from({ length: count }, (_, id) => ids.indexOf(id)));
      }),
      { numRuns: 300 },
    );
  });

  it('has room when every record is a group of its own, and for no record at all', () => {
    const codes = Uint8Array.from({ length: 64 }, (_, i) => i);
    const planes = bitPlanes(layOut([{ column: 0, width: 6 }]), [codes], 64);
    const splitter = new Splitter(planes, countOnes(planes));
    for (let position = 0; position < 6; position++) splitter.split(position);
    expect(splitter.count).toBe(64);
    expect(splitter.split(0)).toBe(64);
    const none = bitPlanes(layOut([{ column: 0, width: 6 }]), [new Uint8Array(0)], 0);
    const empty = new Splitter(none, countOnes(none));
    expect(empty.split(3)).toBe(0);
    expect(empty.renumber()).toHaveLength(0);
  });
});
