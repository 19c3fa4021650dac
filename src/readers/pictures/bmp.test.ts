import { describe, expect, it } from 'vitest';
import { codeOf } from '../../core/testing/codeOf.ts';
import { bmpFile, greyBmp, packRows, type BmpParts } from '../testing/bmpFiles.ts';
import { noise } from '../testing/imageFiles.ts';
import { bmpBytes } from '../testing/pictureFiles.ts';
import { decodeBmp } from './bmp.ts';
import { decodePicture } from './decodePicture.ts';

/** Pixels in fours. */
const pixelsOf = (bytes: Uint8Array): number[][] => {
  const { data } = decodeBmp(bytes);
  return Array.from({ length: data.length / 4 }, (_, i) => [...data.subarray(4 * i, 4 * i + 4)]);
};
const codeOfBmp = (bytes: Uint8Array): Promise<string> =>
  codeOf(Promise.resolve().then(() => decodeBmp(bytes)));
const codeOfParts = (parts: BmpParts): Promise<string> => codeOfBmp(bmpFile(parts));

/** One row of pixels of 16 or 32 bits. */
function row(bits: 16 | 32, ...pixels: number[]): Uint8Array {
  const bytes = new Uint8Array(4 * Math.ceil((bits * pixels.length) / 32));
  const view = new DataView(bytes.buffer);
  pixels.forEach((pixel, x) =>
    bits === 16 ? view.setUint16(2 * x, pixel, true) : view.setUint32(4 * x, pixel, true),
  );
  return bytes;
}

describe('decodeBmp', () => {
  it.each([1, 2, 4, 8])('reads %i bits by a palette, from below and from above, after any header', (bits) => {
    const [width, height] = [11, 3];
    const colours = 2 ** bits;
    const values = noise(width * height).map((value) => value % colours);
    const wanted = Array.from(values, (value) =>
      [255 - value, 2 * value, value, 255].map((one) => one & 255),
    );
    const entries = (step: number): number[] =>
      Array.from({ length: colours }, (_, k) => [k, (2 * k) & 255, 255 - k, 77].slice(0, step)).flat();
    const fromAbove = packRows(values, width, height, bits);
    const stride = fromAbove.length / height;
    const fromBelow = new Uint8Array(fromAbove.length);
    for (let y = 0; y < height; y++)
      fromBelow.set(fromAbove.subarray(y * stride, (y + 1) * stride), (height - 1 - y) * stride);
    const parts = { width, height, bits, rows: fromBelow };
    for (const headerBytes of [40, 64, 108, 124])
      expect(pixelsOf(bmpFile({ ...parts, headerBytes, palette: entries(4), gap: 5 }))).toEqual(wanted);
    expect(pixelsOf(bmpFile({ ...parts, height: -height, palette: entries(4), rows: fromAbove }))).toEqual(
      wanted,
    );
    if (bits !== 2)
      expect(pixelsOf(bmpFile({ ...parts, headerBytes: 12, palette: entries(3) }))).toEqual(wanted);
  });

  it('reads colours that its palette does not have as black', () => {
    const parts = { width: 4, height: 1, bits: 8, palette: [1, 2, 3, 0, 4, 5, 6, 0], colours: 2 };
    expect(pixelsOf(bmpFile({ ...parts, rows: Uint8Array.of(0, 1, 2, 255) }))).toEqual([
      ...[
        [3, 2, 1, 255],
        [6, 5, 4, 255],
        [0, 0, 0, 255],
        [0, 0, 0, 255],
      ],
    ]);
  });

  it('reads 24 bits, and 16 and 32 by five and eight bits a colour or by masks, rounded', () => {
    const values = noise(7 * 5 * 3);
    expect(decodeBmp(bmpBytes(7, 5, values)).data.filter((_, i) => i % 4 !== 3)).toEqual(values);
    const one = { width: 2, height: 1 };
    // 3 of 31 are 24.68 of 255.
    expect(pixelsOf(bmpFile({ ...one, bits: 16, rows: row(16, (3 << 10) | (31 << 5) | 1, 0x8000) }))).toEqual(
      [
        ...[
          [25, 255, 8, 255],
          [0, 0, 0, 255],
        ],
      ],
    );
    const masks = [0xf800, 0x7e0, 0x1f];
    expect(
      pixelsOf(
        bmpFile({ ...one, bits: 16, compression: 3, masks, rows: row(16, 0xffff, (1 << 11) | (1 << 5)) }),
      ),
    ).toEqual([
      ...[
        [255, 255, 255, 255],
        [8, 4, 0, 255],
      ],
    ]);
    // Ten bits a colour: the upper eight of them.
    const tens = [0x3ff00000, 0xffc00, 0x3ff];
    const deep = (1023 << 20) | (513 << 10) | 3;
    expect(
      pixelsOf(bmpFile({ ...one, bits: 32, compression: 3, masks: tens, rows: row(32, deep, 0) })),
    ).toEqual([
      ...[
        [255, 128, 0, 255],
        [0, 0, 0, 255],
      ],
    ]);
  });

  it('takes alpha where the header says that there is some', () => {
    const masks = [0xff0000, 0xff00, 0xff, 0xff000000];
    const parts = { width: 2, height: 1, bits: 32, masks, rows: row(32, 0x80010203, 0x00040506) };
    const seen = [
      [1, 2, 3, 128],
      [4, 5, 6, 0],
    ];
    const opaque = [
      [1, 2, 3, 255],
      [4, 5, 6, 255],
    ];
    expect(pixelsOf(bmpFile({ ...parts, headerBytes: 124, compression: 3 }))).toEqual(seen);
    expect(pixelsOf(bmpFile({ ...parts, headerBytes: 124 }))).toEqual(seen);
    expect(pixelsOf(bmpFile({ ...parts, headerBytes: 40, compression: 6 }))).toEqual(seen);
    expect(pixelsOf(bmpFile({ ...parts, headerBytes: 124, masks: masks.slice(0, 3) }))).toEqual(opaque);
    for (const headerBytes of [40, 56]) expect(pixelsOf(bmpFile({ ...parts, headerBytes }))).toEqual(opaque);
  });

  it('refuses what is cut short, whatever size it says, before anything is made of it', async () => {
    const bmp = greyBmp(9, 4, noise(36));
    for (let length = 0; length < bmp.length; length++)
      expect(await codeOfBmp(bmp.subarray(0, length))).toBe('PICTURE_DAMAGED');
    for (const [width, height] of [
      [0x7fffffff, 1],
      [9, 0x7fffffff],
      [0x7fffffff, -0x80000000],
      [0, 4],
      [-9, 4],
      [9, 0],
    ])
      expect(await codeOfParts({ width, height, bits: 8, rows: new Uint8Array(40) })).toBe('PICTURE_DAMAGED');
    const far = { width: 1, height: 1, bits: 24, rows: new Uint8Array(4), rowsAt: 0xfffffff0 };
    expect(await codeOfParts(far)).toBe('PICTURE_DAMAGED');
    const masked = { width: 1, height: 1, bits: 32, compression: 3, rows: new Uint8Array(4) };
    for (const masks of [
      [0xff00, 0xff00, 0xff],
      [0xf0f000, 0xf00, 0xff],
    ])
      expect(await codeOfParts({ ...masked, masks })).toBe('PICTURE_DAMAGED');
  });

  it('names what it does not read', async () => {
    const parts = { width: 4, height: 1, bits: 8, rows: new Uint8Array(4) };
    expect(() => decodeBmp(bmpFile({ ...parts, compression: 1 }))).toThrow(/run lengths \(RLE8\)/);
    expect(() => decodeBmp(bmpFile({ ...parts, bits: 24, compression: 4 }))).toThrow(/a JPEG inside/);
    for (const other of [{ compression: 1 }, { bits: 5 }, { headerBytes: 100 }, { compression: 3 }])
      expect(await codeOfParts({ ...parts, ...other })).toBe('PICTURE_UNSUPPORTED');
    const huge = greyBmp(9, 4, noise(36));
    new DataView(huge.buffer).setInt32(18, 1 << 28, true);
    expect(await codeOf(decodePicture(huge, async (bytes) => decodeBmp(bytes)))).toBe('PICTURE_TOO_LARGE');
  });
});
