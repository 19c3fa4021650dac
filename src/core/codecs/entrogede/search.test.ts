import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bitPlanes } from '../../bits/bitPlanes.ts';
import { layOut } from '../../bits/lanes.ts';
import { LabError } from '../../errors.ts';
import { SILENT_PULSE } from '../../pulse.ts';
import type { SearchedGroup } from '../baseDeviation/prefixes.ts';
import type { BasePlan } from '../codec.ts';
import { equation1Bits, objectiveBits } from '../baseDeviation/objective.ts';
import { searchBase } from './search.ts';

/** Records of up to 32 bits given as numbers, one column. */
function groupOf(width: number, records: readonly number[]): SearchedGroup {
  const layout = layOut([{ column: 0, width }]);
  const codes = width === 0 ? [] : [Uint32Array.from(records)];
  return { records: records.length, layout, planes: bitPlanes(layout, codes, records.length) };
}

const search = (
  group: SearchedGroup,
  objective: 'true' | 'equation1' = 'true',
  tau = 64,
): Promise<BasePlan> => searchBase(group, { objective, tau }, SILENT_PULSE);

/**
 * Eight records of four bits:
 *
 *     position   0 1 2 3
 *     record 0   1 0 0 0
 *            1   1 0 0 1
 *            2   1 0 0 0
 *            3   1 0 0 1
 *            4   1 0 0 0
 *            5   1 0 1 1
 *            6   1 0 1 0
 *            7   1 1 0 1
 *     ones       8 1 2 4
 *
 * Position 0 is constant (v = 1). By ascending entropy come 1 (one 1), 2 (two), 3 (four).
 *
 *     base bits     n_b  l_b  l_d   id   true S = n_b(l_b − v) + 8(id + l_d)   Eq. 1: n_b·l_b + 8(id + l_d)
 *     {0}            1    1    3    0    0 + 8·3           = 24                 1 + 24           = 25
 *     {0,1}          2    2    2    1    2·1 + 8(1 + 2)    = 26                 4 + 24           = 28
 *     {0,1,2}        3    3    1    2    3·2 + 8(2 + 1)    = 30                 9 + 24           = 33
 *     {0,1,2,3}      5    4    0    3    5·3 + 8(3 + 0)    = 39                 20 + 24          = 44
 *
 * (three bases 00, 10, 01 of positions 1 and 2; with position 3 the records are 000, 001, 011, 010 and 101).
 */
const EIGHT = [0b1000, 0b1001, 0b1000, 0b1001, 0b1000, 0b1011, 0b1010, 0b1101];

/**
 * Four bits in which the base pays: positions 0–2 are all 0 or all 1 together, position 3 is noise.
 *
 *     0000 0001 0000 0001 1110 1111 1110 1111 0000 0001 → ones: 4 4 4 5 of 10, nothing constant
 *
 *     {}          n_b 1: S = 0 + 10(0 + 4)   = 40      Eq. 1: 40
 *     {0}         n_b 2: S = 2·1 + 10(1 + 3) = 42      42
 *     {0,1}       n_b 2: S = 2·2 + 10(1 + 2) = 34      34
 *     {0,1,2}     n_b 2: S = 2·3 + 10(1 + 1) = 26      26
 *     {0,1,2,3}   n_b 4: S = 4·4 + 10(2 + 0) = 36      36
 */
const TEN = [0, 1, 0, 1, 14, 15, 14, 15, 0, 1];

describe('the base search', () => {
  it('goes through the steps of Algorithm 1 as worked out by hand, true size', async () => {
    const { trace, inBase } = await search(groupOf(4, EIGHT));
    expect([...trace.size]).toEqual([24, 26, 30, 39]);
    expect([...trace.baseBits]).toEqual([1, 2, 3, 4]);
    expect([...trace.baseCounts]).toEqual([1, 2, 3, 5]);
    expect(trace).toMatchObject({ chosen: 0, stop: 'exhausted' });
    expect([...inBase]).toEqual([1, 0, 0, 0]);
  });

  it('goes through the steps of Algorithm 1 as worked out by hand, Equation 1', async () => {
    const { trace } = await search(groupOf(4, EIGHT), 'equation1');
    expect([...trace.size]).toEqual([25, 28, 33, 44]);
    expect(trace.chosen).toBe(0);
  });

  it('passes over a step that is no gain when a later one pays', async () => {
    for (const objective of ['true', 'equation1'] as const) {
      const { trace, inBase } = await search(groupOf(4, TEN), objective);
      expect([...trace.size]).toEqual([40, 42, 34, 26, 36]);
      expect([...trace.baseCounts]).toEqual([1, 2, 2, 2, 4]);
      expect(trace.chosen).toBe(3);
      expect([...inBase]).toEqual([1, 1, 1, 0]);
    }
  });

  it('stops after τ steps without improvement, counted from the best prefix', async () => {
    const impatient = await search(groupOf(4, TEN), 'true', 1);
    expect(impatient.trace).toMatchObject({ chosen: 0, stop: 'plateau' });
    expect([...impatient.trace.size]).toEqual([40, 42]);
    const patient = await search(groupOf(4, TEN), 'true', 2);
    expect(patient.trace).toMatchObject({ chosen: 3, stop: 'exhausted' });
    const two = await search(groupOf(4, EIGHT), 'true', 2);
    expect([...two.trace.size]).toEqual([24, 26, 30]);
    expect(two.trace.stop).toBe('plateau');
  });

  it('stops when every record has a base of its own', async () => {
    // Positions 0 and 1 (two ones of four each) tell all four apart; position 2 is not looked at.
    const { trace } = await search(groupOf(3, [0b000, 0b011, 0b101, 0b110]));
    expect([...trace.baseCounts]).toEqual([1, 2, 4]);
    expect(trace.stop).toBe('all-distinct');
  });

  it('keeps the shorter of two prefixes of equal size', async () => {
    // Two records, bits 0 and 1 equal: {} 0 + 2·2 = 4; {0}: 2·1 + 2(1 + 1) = 6. Four records make it a draw:
    // {}: 4·1 = 4; {0}: 2·1 + 4(1 + 0) = 6. With bits 0–2 alike in n records: {}: 3n; {0}: 2 + n(1 + 2) = 3n + 2;
    // {0,1}: 4 + n(1 + 1) = 2n + 4, a draw with {} at n = 4; {0,1,2}: 6 + n = 10.
    const { trace } = await search(groupOf(3, [0, 7, 0, 7]), 'true', 2);
    expect([...trace.size]).toEqual([12, 14, 12]);
    expect(trace.chosen).toBe(0);
    const patient = await search(groupOf(3, [0, 7, 0, 7]), 'true', 3);
    expect([...patient.trace.size]).toEqual([12, 14, 12, 10]);
    expect(patient.trace.chosen).toBe(3);
  });

  it('takes the constant bits of an all-constant table, and of one record', async () => {
    for (const records of [[5, 5, 5], [5]]) {
      const { trace, inBase } = await search(groupOf(3, records));
      expect([...inBase]).toEqual([1, 1, 1]);
      expect(trace).toMatchObject({ chosen: 0, stop: 'exhausted' });
      expect([...trace.size]).toEqual([0]);
      expect([...(await search(groupOf(3, records), 'equation1')).trace.size]).toEqual([3]);
    }
  });

  it('finds nothing to do for records of no bits', async () => {
    const { trace, inBase } = await search(groupOf(0, [0, 0]));
    expect(inBase.length).toBe(0);
    expect([...trace.size]).toEqual([0]);
  });

  it('chooses the first minimum of its trace, which is what the definitions give', async () => {
    const cases = fc.record({
      width: fc.integer({ min: 1, max: 12 }),
      raw: fc.array(fc.nat(), { minLength: 1, maxLength: 60 }),
      objective: fc.constantFrom('true' as const, 'equation1' as const),
      tau: fc.integer({ min: 1, max: 14 }),
    });
    await fc.assert(
      fc.asyncProperty(cases, async ({ width, raw, objective, tau }) => {
        const records = raw.map((code) => code % 2 ** width);
        const n = records.length;
        const { trace, inBase } = await search(groupOf(width, records), objective, tau);
        const bit = (code: number, position: number): number => (code >>> (width - 1 - position)) & 1;
        const weight = Array.from({ length: width }, (_, position) => {
          const ones = records.filter((code) => bit(code, position)).length;
          return Math.min(ones, n - ones);
        });
        const constant = weight.filter((one) => one === 0).length;
        const order = weight.map((_, position) => position).sort((a, b) => weight[a] - weight[b] || a - b);
        trace.size.forEach((size, added) => {
          const base = order.slice(0, constant + added);
          const distinct = new Set(
            records.map((code) => base.map((position) => bit(code, position)).join('')),
          );
          expect(trace.baseCounts[added]).toBe(distinct.size);
          expect(trace.baseBits[added]).toBe(base.length);
          const tableBits = objective === 'true' ? base.length - constant : base.length;
          const idBits = Math.ceil(Math.log2(distinct.size));
          expect(size).toBe(distinct.size * tableBits + n * (idBits + width - base.length));
        });
        expect(trace.chosen).toBe(trace.size.indexOf(Math.min(...trace.size)));
        const chosen = new Set(order.slice(0, constant + trace.chosen));
        expect([...inBase]).toEqual(weight.map((_, position) => (chosen.has(position) ? 1 : 0)));
        const steps = trace.size.length - 1;
        if (trace.stop === 'plateau') expect(steps - trace.chosen).toBe(tau);
        else expect(steps - trace.chosen).toBeLessThan(tau);
        if (trace.stop === 'exhausted') expect(steps).toBe(width - constant);
        if (trace.stop === 'all-distinct') expect(trace.baseCounts[steps]).toBe(n);
      }),
    );
  });

  it('ends at the next beat when it is cancelled', async () => {
    let beats = 0;
    const pulse = {
      due: () => true,
      beat: async () => {
        if (++beats === 2) throw new LabError('CANCELLED', 'Stopped.');
      },
    };
    const work = searchBase(groupOf(4, TEN), { objective: 'true', tau: 64 }, pulse);
    await expect(work).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(beats).toBe(2);
  });
});

describe('sizes', () => {
  it('follow Equation 1 with samples and parameters', () => {
    const terms = { records: 1000, recordBits: 50, constantBits: 4, baseBits: 20, baseCount: 9 };
    expect(objectiveBits(terms, 'true')).toBe(9 * 16 + 1000 * (4 + 30));
    expect(objectiveBits(terms, 'equation1')).toBe(9 * 20 + 1000 * (4 + 30));
    expect(equation1Bits(terms, 0, 0)).toBe(objectiveBits(terms, 'equation1'));
    // m = 10: ten more records of id and deviation, and ten weights of ⌈log2 1000⌉ = 10 bits.
    expect(equation1Bits(terms, 10, 800)).toBe(9 * 20 + 1010 * 34 + 10 * 10 + 800);
  });
});
