import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bitPlanes } from './bitPlanes.ts';
import { bytesOfStream, readBits, streamWords } from './bitStream.ts';
import { bytePlanes } from './bytePlanes.ts';
import { layOut } from './lanes.ts';
import { appendRow, PlaneRows } from './planeRows.ts';

describe('bytePlanes', () => {
  it('gives the planes of one lane of eight bits per column', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 11 }), fc.uint8Array({ maxLength: 500 }), (columns, bytes) => {
        const records = Math.floor(bytes.length / columns);
        const layout = layOut(Array.from({ length: columns }, (_, column) => ({ column, width: 8 })));
        const codes = layout.lanes.map((_, column) =>
          Uint8Array.from({ length: records }, (__, i) => bytes[i * columns + column]),
        );
        expect(bytePlanes(bytes, columns, records)).toEqual(bitPlanes(layout, codes, records));
      }),
    );
  });

  it('reads a view that does not start at its buffer', () => {
    const bytes = Uint8Array.from({ length: 50 }, (_, i) => (i * 37) & 255);
    expect(bytePlanes(bytes.subarray(3, 43), 4, 10)).toEqual(bytePlanes(bytes.slice(3, 43), 4, 10));
  });
});

describe('PlaneRows', () => {
  it('gives chosen bits of every record, which append to a stream without gaps', () => {
    const cases = fc.record({
      bytes: fc.uint8Array({ minLength: 9, maxLength: 450 }),
      order: fc.shuffledSubarray(Array.from({ length: 72 }, (_, position) => position)),
      gap: fc.integer({ min: 0, max: 40 }),
    });
    fc.assert(
      fc.property(cases, ({ bytes, order, gap }) => {
        const records = Math.floor(bytes.length / 9);
        const planes = bytePlanes(bytes, 9, records);
        const source = new PlaneRows(planes, Uint32Array.from(order));
        const rows = new Uint32Array(32 * source.rowWords);
        const stride = order.length + gap;
        const stream = streamWords(records * stride);
        for (let i = 0; i < records; i++) {
          if (i % 32 === 0) source.read(i / 32, rows);
          appendRow(stream, i * stride + gap, rows, (i % 32) * source.rowWords, source.rowWords);
        }
        for (let i = 0; i < records; i++) {
          for (let k = 0; k < gap; k++) expect(readBits(stream, i * stride + k, 1)).toBe(0);
          order.forEach((position, k) => {
            const bit = (bytes[i * 9 + (position >>> 3)] >>> (7 - (position & 7))) & 1;
            expect(readBits(stream, i * stride + gap + k, 1)).toBe(bit);
          });
        }
        expect(bytesOfStream(stream, records * stride)).toHaveLength(Math.ceil((records * stride) / 8));
      }),
    );
  });
});
