import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LabError } from '../errors.ts';
import { listSplit, recordsByClass, splitImages } from './split.ts';

const setOf = (labels: readonly number[], classes: number, givenTest: Uint32Array | null = null) => ({
  records: labels.length,
  labels: Uint16Array.from(labels),
  classNames: Array.from({ length: classes }, (_, c) => String(c)),
  givenTest,
});

describe('splitImages', () => {
  it('draws the same share of every class, and leaves each a training picture', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 20, maxLength: 200 }),
        fc.integer({ min: 0, max: 1e6 }),
        fc.double({ min: 0.1, max: 0.9, noNaN: true }),
        (labels, seed, testFraction) => {
          const { train, test } = splitImages(setOf(labels, 5), { split: seed, testFraction });
          expect([...train, ...test].sort((a, b) => a - b)).toEqual(labels.map((_, i) => i));
          for (const list of [train, test]) expect([...list]).toEqual([...list].sort((a, b) => a - b));
          for (let label = 0; label < 5; label++) {
            const count = labels.filter((one) => one === label).length;
            const own = test.filter((record) => labels[record] === label).length;
            expect(own).toBe(Math.max(0, Math.min(Math.round(count * testFraction), count - 1)));
          }
        },
      ),
    );
  });

  it('is the same for the same seed, and another for another', () => {
    const set = setOf(
      Array.from({ length: 100 }, (_, i) => i % 3),
      3,
    );
    const of = (split: number) => splitImages(set, { split, testFraction: 0.2 });
    expect(of(1)).toEqual(of(1));
    expect(of(1)).not.toEqual(of(2));
    // Pinned: it is what archives of the same settings have to agree on.
    expect([...of(1).test]).toEqual([
      0, 2, 3, 6, 7, 10, 17, 20, 29, 34, 35, 49, 52, 54, 55, 56, 66, 70, 81, 87, 89,
    ]);
  });

  it('takes the split that the dataset brings', () => {
    const set = setOf([0, 1, 0, 1], 2, Uint32Array.of(1, 2));
    expect(splitImages(set, { split: 1, testFraction: 0.2 })).toEqual({
      train: Uint32Array.of(0, 3),
      test: Uint32Array.of(1, 2),
    });
  });

  it('refuses a set without training or test pictures', () => {
    const code = (set: ReturnType<typeof setOf>): string => {
      try {
        splitImages(set, { split: 1, testFraction: 0.2 });
        return 'taken';
      } catch (thrown) {
        return LabError.from(thrown).code;
      }
    };
    expect(code(setOf([0, 1], 2))).toBe('IMAGES_TOO_FEW');
    expect(code(setOf([0, 1], 2, Uint32Array.of(0, 1)))).toBe('IMAGES_TOO_FEW');
    expect(code(setOf([0, 1], 2, new Uint32Array(0)))).toBe('IMAGES_TOO_FEW');
    expect(code(setOf([0, 1], 2, Uint32Array.of(0)))).toBe('taken');
  });
});

describe('lists', () => {
  it('are made from flags, and by class', () => {
    expect(listSplit(Uint8Array.of(1, 0, 0, 1))).toEqual({
      train: Uint32Array.of(1, 2),
      test: Uint32Array.of(0, 3),
    });
    const { starts, order } = recordsByClass(Uint16Array.of(2, 0, 2, 0), 4, 4);
    expect([...starts]).toEqual([0, 2, 2, 4, 4]);
    expect([...order]).toEqual([1, 3, 0, 2]);
  });
});
