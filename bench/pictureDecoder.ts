/** Decodes JPEG, WebP and GIF by sharp and BMP by bmp-ts: what the browser does in the page. */
import { decode as decodeBmp } from 'bmp-ts';
import sharp from 'sharp';
import { LabError } from '../src/core/errors.ts';
import { MAX_PICTURE_PIXELS } from '../src/readers/pictures/header.ts';
import type { Picture, PictureDecoder } from '../src/readers/imageReading.ts';

function reasonOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/** Compression numbers of a BMP whose rows lie there as they are. */
const AS_IS = 0;
const BIT_FIELDS = 3;

/** Checks what bmp-ts takes for granted: rows without run lengths, right behind the palette. @returns whether it has alpha */
function checkBmp(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerBytes = view.getUint32(14, true);
  const bits = view.getUint16(28, true);
  const compression = view.getUint32(30, true);
  const colours = view.getUint32(46, true) || (bits <= 8 ? 2 ** bits : 0);
  const masks = headerBytes === 40 && compression === BIT_FIELDS ? 12 : 0;
  const areRowsNext = view.getUint32(10, true) === 14 + headerBytes + masks + 4 * colours;
  // It stops early where a row of four bits a pixel ends within a byte.
  const isRead = [1, 8, 16, 24, 32].includes(bits) && [AS_IS, BIT_FIELDS].includes(compression);
  if (!isRead || !areRowsNext)
    throw new LabError(
      'PICTURE_UNSUPPORTED',
      `A BMP of ${bits} bits a pixel in compression ${compression} is not read here.`,
    );
  return headerBytes >= 56 && (bits === 16 || bits === 32) && view.getUint32(66, true) !== 0;
}

/** RGB, or RGBA where the file has an alpha mask, of bmp-ts's order: alpha, blue, green, red. */
function readBmp(bytes: Uint8Array): Picture {
  const hasAlpha = checkBmp(bytes);
  const { width, height, data } = decodeBmp(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  const channels = hasAlpha ? 4 : 3;
  const pixels = new Uint8Array(width * height * channels);
  for (let from = 0, to = 0; from < data.length; from += 4, to += channels) {
    pixels[to] = data[from + 3];
    pixels[to + 1] = data[from + 2];
    pixels[to + 2] = data[from + 1];
    if (hasAlpha) pixels[to + 3] = data[from];
  }
  return { width, height, channels, data: pixels };
}

/** The first frame, without colour management; of a JPEG its EXIF orientation applied, as browsers do. */
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
  try {
    return kind === 'bmp' ? readBmp(bytes) : await readBySharp(bytes, kind === 'jpeg');
  } catch (thrown) {
    if (thrown instanceof LabError) throw thrown;
    throw new LabError('PICTURE_DAMAGED', `The ${kind} cannot be decoded: ${reasonOf(thrown)}`, {
      cause: thrown,
    });
  }
};
