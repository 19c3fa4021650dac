import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { joined, noise } from '../testing/imageFiles.ts';
import { bmpBytes, gifStart, jpegStart, plainPng, pngChunk, rawPng } from '../testing/pictureFiles.ts';
import { fullHeader, pictureHeader, uprightSize } from './header.ts';

describe('pictureHeader', () => {
  it('tells kind and size of files that an encoder has written', async () => {
    const image = sharp(noise(37 * 23 * 3), { raw: { width: 37, height: 23, channels: 3 } });
    const size = { width: 37, height: 23 };
    const read = async (bytes: Promise<Buffer>) => pictureHeader(new Uint8Array(await bytes));
    expect(await read(image.clone().png().toBuffer())).toEqual({ kind: 'png', ...size });
    expect(await read(image.clone().jpeg().toBuffer())).toEqual({ kind: 'jpeg', ...size });
    expect(await read(image.clone().jpeg({ progressive: true }).toBuffer())).toEqual({
      kind: 'jpeg',
      ...size,
    });
    expect(await read(image.clone().webp().toBuffer())).toEqual({ kind: 'webp', ...size });
    expect(await read(image.clone().webp({ lossless: true }).toBuffer())).toEqual({ kind: 'webp', ...size });
    expect(await read(image.clone().ensureAlpha(0.5).webp().toBuffer())).toEqual({ kind: 'webp', ...size });
    expect(await read(image.clone().gif().toBuffer())).toEqual({ kind: 'gif', ...size });
    expect(pictureHeader(bmpBytes(37, 23, noise(37 * 23 * 3)))).toEqual({ kind: 'bmp', ...size });
  });

  it('reads a BMP whose rows go down', () => {
    const bmp = bmpBytes(4, 3, noise(36));
    new DataView(bmp.buffer).setInt32(22, -3, true);
    expect(pictureHeader(bmp)).toEqual({ kind: 'bmp', width: 4, height: 3 });
  });

  it('takes the orientation of a JPEG from EXIF, in both orders of bytes', () => {
    for (const isLittle of [true, false]) {
      for (let orientation = 1; orientation <= 8; orientation++) {
        const header = fullHeader(jpegStart(30, 20, { orientation, isLittle }))!;
        expect(header.orientation).toBe(orientation);
        expect(uprightSize(header)).toEqual(
          orientation < 5 ? { width: 30, height: 20 } : { width: 20, height: 30 },
        );
      }
      expect(fullHeader(jpegStart(30, 20, { orientation: 9, isLittle }))!.orientation).toBe(1);
    }
  });

  it('finds the size of a JPEG behind notes, and says nothing where it is not there yet', () => {
    const jpeg = jpegStart(300, 200, { notes: 200_000 });
    expect(pictureHeader(jpeg)).toEqual({ kind: 'jpeg', width: 300, height: 200 });
    expect(pictureHeader(jpeg.subarray(0, 65_536))).toBeNull();
  });

  it('passes over bytes between the segments of a JPEG that belong to none', () => {
    const jpeg = jpegStart(30, 20, { orientation: 6, notes: 60_000 });
    const starts = [2];
    for (let at = 2; jpeg[at + 1] !== 0xda; starts.push(at)) at += 2 + ((jpeg[at + 2] << 8) | jpeg[at + 3]);
    expect(starts).toHaveLength(4);
    for (const at of starts.slice(1, 3))
      for (const stray of [
        [0],
        [1, 2, 0, 77],
        [0xff, 0],
        [0xff, 0, 0xff, 0xff],
        noise(999).map((b) => b % 255),
      ])
        expect(fullHeader(joined(jpeg.subarray(0, at), stray, jpeg.subarray(at)))).toEqual({
          ...{ kind: 'jpeg', width: 30, height: 20, bits: 8 },
          ...{ orientation: 6, isGrey: false },
        });
  });

  it('tells the bits of a value', () => {
    const jpeg = jpegStart(30, 20);
    jpeg[jpeg.indexOf(0xc0) + 3] = 12;
    expect(fullHeader(jpeg)!.bits).toBe(12);
    const deep = { width: 1, height: 1, depth: 16, colourType: 0 };
    expect(fullHeader(rawPng(deep, new Uint8Array(3)))!.bits).toBe(16);
    expect(fullHeader(gifStart(2, 2))!.bits).toBe(8);
  });

  it('tells greys from colours', () => {
    const isGrey = (bytes: Uint8Array) => fullHeader(bytes)!.isGrey;
    expect(isGrey(plainPng(2, 2, [5]))).toBe(true);
    expect(isGrey(plainPng(2, 2, [5, 255]))).toBe(true);
    expect(isGrey(plainPng(2, 2, [5, 5, 5]))).toBe(false);
    expect(isGrey(jpegStart(2, 2, { components: 1 }))).toBe(true);
    expect(isGrey(jpegStart(2, 2))).toBe(false);
    expect(isGrey(gifStart(2, 2))).toBe(true);
    expect(isGrey(gifStart(2, 2, [1, 2, 3, 0, 0, 0]))).toBe(false);
    const indexed = { width: 1, height: 1, depth: 8, colourType: 3 };
    const rows = new Uint8Array(2);
    expect(isGrey(rawPng(indexed, rows, pngChunk('tEXt', [1]), pngChunk('PLTE', [7, 7, 7])))).toBe(true);
    expect(isGrey(rawPng(indexed, rows, pngChunk('PLTE', [7, 7, 7, 1, 2, 3])))).toBe(false);
  });

  it('knows nothing of anything else, and of no picture without pixels', () => {
    expect(pictureHeader(new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"/>'))).toBeNull();
    expect(pictureHeader(gifStart(0, 5))).toBeNull();
    expect(pictureHeader(jpegStart(5, 0))).toBeNull();
    expect(pictureHeader(joined([0xff, 0xd8, 0xff, 0xd9], noise(50)))).toBeNull();
  });

  it('gives an answer to any bytes, however they go on', () => {
    const starts = [
      plainPng(3, 3, [1]),
      jpegStart(3, 3, { orientation: 6 }),
      gifStart(3, 3),
      bmpBytes(2, 2, noise(12)),
    ];
    fc.assert(
      fc.property(fc.nat(3), fc.nat(40), fc.uint8Array({ maxLength: 60 }), (kind, keep, rest) => {
        const header = pictureHeader(joined(starts[kind].subarray(0, keep), rest));
        if (header !== null) expect(header.width * header.height).toBeGreaterThan(0);
      }),
      { numRuns: 500 },
    );
  });
});
