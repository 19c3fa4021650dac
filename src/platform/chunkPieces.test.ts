import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joinPieces, layOutContainer } from '../core/archive/container.ts';
import { SECTION } from '../core/archive/sections.ts';
import { cutPart, isContinuation, storedChunks } from './chunkPieces.ts';

/** Chromium keeps longer values in files of their own. */
const INLINE_BYTES = 65_536 - 24;

describe('the chunks that a store keeps', () => {
  it('are the image, in order, short and each under a name of its own', () => {
    const block = Uint8Array.from({ length: 150_001 }, (_, k) => k * 31);
    const image = layOutContainer([
      {
        type: SECTION.schema,
        codec: 0,
        group: 0,
        required: true,
        blocks: [block, block.slice(0, 60_000)],
      },
    ]);
    const chunks = storedChunks(image, (offset) => offset > 0);
    expect(Math.max(...chunks.map(({ length }) => length))).toBeLessThan(INLINE_BYTES);
    expect(new Set(chunks.map(({ name }) => name)).size).toBe(chunks.length);
    const whole = joinPieces(image);
    let end = 0;
    for (const { offset, length, bytes, stable } of chunks) {
      expect(offset).toBe(end);
      expect(bytes).toEqual(whole.subarray(offset, offset + length));
      expect(stable).toBe(offset > 0);
      end += length;
    }
    expect(end).toBe(image.bytes);
  });

  it('cut a part of any length without gaps, and none that is short', () => {
    fc.assert(
      fc.property(fc.nat(2 ** 40), fc.integer({ min: 1, max: 5e6 }), (offset, length) => {
        const parts = cutPart({ name: 'a', offset, length });
        let at = 0;
        for (const part of parts) {
          expect(isContinuation(part.name)).toBe(at > 0);
          expect([part.from, part.offset]).toEqual([at, offset + at]);
          expect(part.length).toBeGreaterThan(0);
          at += part.length;
        }
        expect(at).toBe(length);
        if (length <= 65_500) expect(parts).toEqual([{ name: 'a', offset, length, from: 0 }]);
      }),
    );
  });
});
