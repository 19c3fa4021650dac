import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ImageSet } from '../../core/images/imageSet.ts';
import { firstOfEveryClass, quotas, trainingSet } from './subset.ts';

const total = (counts: Uint32Array): number => counts.reduce((sum, count) => sum + count, 0);

it('takes as many as it may, no more than there are, and in shares as in the set', () => {
  const counted = fc.array(fc.nat(500), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(counted, fc.integer({ min: 1, max: 3_000 }), (list, limit) => {
      const counts = Uint32Array.from(list);
      const taken = quotas(counts, limit);
      expect(total(taken)).toBe(Math.min(limit, total(counts)));
      const present = list.filter((count) => count > 0).length;
      taken.forEach((count, k) => {
        expect(count).toBeLessThanOrEqual(counts[k]);
        if (counts[k] > 0 && present <= limit) expect(count).toBeGreaterThan(0);
        if (total(counts) > limit)
          expect(Math.abs(count - (counts[k] * limit) / total(counts))).toBeLessThanOrEqual(1 + present / 2);
      });
    }),
  );
});

const set: ImageSet = {
  shape: { width: 2, height: 1, channels: 1 },
  records: 8,
  pixels: Uint8Array.from({ length: 16 }, (_, k) => k),
  labels: Uint16Array.from([2, 0, 2, 2, 0, 2, 1, 2]),
  classNames: ['a', 'b', 'c'],
  givenTest: Uint32Array.of(6),
};

it('takes the first of every class', () => {
  const train = Uint32Array.of(0, 1, 2, 3, 4, 5, 7);
  expect([...firstOfEveryClass(set, train, 4)]).toEqual([0, 1, 2, 3]);
  expect([...firstOfEveryClass(set, train, 99)]).toEqual([...train]);
});

it('makes a set of them whose classes are those that are left', () => {
  const part = trainingSet(set, Uint32Array.of(1, 3, 5));
  expect(part).toMatchObject({ records: 3, classNames: ['a', 'c'] });
  expect([...part.labels]).toEqual([0, 1, 1]);
  expect([...part.pixels]).toEqual([2, 3, 6, 7, 10, 11]);
  expect(part.givenTest).toHaveLength(0);
});
