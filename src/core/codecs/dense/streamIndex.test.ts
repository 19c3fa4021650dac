import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeIndex, StreamIndex } from './streamIndex.ts';

const lengths = fc.array(fc.oneof(fc.nat({ max: 40 }), fc.nat({ max: 2 ** 31 })), { maxLength: 400 });

describe('the index of streams', () => {
  it('knows where each stream of a block begins and ends', () => {
    fc.assert(
      fc.property(lengths, fc.integer({ min: 1, max: 200 }), (each, perBlock) => {
        const index = new StreamIndex(encodeIndex(Uint32Array.from(each)), each.length, perBlock);
        for (let block = 0; block * perBlock < each.length; block++) {
          const own = each.slice(block * perBlock, (block + 1) * perBlock);
          expect(index.streamsIn(block)).toBe(own.length);
          let at = 0;
          own.forEach((length, k) => {
            expect(index.start(block, k)).toBe(at);
            at += length;
          });
          expect(index.start(block, own.length)).toBe(at);
        }
      }),
    );
  });

  it('takes no bits where all are equally long', () => {
    expect(encodeIndex(new Uint32Array(5000).fill(21)).length).toBe(2);
  });

  it('refuses to be longer or shorter than its streams', () => {
    const bytes = encodeIndex(Uint32Array.of(3, 9, 4));
    expect(() => new StreamIndex(bytes, 40, 8)).toThrow(/size of its streams/);
    expect(() => new StreamIndex(Uint8Array.of(...bytes, 0), 3, 8)).toThrow(/size of its streams/);
    expect(() => new StreamIndex(Uint8Array.of(0, 33), 3, 8)).toThrow(/32 bits/);
  });
});
