import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bitEntropy, bitPlanes, countOnes, laneCodes, minority, transpose32 } from './bitPlanes.ts';
import { layOut } from './lanes.ts';

const word = fc.integer({ min: 0, max: 0xffffffff });

describe('transpose32', () => {
  it('puts bit b of word r at bit r of word b', () => {
    fc.assert(
      fc.property(fc.array(word, { minLength: 32, maxLength: 32 }), (words) => {
        const expected = Array.from({ length: 32 }, (_, b) =>
          words.reduce((sum, one, r) => sum + ((one >>> b) & 1) * 2 ** r, 0),
        );
        const block = Uint32Array.from(words);
        transpose32(block);
        expect([...block]).toEqual(expected);
      }),
    );
  });
});

/** Fields of some widths with codes for some records, 64-bit fields as big integers. */
const fieldsAndCodes = fc
  .tuple(fc.array(fc.integer({ min: 0, max: 64 }), { maxLength: 5 }), fc.integer({ min: 0, max: 70 }))
  .chain(([widths, records]) =>
    fc.record({
      widths: fc.constant(widths),
      records: fc.constant(records),
      values: fc.tuple(
        ...widths.map((width) =>
          fc.array(fc.bigInt({ min: 0n, max: (1n << BigInt(width)) - 1n }), {
            minLength: records,
            maxLength: records,
          }),
        ),
      ),
    }),
  );

describe('bitPlanes', () => {
  it('hold each record as the concatenation of its fields, most significant bit first', () => {
    fc.assert(
      fc.property(fieldsAndCodes, ({ widths, records, values }) => {
        const layout = layOut(widths.map((width, column) => ({ width, column })));
        const codes = layout.lanes.map(({ field, width, start }) => {
          const fieldStart = widths.slice(0, field).reduce((sum, one) => sum + one, 0);
          const below = BigInt(widths[field] - (start - fieldStart) - width);
          return Uint32Array.from(values[field], (value) =>
            Number((value >> below) & ((1n << BigInt(width)) - 1n)),
          );
        });
        const planes = bitPlanes(layout, codes, records);
        const ones = new Array<number>(layout.recordBits).fill(0);
        for (let i = 0; i < records; i++) {
          const expected = widths
            .map((width, f) => (width === 0 ? '' : values[f][i].toString(2).padStart(width, '0')))
            .join('');
          let actual = '';
          for (let position = 0; position < planes.positions; position++) {
            const bit = (planes.data[position * planes.words + (i >>> 5)] >>> (i & 31)) & 1;
            actual += bit;
            ones[position] += bit;
          }
          expect(actual).toBe(expected);
        }
        expect(layout.recordBits).toBe(widths.reduce((sum, one) => sum + one, 0));
        // Bits past the last record would be counted too.
        expect([...countOnes(planes)]).toEqual(ones);
        const back = laneCodes(layout, planes);
        expect(back.map((code) => [...code])).toEqual(codes.map((code) => [...code]));
        // Codes are held as narrow as their lane.
        layout.lanes.forEach(({ width }, index) =>
          expect(back[index].BYTES_PER_ELEMENT).toBe(width <= 8 ? 1 : width <= 16 ? 2 : 4),
        );
        const some = Uint32Array.from({ length: records }, (_, i) => records - 1 - i).filter(
          (i) => i % 3 > 0,
        );
        const chosen = laneCodes(layout, bitPlanes(layout, codes, some));
        expect(chosen.map((code) => [...code])).toEqual(codes.map((code) => [...some].map((i) => code[i])));
      }),
      { numRuns: 60 },
    );
  });
});

describe('entropy', () => {
  it('is 1 at one half, 0 for a constant bit, and follows Equation 6 between', () => {
    expect(bitEntropy(0, 8)).toBe(0);
    expect(bitEntropy(8, 8)).toBe(0);
    expect(bitEntropy(0, 0)).toBe(0);
    expect(bitEntropy(4, 8)).toBe(1);
    // p = 1/4: ¼·2 + ¾·log2(4/3)
    expect(bitEntropy(2, 8)).toBeCloseTo(0.8112781244591328, 15);
  });

  it('is ordered as the integer that the searches sort by', () => {
    const n = 37;
    for (let a = 0; a <= n; a++) {
      for (let b = 0; b <= n; b++) {
        if (minority(a, n) < minority(b, n)) expect(bitEntropy(a, n)).toBeLessThan(bitEntropy(b, n));
        if (minority(a, n) === minority(b, n)) expect(bitEntropy(a, n)).toBeCloseTo(bitEntropy(b, n), 12);
      }
    }
  });
});
