import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesOfStream, streamWords, writeBits } from '../../bits/bitStream.ts';
import { packTable, unpackTable } from './sparseTable.ts';

/** A table of rows of bits. */
function tableOf(rows: readonly (readonly number[])[], columns: number) {
  const words = streamWords(rows.length * columns);
  rows.forEach((row, r) => row.forEach((bit, c) => writeBits(words, r * columns + c, 1, bit)));
  return { rows: rows.length, columns, bytes: bytesOfStream(words, rows.length * columns) };
}

const tables = fc
  .record({
    columns: fc.integer({ min: 1, max: 70 }),
    rows: fc.integer({ min: 1, max: 90 }),
    shares: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 70, maxLength: 70 }),
    draws: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 101, maxLength: 101 }),
  })
  .map(({ columns, rows, shares, draws }) =>
    tableOf(
      Array.from({ length: rows }, (_, r) =>
        Array.from({ length: columns }, (__, c) =>
          draws[(r * columns + 7 * c) % 101] < shares[c] ** 4 ? 1 : 0,
        ),
      ),
      columns,
    ),
  );

describe('a base table as it is stored', () => {
  it('comes back bit for bit', () => {
    fc.assert(
      fc.property(tables, (table) => {
        expect(unpackTable(packTable(table), table.rows, table.columns)).toEqual(table.bytes);
      }),
    );
  });

  it('has the bits that were worked out by hand', () => {
    // Column 0: ones in rows 1 and 2 of eight, gaps 1, 0 and 5 (to the end); k = 1 gives 3 · 2 + 0 + 0 + 2 = 8 bits,
    // k = 0 gives 3 + 6 = 9, k = 2 gives 9 + 1 = 10. Column 1: all ones but row 7, usual bit 1, gaps 7 and 0;
    // k = 2 gives 2 · 3 + 1 = 7, k = 1 gives 4 + 3 = 7, k = 0 gives 2 + 7 = 9: the smaller k of two equal ones.
    const table = tableOf(
      [0, 1, 1, 0, 0, 0, 0, 0].map((bit, r) => [bit, r === 7 ? 0 : 1]),
      2,
    );
    // In plain form either would take eight bits: column 0 is as long either way and stays plain, column 1 is shorter.
    const bits = [
      ...[0, 1, 1, 1, 1, 1], // usual 0, plain
      ...[0, 1, 1, 0, 0, 0, 0, 0],
      ...[1, 1, 0, 0, 0, 0], // usual 1, k = 1
      ...[1, 1, 1, 0, 1], // gap 7 = 3 · 2 + 1
      ...[0, 0], // gap 0 to the end
    ];
    const words = streamWords(bits.length);
    bits.forEach((bit, k) => writeBits(words, k, 1, bit));
    expect([...packTable(table)]).toEqual([bits.length, ...bytesOfStream(words, bits.length)]);
  });

  it('takes little where rows hardly differ, and little more than it is where they are random', () => {
    const like = tableOf(
      Array.from({ length: 1000 }, (_, r) => Array.from({ length: 64 }, (__, c) => (r % 97 === c ? 1 : 0))),
      64,
    );
    expect(packTable(like).length).toBeLessThan(like.bytes.length / 5);
    let state = 1;
    const random = tableOf(
      Array.from({ length: 1000 }, () =>
        Array.from({ length: 64 }, () => (state = Math.imul(state, 1_664_525) + 1_013_904_223) >>> 31),
      ),
      64,
    );
    expect(packTable(random).length).toBeLessThan(random.bytes.length * 1.05);
  });

  it('is refused when it is damaged, or is of another size', () => {
    const table = tableOf(
      [0, 1, 1, 0, 0, 0, 0, 0].map((bit) => [bit, 1 - bit, 0]),
      3,
    );
    const packed = packTable(table);
    const outcome = (bytes: Uint8Array, rows = 8, columns = 3) => {
      try {
        return [...unpackTable(bytes, rows, columns)].join() === [...table.bytes].join() ? 'same' : 'other';
      } catch (thrown) {
        return (thrown as { code?: string }).code;
      }
    };
    expect(outcome(packed)).toBe('same');
    expect(outcome(packed.subarray(0, packed.length - 1))).toBe('ARCHIVE_CORRUPT');
    expect(outcome(packed, 9)).toBe('ARCHIVE_CORRUPT');
    expect(outcome(packed, 7)).toBe('ARCHIVE_CORRUPT');
    expect(outcome(packed, 8, 4)).toBe('ARCHIVE_CORRUPT');
    expect(outcome(packed, 8, 2)).toBe('ARCHIVE_CORRUPT');
    expect(outcome(new Uint8Array(0))).toBe('ARCHIVE_CORRUPT');
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        expect(['ARCHIVE_CORRUPT', 'same', 'other']).toContain(outcome(bytes));
      }),
    );
  });
});
