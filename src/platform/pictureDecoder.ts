/**
 * The browser as decoder of JPEG, WebP, GIF (its first frame) and BMP, in a worker: orientation applied, without colour
 * management. Which values come out of a JPEG is up to the browser; PNG is decoded elsewhere, the same everywhere.
 */
import { LabError } from '../core/errors.ts';
import type { Picture, PictureDecoder, PictureKind } from '../readers/imageReading.ts';

const MEDIA_TYPES: Readonly<Record<PictureKind, string>> = {
  png: 'image/png',
  jpeg: 'image/jpeg',
  webp: 'image/webp',
  gif: 'image/gif',
  bmp: 'image/bmp',
};

/** Longest side of a canvas that every browser has. */
const MAX_SIDE = 16_384;

const OPTIONS: ImageBitmapOptions = {
  imageOrientation: 'from-image',
  premultiplyAlpha: 'none',
  colorSpaceConversion: 'none',
};

/** One canvas for all pictures: thousands of them would cost more than the decoding. */
let context: OffscreenCanvasRenderingContext2D | null = null;

function contextOf(width: number, height: number): OffscreenCanvasRenderingContext2D {
  if (context === null) {
    context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
    if (context === null)
      throw new LabError('INTERNAL', 'The browser gives no canvas to read pictures with.');
  }
  const { canvas } = context;
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  } else context.clearRect(0, 0, width, height);
  return context;
}

function pixelsOf(bitmap: ImageBitmap): Picture {
  const { width, height } = bitmap;
  if (width > MAX_SIDE || height > MAX_SIDE)
    throw new LabError(
      'PICTURE_TOO_LARGE',
      `The picture has ${width} × ${height} pixels; a side of more than ${MAX_SIDE} cannot be read here.`,
    );
  const drawn = contextOf(width, height);
  drawn.drawImage(bitmap, 0, 0);
  const { data } = drawn.getImageData(0, 0, width, height);
  return { width, height, channels: 4, data: new Uint8Array(data.buffer, data.byteOffset, data.byteLength) };
}

/**
 * Decodes with the browser. Drawing and reading back happen without a break, so that calls may overlap.
 *
 * @throws LabError PICTURE_DAMAGED, PICTURE_TOO_LARGE
 */
export const decodeInBrowser: PictureDecoder = async (bytes, { kind }) => {
  let bitmap: ImageBitmap;
  try {
    // Its bytes may be a part of a larger array, which a blob copies.
    const blob = new Blob([bytes as Uint8Array<ArrayBuffer>], { type: MEDIA_TYPES[kind] });
    bitmap = await createImageBitmap(blob, OPTIONS);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new LabError('PICTURE_DAMAGED', `The browser cannot decode this ${kind}: ${reason}`, { cause });
  }
  try {
    return pixelsOf(bitmap);
  } finally {
    bitmap.close();
  }
};
