import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LabError } from '../../errors.ts';
import { listSplit } from '../split.ts';
import { decodeImageIndex, encodeImageIndex, encodeLabels } from './index.ts';

const code = (work: () => unknown): string => {
  try {
    work();
    return 'taken';
  } catch (thrown) {
    return LabError.from(thrown).code;
  }
};

describe('the image index', () => {
  const cases = fc
    .record({
      classes: fc.oneof(fc.integer({ min: 1, max: 20 }), fc.constantFrom(100, 1000, 4096)),
      records: fc.integer({ min: 1, max: 80 }),
      seed: fc.nat(),
      tail: fc.boolean(),
      isGiven: fc.boolean(),
    })
    .map(({ classes, records, seed, tail, isGiven }) => ({
      classes,
      isGiven,
      labels: Uint16Array.from({ length: records }, (_, i) => ((seed % 65_537) * (i + 7) * 31) % classes),
      isTest: Uint8Array.from({ length: records }, (_, i) =>
        tail ? Number(i >= (seed % records) + 1) : Number((i * seed) % 3 === 1),
      ),
    }));

  it('gives back labels and split', () => {
    fc.assert(
      fc.property(cases, ({ classes, isGiven, labels, isTest }) => {
        const split = listSplit(isTest);
        const bytes = encodeImageIndex(split, isGiven, labels, classes);
        const rest = encodeLabels(labels, split.test, classes);
        expect(decodeImageIndex(bytes, rest, labels.length, classes)).toEqual({ isGiven, labels, isTest });
      }),
      { numRuns: 300 },
    );
  });

  it('takes little more than the labels have to', () => {
    const labels = Uint16Array.from({ length: 9000 }, (_, i) => i % 10);
    const list = Uint32Array.from(labels, (_, i) => i);
    expect(encodeLabels(labels, list, 10)).toHaveLength((9000 / 9) * (30 / 8));
    expect(encodeLabels(new Uint16Array(9000), list, 1)).toHaveLength(0);
    expect(encodeLabels(new Uint16Array(9000), list, 2)).toHaveLength(1125);
  });

  it('refuses what it cannot be, before anything is allocated', () => {
    const split = { train: Uint32Array.of(0, 1, 2), test: Uint32Array.of(3) };
    const labels = Uint16Array.of(0, 1, 2, 0);
    const bytes = encodeImageIndex(split, true, labels, 3);
    const rest = encodeLabels(labels, split.test, 3);
    const refused = (index: Uint8Array, tail = rest, records = 4): void =>
      expect(code(() => decodeImageIndex(index, tail, records, 3))).toBe('ARCHIVE_CORRUPT');
    for (let at = 0; at < bytes.length; at++) refused(bytes.subarray(0, at));
    refused(Uint8Array.of(...bytes, 0));
    refused(Uint8Array.of(2, ...bytes.subarray(1)));
    refused(Uint8Array.of(bytes[0], 2, ...bytes.subarray(2)));
    refused(Uint8Array.of(bytes[0], 0, 5, ...bytes.subarray(3)));
    // A number that no seventeen labels make.
    refused(Uint8Array.of(...bytes.subarray(0, 3), 255, 255, 255, 7));
    refused(bytes, Uint8Array.of(255, 255, 255, 7));
    refused(bytes, Uint8Array.of(255, 255));
    refused(bytes, new Uint8Array(0));
    for (const records of [1000, 2 ** 30]) refused(bytes, rest, records);
  });
});
