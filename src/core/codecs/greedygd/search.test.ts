import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bitPlanes } from '../../bits/bitPlanes.ts';
import { layOut } from '../../bits/lanes.ts';
import { SILENT_PULSE } from '../../pulse.ts';
import type { SearchedGroup } from '../baseDeviation/prefixes.ts';
import type { BasePlan } from '../codec.ts';
import { objectiveBits } from '../baseDeviation/objective.ts';
import { searchBase } from '../entrogede/search.ts';
import { searchGreedily } from './search.ts';

/** Records of several columns of up to 8 bits each. */
function groupOf(widths: readonly number[], records: readonly (readonly number[])[]): SearchedGroup {
  const layout = layOut(widths.map((width, column) => ({ column, width })));
  const codes = widths.flatMap((width, c) =>
    width === 0 ? [] : [Uint32Array.from(records, (row) => row[c])],
  );
  return { records: records.length, layout, planes: bitPlanes(layout, codes, records.length) };
}

const search = (group: SearchedGroup, tau = 64): Promise<BasePlan> =>
  searchGreedily(group, { objective: 'true', tau }, SILENT_PULSE);

/**
 * Eight records of two columns a (3 bits, positions 0 1 2) and b (2 bits, positions 3 4):
 *
 *     record   a    b
 *     0       000  00
 *     1       001  00
 *     2       000  01
 *     3       001  01
 *     4       110  10
 *     5       111  10
 *     6       110  11
 *     7       111  11
 *
 * Positions 0, 1 and 3 are equal throughout (0 for records 0–3, 1 for 4–7); 2 and 4 are noise; nothing is constant.
 *
 *     base         offered (n_b)     taken   n_b  l_b  l_d  id   true S = n_b·l_b + 8(id + l_d)
 *     {}                                      1    0    5    0    0 + 8·5        = 40
 *                  a: 0 (2)  b: 3 (2)   0     2    1    4    1    2 + 8(1 + 4)   = 42
 *                  a: 1 (2)  b: 3 (2)   1     2    2    3    1    4 + 8(1 + 3)   = 36
 *                  a: 2 (4)  b: 3 (2)   3     2    3    2    1    6 + 8(1 + 2)   = 30
 *                  a: 2 (4)  b: 4 (4)   2     4    4    1    2    16 + 8(2 + 1)  = 40
 *                            b: 4 (8)   4     8    5    0    3    40 + 8(3 + 0)  = 64
 *
 * Ties go to the first column. The smallest prefix has three bits.
 */
const EIGHT = [
  [0b000, 0b00],
  [0b001, 0b00],
  [0b000, 0b01],
  [0b001, 0b01],
  [0b110, 0b10],
  [0b111, 0b10],
  [0b110, 0b11],
  [0b111, 0b11],
];

describe('the base search of GreedyGD', () => {
  it('goes through the steps as worked out by hand', async () => {
    const { trace, inBase } = await search(groupOf([3, 2], EIGHT));
    expect([...trace.added]).toEqual([0, 1, 3, 2, 4]);
    expect([...trace.baseCounts]).toEqual([1, 2, 2, 2, 4, 8]);
    expect([...trace.size]).toEqual([40, 42, 36, 30, 40, 64]);
    expect(trace).toMatchObject({ chosen: 3, stop: 'all-distinct' });
    expect([...inBase]).toEqual([1, 1, 0, 1, 0]);
  });

  it('takes a column from its most significant bit down, where EntroGeDe goes by entropy', async () => {
    // One column: its top bit is noise, its low bits almost constant; GreedyGD cannot pass the top bit over.
    const rows = [0b100, 0b000, 0b100, 0b000, 0b100, 0b000, 0b101, 0b000].map((code) => [code]);
    const group = groupOf([3], rows);
    const greedy = await search(group);
    expect([...greedy.trace.added]).toEqual([0, 2]);
    const byEntropy = await searchBase(group, { objective: 'true', tau: 64 }, SILENT_PULSE);
    expect([...byEntropy.trace.added]).toEqual([2, 0]);
  });

  it('stops τ steps after the last gain', async () => {
    const { trace } = await search(groupOf([3, 2], EIGHT), 1);
    expect(trace).toMatchObject({ chosen: 0, stop: 'plateau' });
    expect([...trace.added]).toEqual([0]);
  });

  it('leaves at every step the smallest archive that any column offers', async () => {
    const records = fc.array(fc.tuple(fc.nat(15), fc.nat(3), fc.nat(31)), { minLength: 1, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(records, async (rows) => {
        const widths = [4, 2, 5];
        const group = groupOf(widths, rows);
        const { trace } = await search(group, 1000);
        const bit = (row: readonly number[], position: number): string => {
          const starts = [0, 4, 6];
          const column = position < 4 ? 0 : position < 6 ? 1 : 2;
          return String((row[column] >> (starts[column] + widths[column] - 1 - position)) & 1);
        };
        const all = Array.from({ length: 11 }, (_, position) => position);
        const distinct = (base: readonly number[]): number =>
          new Set(rows.map((row) => base.map((position) => bit(row, position)).join(''))).size;
        const constant = all.filter((position) => distinct([position]) === 1);
        const base = [...constant];
        for (const [k, taken] of trace.added.entries()) {
          const offers = [all.slice(0, 4), all.slice(4, 6), all.slice(6)].flatMap((positions) => {
            const next = positions.find((position) => !base.includes(position));
            return next === undefined ? [] : [next];
          });
          const counts = offers.map((offer) => distinct([...base, offer]));
          expect(taken).toBe(offers[counts.indexOf(Math.min(...counts))]);
          base.push(taken);
          const baseCount = distinct(base);
          expect(trace.baseCounts[k + 1]).toBe(baseCount);
          const terms = {
            ...{ records: rows.length, recordBits: 11, constantBits: constant.length },
            ...{ baseBits: base.length, baseCount },
          };
          expect(trace.size[k + 1]).toBe(objectiveBits(terms, 'true'));
        }
        expect(trace.chosen).toBe(trace.size.indexOf(Math.min(...trace.size)));
      }),
      { numRuns: 200 },
    );
  });
});
