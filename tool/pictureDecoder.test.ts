import sharp from 'sharp';
import { expect, it } from 'vitest';
import { LabError } from '../src/core/errors.ts';
import { fullHeader } from '../src/readers/pictures/header.ts';
import { greyBmp } from '../src/readers/testing/bmpFiles.ts';
import { greyGif } from '../src/readers/testing/gifFiles.ts';
import { decodePicture, decoderRemark } from './pictureDecoder.ts';

const RAW = { raw: { width: 9, height: 6, channels: 3 as const } };
const PIXELS = Uint8Array.from({ length: 9 * 6 * 3 }, (_, i) => (i * 11 + (i % 27)) % 256);

async function decode(bytes: Uint8Array) {
  return decodePicture(bytes, fullHeader(bytes)!);
}

/** Without alpha. */
const colours = ({ data }: { data: Uint8Array }): number[] => [...data].filter((_, i) => i % 4 !== 3);

it('decodes JPEG as libjpeg does, its orientation applied', async () => {
  expect(decoderRemark()).toBeNull();
  for (const orientation of [1, 6]) {
    const jpeg = await sharp(PIXELS, RAW).jpeg({ quality: 90 }).withMetadata({ orientation }).toBuffer();
    const { data, info } = await sharp(jpeg, { autoOrient: true })
      .raw()
      .toBuffer({ resolveWithObject: true });
    const picture = await decode(new Uint8Array(jpeg));
    expect([picture.width, picture.height]).toEqual([info.width, info.height]);
    expect(colours(picture)).toEqual([...data]);
  }
  expect(decoderRemark()).toMatch(/^JPEG was decoded by the tool/);
});

it('gives back every pixel of a lossless WebP', async () => {
  const webp = await sharp(PIXELS, RAW).webp({ lossless: true }).toBuffer();
  expect(colours(await decode(new Uint8Array(webp)))).toEqual([...PIXELS]);
});

it('gives back every pixel of a GIF and of a BMP, of which nothing has to be said', async () => {
  const before = decoderRemark();
  const greys = PIXELS.slice(0, 54);
  for (const bytes of [greyGif(9, 6, greys), greyBmp(9, 6, greys)])
    expect(colours(await decode(bytes))).toEqual([...greys].flatMap((grey) => [grey, grey, grey]));
  expect(decoderRemark()).toBe(before);
});

it('says by a code what is damaged, and goes on with the next', async () => {
  const jpeg = new Uint8Array(await sharp(PIXELS, RAW).jpeg().toBuffer());
  const damaged = jpeg.slice(0, jpeg.length / 2).fill(0, 20, 120);
  const gif = greyGif(9, 6, PIXELS.slice(0, 54)).subarray(0, 800);
  for (const [bytes, header] of [
    [damaged, fullHeader(jpeg)!],
    [gif, fullHeader(gif)!],
  ] as const) {
    const thrown = await decodePicture(bytes, header).catch((error: unknown) => error);
    expect(thrown instanceof LabError ? thrown.code : thrown).toBe('PICTURE_DAMAGED');
  }
  expect((await decode(jpeg)).width).toBe(9);
});
