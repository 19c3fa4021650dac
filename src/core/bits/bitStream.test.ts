import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gather, selectBits, spread } from './bitSelection.ts';
import {
  assertLittleEndian,
  bytesOfStream,
  lowMask,
  readBits,
  streamBytes,
  streamWords,
  wordsOfBytes,
  writeBits,
} from './bitStream.ts';

const word = fc.integer({ min: 0, max: 0xffffffff });
const fields = fc.array(fc.tuple(fc.integer({ min: 0, max: 32 }), word), { maxLength: 80 });

describe('bit stream', () => {
  it('gives back what was written, at any offset and width, through its bytes', () => {
    fc.assert(
      fc.property(fields, (written) => {
        const bits = written.reduce((sum, [width]) => sum + width, 0);
        const words = streamWords(bits);
        let offset = 0;
        for (const [width, value] of written) {
          // Bits above the width must not leak into the neighbour.
          writeBits(words, offset, width, value);
          offset += width;
        }
        const bytes = bytesOfStream(words, bits);
        expect(bytes.length).toBe(Math.ceil(bits / 8));
        const again = wordsOfBytes(bytes);
        offset = 0;
        for (const [width, value] of written) {
          expect(readBits(again, offset, width)).toBe(
            width === 0 ? 0 : Number(BigInt(value) & ((1n << BigInt(width)) - 1n)),
          );
          offset += width;
        }
      }),
    );
  });

  it('stands in bytes least significant bit first', () => {
    const words = streamWords(12);
    writeBits(words, 0, 3, 0b101);
    writeBits(words, 3, 9, 0b1_1000_0001);
    expect([...bytesOfStream(words, 12)]).toEqual([0b00001_101, 0b1100]);
    expect(streamBytes(12)).toBe(2);
    expect(() => assertLittleEndian()).not.toThrow();
  });

  it('masks all widths, 32 included', () => {
    expect([lowMask(0), lowMask(1), lowMask(31), lowMask(32) >>> 0]).toEqual([0, 1, 0x7fffffff, 0xffffffff]);
  });
});

describe('bit selection', () => {
  it('gathers selected bits in their order, and spreads them back', () => {
    fc.assert(
      fc.property(word, word, (mask, code) => {
        const selection = selectBits(mask);
        let gathered = '';
        for (let b = 31; b >= 0; b--) if ((mask >>> b) & 1) gathered += (code >>> b) & 1;
        expect(selection.width).toBe(gathered.length);
        expect(selection.mask).toBe(mask);
        expect(gather(selection, code)).toBe(gathered === '' ? 0 : Number.parseInt(gathered, 2));
        expect(spread(selection, gather(selection, code))).toBe((code & mask) >>> 0);
        expect(gather(selection, spread(selection, code))).toBe(
          selection.width === 32 ? code : code % 2 ** selection.width,
        );
      }),
    );
  });

  it('handles no bits and all bits', () => {
    expect(gather(selectBits(0), 0xffffffff)).toBe(0);
    expect(gather(selectBits(0xffffffff), 0xdeadbeef)).toBe(0xdeadbeef);
    expect(spread(selectBits(0x80000000), 1)).toBe(0x80000000);
  });
});
