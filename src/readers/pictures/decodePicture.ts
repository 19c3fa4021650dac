/** A picture's file as pixels: PNG here, every other kind by the decoder of the surroundings. */
import { LabError } from '../../core/errors.ts';
import type { Picture, PictureDecoder } from '../imageReading.ts';
import { fullHeader, MAX_PICTURE_PIXELS, type FullHeader } from './header.ts';
import { decodePng, type PngOptions } from './png.ts';

/**
 * Refuses a picture by what its header says.
 *
 * @throws LabError PICTURE_TOO_LARGE
 */
export function checkPixels({ width, height }: { width: number; height: number }): void {
  if (width * height > MAX_PICTURE_PIXELS)
    throw new LabError(
      'PICTURE_TOO_LARGE',
      `The picture has ${width} × ${height} pixels; the limit is ${MAX_PICTURE_PIXELS} pixels.`,
    );
}

/** A picture of another kind than PNG, and whether it is what its header and its length say. */
export async function decodeByOthers(
  bytes: Uint8Array,
  header: FullHeader,
  decode: PictureDecoder,
): Promise<Picture> {
  const { kind, width, height, bits } = header;
  if (bits > 8)
    throw new LabError('PICTURE_UNSUPPORTED', `The ${kind} has ${bits} bits a value; only 8 are read.`);
  const picture = await decode(bytes, { kind, width, height });
  // Orientation may have changed the places of width and height.
  const isSize = picture.width * picture.height === width * height && picture.data.length >= width * height;
  if (!isSize || picture.data.length !== width * height * picture.channels)
    throw new LabError(
      'PICTURE_DAMAGED',
      `The picture decodes to ${picture.width} × ${picture.height} pixels; its header says ${width} × ${height}.`,
    );
  return picture;
}

/**
 * Pixels of a picture, its orientation applied. Its size is taken from the header and checked before anything is
 * decoded.
 *
 * @throws LabError PICTURE_DAMAGED, PICTURE_TOO_LARGE, PICTURE_UNSUPPORTED
 */
export async function decodePicture(
  bytes: Uint8Array,
  decode: PictureDecoder,
  options: PngOptions = {},
): Promise<Picture> {
  const header = fullHeader(bytes);
  if (header === null)
    throw new LabError(
      'PICTURE_UNSUPPORTED',
      `The file of ${bytes.length} bytes does not begin as a PNG, JPEG, WebP, GIF or BMP does.`,
    );
  checkPixels(header);
  return header.kind === 'png' ? decodePng(bytes, options) : decodeByOthers(bytes, header, decode);
}
