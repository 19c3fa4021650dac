import { decode } from 'fast-png';
import fc from 'fast-check';
import { inflate } from 'pako';
import { describe, expect, it } from 'vitest';
import { pictureBytes, type ImageShape } from '../../core/images/imageSet.ts';
import { decodePng } from '../../readers/pictures/png.ts';
import { ALL_RULES, PngWriter, USUAL_RULES } from './pngFile.ts';

const shapes: fc.Arbitrary<ImageShape> = fc.record({
  width: fc.integer({ min: 1, max: 20 }),
  height: fc.integer({ min: 1, max: 20 }),
  channels: fc.constantFrom(1 as const, 3 as const),
});

/** Filter of every row. */
function rowFilters(file: Uint8Array, { width, height, channels }: ImageShape): number[] {
  const length = new DataView(file.buffer, file.byteOffset).getUint32(33);
  const rows = inflate(file.subarray(41, 41 + length));
  return Array.from({ length: height }, (_, y) => rows[y * (1 + width * channels)]);
}

describe('PngWriter', () => {
  it('writes what other readers read, again and again', () => {
    fc.assert(
      fc.property(
        shapes.chain((shape) => {
          const size = pictureBytes(shape);
          const picture = fc.uint8Array({ minLength: size, maxLength: size });
          return fc.tuple(fc.constant(shape), fc.array(picture, { minLength: 1, maxLength: 3 }));
        }),
        ([shape, pictures]) => {
          const writer = new PngWriter(shape, 9, USUAL_RULES);
          const thorough = new PngWriter(shape, 9, ALL_RULES);
          for (const pixels of pictures) {
            const file = writer.write(pixels).slice();
            const smallest = thorough.write(pixels);
            expect(smallest.length).toBeLessThanOrEqual(file.length);
            expect(decodePng(smallest)).toEqual({ ...shape, data: pixels });
            expect(decodePng(file)).toEqual({ ...shape, data: pixels });
            expect(Array.from(decode(file, { checkCrc: true }).data)).toEqual(Array.from(pixels));
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('filters what a filter helps, and leaves the rest alone', () => {
    const shape: ImageShape = { width: 32, height: 32, channels: 3 };
    const slope = Uint8Array.from({ length: 3072 }, (_, i) => Math.floor(i / 3) + Math.floor(i / 96) * 5);
    const stripes = Uint8Array.from({ length: 3072 }, (_, i) => ((i * i) % 96 < 40 ? 0 : 200));
    const filters = (pixels: Uint8Array) =>
      new Set(rowFilters(new PngWriter(shape, 9, USUAL_RULES).write(pixels), shape));
    expect([...filters(slope)].some((filter) => filter !== 0)).toBe(true);
    expect([...filters(stripes)]).toEqual([0]);
    expect(new PngWriter(shape, 9, USUAL_RULES).write(slope).length).toBeLessThan(400);
  });
});
