import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteReader, ByteWriter } from '../../bits/bytes.ts';
import { LabError } from '../../errors.ts';
import { REPRESENTATIONS } from './registry.ts';
import { offset } from './offset.ts';
import { signMagnitude } from './signMagnitude.ts';
import { twosComplement } from './twosComplement.ts';
import { zigzag } from './zigzag.ts';
import type { Representation } from './representation.ts';

/** Records of a few columns, each column with a range of its own; the least 32-bit integer is left out. */
function tables(bits: 16 | 32) {
  const most = 2 ** (bits - 1) - 1;
  const value = fc.oneof(
    fc.integer({ min: -9, max: 9 }),
    fc.integer({ min: -most, max: most }),
    fc.constantFrom(-most, most, 0, -1),
  );
  const column = fc.oneof(
    value.map((only) => [only, only] as const),
    fc.tuple(value, value).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const),
  );
  return fc.array(column, { minLength: 1, maxLength: 6 }).chain((ranges) =>
    fc
      .array(fc.tuple(...ranges.map(([min, max]) => fc.integer({ min, max }))), { maxLength: 12 })
      // The ends of the ranges occur, or what is fitted would be no range of the values.
      .map((rows) => ({
        columns: ranges.length,
        rows: [...rows, ranges.map(([min]) => min), ranges.map(([, max]) => max)],
      })),
  );
}

function fitted(one: Representation, rows: number[][], columns: number) {
  const least = Int32Array.from({ length: columns }, (_, k) => Math.min(...rows.map((row) => row[k])));
  const greatest = Int32Array.from({ length: columns }, (_, k) => Math.max(...rows.map((row) => row[k])));
  const forms = one.fit(least, greatest);
  // What was fitted is not tied to the arrays that it was fitted to.
  least.fill(5);
  greatest.fill(5);
  return forms;
}

const written = (forms: { write(into: ByteWriter): void }): Uint8Array => {
  const writer = new ByteWriter();
  forms.write(writer);
  return writer.finish();
};

describe.each(REPRESENTATIONS.all.map((one) => [one.meta.name, one] as const))('%s', (_, one) => {
  for (const bits of [16, 32] as const) {
    it(`brings every value of ${bits} bits back, one by one, by columns and by rows`, () => {
      fc.assert(
        fc.property(tables(bits), ({ columns, rows }) => {
          const forms = fitted(one, rows, columns);
          const reader = new ByteReader(written(forms), 'the forms');
          const again = one.read(reader, columns);
          reader.end();
          expect(again.widths).toEqual(forms.widths);

          const flat = rows.flat();
          const values = bits === 16 ? Int16Array.from(flat) : Int32Array.from(flat);
          const coded = bits === 16 ? new Int16Array(flat.length) : new Int32Array(flat.length);
          const codes = bits === 16 ? new Uint16Array(rows.length) : new Uint32Array(rows.length);
          for (let k = 0; k < columns; k++) {
            forms.encodeColumn(k, values, k, columns, rows.length, codes);
            rows.forEach((row, i) => {
              const code = forms.encode(k, row[k]);
              expect(codes[i]).toBe(code);
              expect(code).toBeLessThan(2 ** forms.widths[k]);
              expect(again.decode(k, code)).toBe(row[k]);
              coded[i * columns + k] = code;
            });
          }
          again.decodeRows(coded, rows.length);
          expect([...coded]).toEqual(flat);
        }),
      );
    });
  }

  it('has no bits for columns of one value, whatever the value', () => {
    const forms = fitted(one, [[0, 7, -7, 3]], 4);
    expect([...forms.widths]).toEqual([0, 0, 0, 0]);
    const rows = new Int16Array(8);
    forms.decodeRows(rows, 2);
    expect([...rows]).toEqual([0, 7, -7, 3, 0, 7, -7, 3]);
  });

  it('has forms for no column and for no record', () => {
    expect(one.fit(new Int32Array(0), new Int32Array(0)).widths.length).toBe(0);
    const none = one.fit(new Int32Array(3), new Int32Array(3));
    expect([...one.read(new ByteReader(written(none), 'the forms'), 3).widths]).toEqual([0, 0, 0]);
  });

  it('refuses forms that cannot be, and only as damaged', () => {
    const forms = fitted(one, [[-40, 0, 5], [900, 1, 5]], 3); // prettier-ignore
    const sound = written(forms);
    for (let end = 0; end < sound.length; end++) {
      expect(() => one.read(new ByteReader(sound.subarray(0, end), 'the forms'), 3)).toThrow('damaged');
    }
    const tooWide = new ByteWriter().uint8(33).uint8(0).bytes(new Uint8Array(40)).finish();
    expect(() => one.read(new ByteReader(tooWide, 'the forms'), 3)).toThrow('at most 32');
    const badlyPacked = new ByteWriter().uint8(0).uint8(9).bytes(new Uint8Array(40)).finish();
    expect(() => one.read(new ByteReader(badlyPacked, 'the forms'), 3)).toThrow('9 bits');
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), fc.nat(20), (bytes, columns) => {
        try {
          const read = one.read(new ByteReader(bytes, 'the forms'), columns);
          // What is read decodes any code to some value.
          const rows = Int32Array.from({ length: 2 * columns }, (_, k) => k * 0x12345678);
          read.decodeRows(rows, 2);
          for (let k = 0; k < columns; k++) read.decode(k, 0xffffffff);
        } catch (error) {
          expect(error instanceof LabError && error.code).toBe('ARCHIVE_CORRUPT');
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('widths', () => {
  const width = (one: Representation, least: number, greatest: number): number =>
    one.fit(Int32Array.of(least), Int32Array.of(greatest)).widths[0];

  it('are the least that the values need', () => {
    const ranges = [[0, 1], [-1, 0], [-1, 1], [-4, 3], [-3, 4], [0, 255], [5, 6], [-6, -5], [-128, 127]]; // prettier-ignore
    const of = (one: Representation): number[] =>
      ranges.map(([least, greatest]) => width(one, least, greatest));
    expect(of(zigzag)).toEqual([2, 1, 2, 3, 4, 9, 4, 4, 8]);
    expect(of(offset)).toEqual([1, 1, 2, 3, 3, 8, 1, 1, 8]);
    expect(of(signMagnitude)).toEqual([1, 2, 2, 4, 4, 8, 3, 4, 9]);
    expect(of(twosComplement)).toEqual([1, 1, 2, 3, 4, 8, 3, 4, 8]);
  });

  it('reach 32 bits', () => {
    expect(width(zigzag, -(2 ** 31), 2 ** 31 - 1)).toBe(32);
    expect(width(offset, -(2 ** 31), 2 ** 31 - 1)).toBe(32);
    expect(width(twosComplement, -(2 ** 31), 2 ** 31 - 1)).toBe(32);
    expect(width(signMagnitude, -(2 ** 31) + 1, 2 ** 31 - 1)).toBe(32);
    expect(() => width(signMagnitude, -(2 ** 31), 0)).toThrow(LabError);
  });
});

describe('the registry', () => {
  it('finds representations by name and number, and refuses others', () => {
    for (const one of REPRESENTATIONS.all) {
      expect(REPRESENTATIONS.byName(one.meta.name)).toBe(one);
      expect(REPRESENTATIONS.byId(one.meta.id)).toBe(one);
    }
    expect(REPRESENTATIONS.all.map(({ meta }) => meta.id)).toEqual([1, 2, 3, 4]);
    expect(() => REPRESENTATIONS.byName('gray')).toThrow('zigzag, offset, signmag, twos');
    expect(() => REPRESENTATIONS.byId(0)).toThrow(LabError);
  });
});
