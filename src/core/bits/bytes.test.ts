import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LabError } from '../errors.ts';
import { ByteReader, ByteWriter, decodeText, encodeText } from './bytes.ts';

const size = fc.oneof(
  fc.maxSafeNat(),
  fc.nat(300),
  fc.constantFrom(127, 128, 2 ** 32 - 1, 2 ** 32, 2 ** 53 - 1, 2 ** 53),
);
/** Strings of any UTF-16 units, lone surrogates included. */
const anyText = fc
  .array(fc.oneof(fc.integer({ min: 0, max: 0xffff }), fc.integer({ min: 0xd800, max: 0xdfff })), {
    maxLength: 12,
  })
  .map((units) => String.fromCharCode(...units));

const field = fc.oneof(
  fc.record({ type: fc.constant('uint8' as const), value: fc.integer({ min: 0, max: 0xff }) }),
  fc.record({ type: fc.constant('uint16' as const), value: fc.integer({ min: 0, max: 0xffff }) }),
  fc.record({ type: fc.constant('uint32' as const), value: fc.integer({ min: 0, max: 0xffffffff }) }),
  fc.record({ type: fc.constant('uint64' as const), value: size }),
  fc.record({ type: fc.constant('varint' as const), value: size }),
  fc.record({ type: fc.constant('float64' as const), value: fc.double() }),
  fc.record({ type: fc.constant('string' as const), value: anyText }),
);

const write = (writer: ByteWriter, one: { type: string; value: number | string }): unknown =>
  (writer as unknown as Record<string, (value: unknown) => unknown>)[one.type](one.value);
const read = (reader: ByteReader, type: string): unknown =>
  (reader as unknown as Record<string, () => unknown>)[type]();

/** The code of what the work throws; fails when it throws nothing or something else. */
function codeOf(work: () => unknown): string {
  try {
    work();
  } catch (thrown) {
    if (thrown instanceof LabError) return thrown.code;
    throw thrown;
  }
  return 'nothing thrown';
}

describe('ByteWriter and ByteReader', () => {
  it('give back every field, up to sizes of 2^53', () => {
    fc.assert(
      fc.property(fc.array(field, { maxLength: 30 }), (fields) => {
        const writer = new ByteWriter();
        for (const one of fields) write(writer, one);
        const reader = new ByteReader(writer.finish(), 'the test');
        for (const one of fields) expect(read(reader, one.type)).toBe(one.value);
        reader.end();
      }),
    );
  });

  it('refuse bytes that were cut off anywhere, and bytes too many', () => {
    fc.assert(
      fc.property(fc.array(field, { minLength: 1, maxLength: 6 }), (fields) => {
        const writer = new ByteWriter();
        for (const one of fields) write(writer, one);
        const bytes = writer.finish();
        for (let length = 0; length < bytes.length; length++) {
          const reader = new ByteReader(bytes.subarray(0, length), 'the test');
          const work = (): void => {
            for (const one of fields) read(reader, one.type);
          };
          expect(codeOf(work)).toBe('ARCHIVE_CORRUPT');
        }
        const longer = new ByteReader(Uint8Array.of(...bytes, 0), 'the test');
        for (const one of fields) read(longer, one.type);
        expect(codeOf(() => longer.end())).toBe('ARCHIVE_CORRUPT');
      }),
      { numRuns: 50 },
    );
  });

  it('never throw anything but ARCHIVE_CORRUPT on arbitrary bytes', () => {
    const types = fc.array(
      fc.constantFrom('uint8', 'uint16', 'uint32', 'uint64', 'varint', 'float64', 'string'),
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), types, (bytes, wanted) => {
        const reader = new ByteReader(bytes, 'the test');
        try {
          for (const type of wanted) read(reader, type);
        } catch (thrown) {
          expect(LabError.from(thrown).code).toBe('ARCHIVE_CORRUPT');
        }
      }),
    );
  });

  it('refuse a count that claims more entries than there is room for, before anything is allocated', () => {
    const claim = new ByteWriter()
      .varint(2 ** 40)
      .uint32(0)
      .finish();
    expect(codeOf(() => new ByteReader(claim, 'the test').count(1))).toBe('ARCHIVE_CORRUPT');
    expect(codeOf(() => new ByteReader(claim, 'the test').string())).toBe('ARCHIVE_CORRUPT');
    const fits = new ByteReader(new ByteWriter().varint(2).uint32(0).finish(), 'the test');
    expect(fits.count(2)).toBe(2);
  });

  it('refuse integers beyond 2^53', () => {
    const beyond = Uint8Array.of(255, 255, 255, 255, 255, 255, 255, 127);
    expect(codeOf(() => new ByteReader(beyond, 'the test').varint())).toBe('ARCHIVE_CORRUPT');
    expect(codeOf(() => new ByteReader(new Uint8Array(20).fill(128), 'the test').varint())).toBe(
      'ARCHIVE_CORRUPT',
    );
    expect(codeOf(() => new ByteReader(new Uint8Array(8).fill(255), 'the test').uint64())).toBe(
      'ARCHIVE_CORRUPT',
    );
  });

  it('read a view that does not start at its buffer', () => {
    const bytes = Uint8Array.of(9, 9, 1, 2, 3, 4, 9).subarray(2, 6);
    const reader = new ByteReader(bytes, 'the test');
    expect(reader.uint32()).toBe(0x04030201);
    expect(reader.left).toBe(0);
  });
});

describe('text as bytes', () => {
  it('keeps lone surrogates, byte order marks and NUL', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(decodeText(encodeText(text))).toBe(text);
      }),
      { numRuns: 500 },
    );
    for (const text of ['', '\ufeff', '\ufeffx', '\ud800', 'a\udc00', '💎', '\u0000']) {
      expect(decodeText(encodeText(text))).toBe(text);
    }
  });
});
