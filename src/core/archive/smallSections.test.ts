import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteWriter } from '../bits/bytes.ts';
import { splitRecords, splitTail } from '../random.ts';
import { codeOf } from '../testing/codeOf.ts';
import { decodeSplit, decodeTimes, encodeSplit, encodeTimes, type SplitRule } from './smallSections.ts';

const refused = (work: () => unknown): void =>
  expect(work).toThrow(expect.objectContaining({ code: 'ARCHIVE_CORRUPT' }));
const isRefused = async (work: Promise<unknown>): Promise<void> =>
  expect(await codeOf(work)).toBe('ARCHIVE_CORRUPT');

describe('the split section', () => {
  it('gives back its rule and the same records', async () => {
    const rules = fc.oneof(
      fc.record({
        kind: fc.constant('random' as const),
        seed: fc.integer({ min: 0, max: 0xffffffff }),
        testFraction: fc.double({ min: 0, max: 1, noNaN: true }),
      }),
      fc.record({ kind: fc.constant('tail' as const), testRows: fc.nat(60) }),
    );
    await fc.assert(
      fc.asyncProperty(rules, fc.integer({ min: 60, max: 200 }), async (rule: SplitRule, rows) => {
        const split =
          rule.kind === 'random'
            ? splitRecords(rows, rule.testFraction, rule.seed)
            : splitTail(rows, rule.testRows);
        expect(await decodeSplit(encodeSplit(rule, split), rows)).toEqual({ rule, split });
      }),
    );
  });

  it('by order has the last records as test records', () => {
    const { train, test } = splitTail(5, 2);
    expect([[...train], [...test]]).toEqual([
      [0, 1, 2],
      [3, 4],
    ]);
    expect(splitTail(3, 0).test.length).toBe(0);
    expect(splitTail(3, 3).train.length).toBe(0);
  });

  it('is refused with more test records than records, or a checksum of others', async () => {
    const tail = encodeSplit({ kind: 'tail', testRows: 4 }, splitTail(9, 4));
    await isRefused(decodeSplit(tail, 3));
    await isRefused(decodeSplit(tail, 8));
    await isRefused(decodeSplit(new ByteWriter().uint8(2).uint32(0xffffffff).uint32(0).finish(), 9));
    await isRefused(decodeSplit(new ByteWriter().uint8(3).uint32(1).uint32(0).finish(), 9));
    await isRefused(decodeSplit(Uint8Array.of(...tail, 0), 9));
  });
});

describe('the section of time patterns', () => {
  it('gives back the pattern of each column, and is left out when there is none', () => {
    const columns = [{}, { time: 'YYYY-MM-DD' }, {}, { time: 'hh:mm:ss.ff' }];
    const bytes = encodeTimes(columns)!;
    expect([...decodeTimes(bytes, [true, true, false, true])]).toEqual([
      [1, 'YYYY-MM-DD'],
      [3, 'hh:mm:ss.ff'],
    ]);
    expect(encodeTimes([{}, {}])).toBeNull();
  });

  it('is refused for a column that is text or not there, that comes twice, and for no pattern', () => {
    const section = (...entries: [number, string][]): Uint8Array => {
      const writer = new ByteWriter().varint(entries.length);
      for (const [index, pattern] of entries) writer.varint(index).string(pattern);
      return writer.finish();
    };
    const day = 'YYYY-MM-DD';
    expect(decodeTimes(section([0, day]), [true]).size).toBe(1);
    refused(() => decodeTimes(section([0, day]), [false]));
    refused(() => decodeTimes(section([1, day]), [true]));
    refused(() => decodeTimes(section([0, day], [0, day]), [true]));
    refused(() => decodeTimes(section([0, 'YYYY']), [true]));
    refused(() => decodeTimes(section([0, '']), [true]));
    refused(() => decodeTimes(new ByteWriter().varint(2 ** 40).finish(), [true]));
    refused(() => decodeTimes(Uint8Array.of(...section([0, day]), 0), [true]));
  });
});
