/** Decodes JPEG and WebP by sharp, GIF and BMP by the lab’s own readers: what the browser does in the page. */
import sharp from 'sharp';
import { LabError } from '../src/core/errors.ts';
import { decodeBmp } from '../src/readers/pictures/bmp.ts';
import { decodeGif } from '../src/readers/pictures/gif.ts';
import { MAX_PICTURE_PIXELS } from '../src/readers/pictures/header.ts';
import type { Picture, PictureDecoder } from '../src/readers/imageReading.ts';

function reasonOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/** Without colour management, of an animation its first frame; of a JPEG its EXIF orientation applied, as browsers do. */
async function readBySharp(bytes: Uint8Array, isJpeg: boolean): Promise<Picture> {
  const image = sharp(bytes, {
    pages: 1,
    failOn: 'error',
    ignoreIcc: true,
    limitInputPixels: MAX_PICTURE_PIXELS,
    autoOrient: isJpeg,
  });
  const { data, info } = await image
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  return { width, height, channels, data: new Uint8Array(data.buffer, data.byteOffset, data.byteLength) };
}

/** @throws LabError PICTURE_DAMAGED, PICTURE_UNSUPPORTED */
export const decodeInNode: PictureDecoder = async (bytes, { kind }) => {
  if (kind === 'bmp') return decodeBmp(bytes);
  if (kind === 'gif') return decodeGif(bytes);
  try {
    return await readBySharp(bytes, kind === 'jpeg');
  } catch (thrown) {
    throw new LabError('PICTURE_DAMAGED', `The ${kind} cannot be decoded: ${reasonOf(thrown)}`, {
      cause: thrown,
    });
  }
};
