import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { Picture } from '../src/readers/imageReading.ts';
import { decodePicture } from '../src/readers/pictures/decodePicture.ts';
import { greyGif } from '../src/readers/testing/gifFiles.ts';
import { joined, noise } from '../src/readers/testing/imageFiles.ts';
import { bmpBytes, gifStart, jpegStart } from '../src/readers/testing/pictureFiles.ts';
import { codeOf } from '../src/core/testing/codeOf.ts';
import { decodeInNode } from './pictureDecoder.ts';

const width = 24;
const height = 16;
/** Left half red, right half blue. */
const halves = Uint8Array.from({ length: width * height * 3 }, (_, i) => {
  const isLeft = Math.floor(i / 3) % width < width / 2;
  return i % 3 === (isLeft ? 0 : 2) ? 250 : 0;
});
const image = sharp(halves, { raw: { width, height, channels: 3 } });
const decode = async (bytes: Promise<Buffer> | Uint8Array) =>
  decodePicture(new Uint8Array(await bytes), decodeInNode);

/** Colours of a picture of which everything is seen. */
function opaque({ channels, data }: Picture): Uint8Array {
  expect([channels, data.every((value, i) => i % 4 !== 3 || value === 255)]).toEqual([4, true]);
  return data.filter((_, i) => i % 4 !== 3);
}

describe('decodeInNode', () => {
  it('gives the values of lossless kinds exactly', async () => {
    const webp = await decode(image.clone().webp({ lossless: true }).toBuffer());
    expect(webp).toEqual({ width, height, channels: 3, data: halves });
    const values = noise(7 * 5 * 3);
    expect(opaque(await decode(bmpBytes(7, 5, values)))).toEqual(values);
    expect(opaque(await decode(greyGif(7, 5, values.subarray(0, 35))))).toEqual(
      Uint8Array.from({ length: 105 }, (_, i) => values[Math.floor(i / 3)]),
    );
  });

  it('applies the orientation of a JPEG', async () => {
    const { data, ...size } = await decode(
      image.clone().withMetadata({ orientation: 6 }).jpeg({ quality: 100 }).toBuffer(),
    );
    expect(size).toMatchObject({ width: height, height: width, channels: 3 });
    // Turned to the right, the left half is the upper one.
    expect(data[0]).toBeGreaterThan(200);
    expect(data.at(-1)).toBeGreaterThan(200);
    expect(data[(height - 1) * 3]).toBeGreaterThan(200);
  });

  it('passes over bytes between the segments of a JPEG, but not over pixels that are missing', async () => {
    const jpeg = new Uint8Array(await image.clone().jpeg({ quality: 90 }).toBuffer());
    const sound = await decode(jpeg);
    let at = 2;
    for (; jpeg[at + 1] !== 0xda; at += 2 + ((jpeg[at + 2] << 8) | jpeg[at + 3]))
      if (at > 2)
        expect(await decode(joined(jpeg.subarray(0, at), [1, 2, 0, 77], jpeg.subarray(at)))).toEqual(sound);
    expect(await decode(joined(jpeg.subarray(0, at), [0xff, 0, 9], jpeg.subarray(at)))).toEqual(sound);
    expect(await codeOf(decode(jpeg.subarray(0, at + 40)))).toBe('PICTURE_DAMAGED');
  });

  it('refuses a JPEG of twelve bits a value by name', async () => {
    const jpeg = jpegStart(8, 8);
    jpeg[jpeg.indexOf(0xc0) + 3] = 12;
    expect(await codeOf(decode(jpeg))).toBe('PICTURE_UNSUPPORTED');
  });

  it('gives the first frame of an animation', async () => {
    const frames = [10, 200].map((value) => new Uint8Array(4 * 4 * 3).fill(value));
    const raw = { width: 4, height: 8, channels: 3 as const, pageHeight: 4 };
    const gif = await sharp(new Uint8Array([...frames[0], ...frames[1]]), { raw })
      .gif()
      .toBuffer();
    const { data, channels, ...size } = await decode(new Uint8Array(gif));
    expect(size).toEqual({ width: 4, height: 4 });
    expect(data[0]).toBeLessThan(30);
    expect(data.length).toBe(16 * channels);
  });

  it('refuses what is damaged, or a kind of BMP that it does not read', async () => {
    expect(await codeOf(decode(jpegStart(8, 8)))).toBe('PICTURE_DAMAGED');
    expect(await codeOf(decode(gifStart(8, 8)))).toBe('PICTURE_DAMAGED');
    const jpeg = await image.clone().jpeg().toBuffer();
    expect(await codeOf(decode(jpeg.subarray(0, jpeg.length - 80)))).toBe('PICTURE_DAMAGED');
    const bmp = bmpBytes(4, 4, noise(48));
    expect(await codeOf(decode(bmp.slice(0, 70)))).toBe('PICTURE_DAMAGED');
    bmp[30] = 1;
    expect(await codeOf(decode(bmp))).toBe('PICTURE_UNSUPPORTED');
  });
});
