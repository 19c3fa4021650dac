/**
 * Kind and size of a picture from the first bytes of its file, before anything is decoded: what is too large is
 * refused by what it says, and what says nothing sensible is no picture.
 */
import type { PictureHeader } from '../imageReading.ts';

/** What the first bytes of a picture say. */
export interface FullHeader extends PictureHeader {
  /** EXIF orientation of a JPEG, 1 … 8; 1 of everything else. From 5 on width and height change places. */
  orientation: number;
  /** Whether it is stored as grey: one component, or a palette of greys. */
  isGrey: boolean;
  /** Bits of a sample of a PNG or a JPEG; 8 of everything else. */
  bits: number;
}

/** Most pixels of one picture. */
export const MAX_PICTURE_PIXELS = 64 * 1024 * 1024;

/** Bytes after which the header of nearly every picture is known; JPEGs with large notes in front may need more. */
export const HEADER_BYTES = 64 * 1024;

/** Bytes of a JPEG that are looked through at most: notes in front of the picture are 64 KB each. */
const MOST_JPEG_BYTES = 16 * 1024 * 1024;

function uint16(bytes: Uint8Array, at: number): number {
  return (bytes[at] << 8) | bytes[at + 1];
}

function uint32(bytes: Uint8Array, at: number): number {
  return ((bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3]) >>> 0;
}

function uint16Little(bytes: Uint8Array, at: number): number {
  return bytes[at] | (bytes[at + 1] << 8);
}

function uint32Little(bytes: Uint8Array, at: number): number {
  return (bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24)) >>> 0;
}

function begins(bytes: Uint8Array, text: string, at = 0): boolean {
  if (at + text.length > bytes.length) return false;
  for (let i = 0; i < text.length; i++) if (bytes[at + i] !== text.charCodeAt(i)) return false;
  return true;
}

/** Whether the colours of a palette, `step` bytes each, are all greys; false where it is not there as a whole. */
function isGreyPalette(bytes: Uint8Array, from: number, colours: number, step: number): boolean {
  if (colours === 0 || from + colours * step > bytes.length) return false;
  for (let at = from; at < from + colours * step; at += step)
    if (bytes[at] !== bytes[at + 1] || bytes[at] !== bytes[at + 2]) return false;
  return true;
}

/** Whether the file begins as a PNG does. */
export function isPng(bytes: Uint8Array): boolean {
  return bytes.length >= 8 && uint32(bytes, 0) === 0x89504e47 && uint32(bytes, 4) === 0x0d0a1a0a;
}

function pngHeader(bytes: Uint8Array): FullHeader | null {
  // The IHDR chunk comes first and has 13 bytes.
  if (bytes.length < 33 || uint32(bytes, 8) !== 13 || !begins(bytes, 'IHDR', 12)) return null;
  const colourType = bytes[25];
  let isGrey = colourType === 0 || colourType === 4;
  if (colourType === 3) {
    let at = 33;
    while (at + 8 <= bytes.length && !begins(bytes, 'PLTE', at + 4) && !begins(bytes, 'IDAT', at + 4))
      at += 12 + uint32(bytes, at);
    if (begins(bytes, 'PLTE', at + 4))
      isGrey = isGreyPalette(bytes, at + 8, Math.floor(uint32(bytes, at) / 3), 3);
  }
  const width = uint32(bytes, 16);
  return { kind: 'png', width, height: uint32(bytes, 20), orientation: 1, isGrey, bits: bytes[24] };
}

/** The orientation tag (0x0112) of the first directory of an EXIF block, which begins with a TIFF header; else 1. */
function exifOrientation(bytes: Uint8Array, tiff: number, end: number): number {
  const isLittle = begins(bytes, 'II*\0', tiff);
  if (!isLittle && !begins(bytes, 'MM\0*', tiff)) return 1;
  const short = isLittle ? uint16Little : uint16;
  const directory = tiff + (isLittle ? uint32Little : uint32)(bytes, tiff + 4);
  if (directory + 2 > end) return 1;
  const tags = short(bytes, directory);
  for (let i = 0, at = directory + 2; i < tags && at + 12 <= end; i++, at += 12) {
    if (short(bytes, at) !== 0x0112) continue;
    const orientation = short(bytes, at + 8);
    return orientation >= 1 && orientation <= 8 ? orientation : 1;
  }
  return 1;
}

/**
 * Walks from marker to marker to the one that starts the frame (ITU T.81, B.2.2). Bytes between two segments that belong
 * to none are passed over, as decoders do.
 */
function jpegHeader(bytes: Uint8Array): FullHeader | null {
  const end = Math.min(bytes.length, MOST_JPEG_BYTES);
  let orientation = 1;
  let at = 2;
  while (at + 4 <= end) {
    const marker = bytes[at + 1];
    if (bytes[at] !== 0xff || marker === 0) {
      at++;
      continue;
    }
    // Bytes 0xFF may fill the space in front of a marker; RST and TEM stand alone.
    if (marker === 0xff) {
      at++;
      continue;
    }
    if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7)) {
      at += 2;
      continue;
    }
    if (marker === 0xd9 || marker === 0xda) return null;
    const length = uint16(bytes, at + 2);
    if (length < 2) return null;
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (isFrame) {
      if (length < 8 || at + 10 > end) return null;
      const isGrey = bytes[at + 9] === 1;
      return {
        kind: 'jpeg',
        width: uint16(bytes, at + 7),
        height: uint16(bytes, at + 5),
        orientation,
        isGrey,
        bits: bytes[at + 4],
      };
    }
    if (marker === 0xe1 && begins(bytes, 'Exif\0\0', at + 4))
      orientation = exifOrientation(bytes, at + 10, Math.min(end, at + 2 + length));
    at += 2 + length;
  }
  return null;
}

function webpHeader(bytes: Uint8Array): FullHeader | null {
  const size = (width: number, height: number): FullHeader => {
    return { kind: 'webp', width, height, orientation: 1, isGrey: false, bits: 8 };
  };
  if (bytes.length < 30) return null;
  if (begins(bytes, 'VP8X', 12)) {
    const width = 1 + (bytes[24] | (bytes[25] << 8) | (bytes[26] << 16));
    return size(width, 1 + (bytes[27] | (bytes[28] << 8) | (bytes[29] << 16)));
  }
  if (begins(bytes, 'VP8L', 12) && bytes[20] === 0x2f) {
    const packed = uint32Little(bytes, 21);
    return size(1 + (packed & 0x3fff), 1 + ((packed >>> 14) & 0x3fff));
  }
  if (begins(bytes, 'VP8 ', 12) && bytes[23] === 0x9d && bytes[24] === 0x01 && bytes[25] === 0x2a)
    return size(uint16Little(bytes, 26) & 0x3fff, uint16Little(bytes, 28) & 0x3fff);
  return null;
}

function gifHeader(bytes: Uint8Array): FullHeader | null {
  if (bytes.length < 13) return null;
  const isGrey = (bytes[10] & 0x80) !== 0 && isGreyPalette(bytes, 13, 2 << (bytes[10] & 7), 3);
  return {
    kind: 'gif',
    width: uint16Little(bytes, 6),
    height: uint16Little(bytes, 8),
    orientation: 1,
    isGrey,
    bits: 8,
  };
}

function bmpHeader(bytes: Uint8Array): FullHeader | null {
  if (bytes.length < 26) return null;
  const headerBytes = uint32Little(bytes, 14);
  if (headerBytes === 12) {
    const width = uint16Little(bytes, 18);
    return { kind: 'bmp', width, height: uint16Little(bytes, 20), orientation: 1, isGrey: false, bits: 8 };
  }
  if (headerBytes < 40 || headerBytes > 124 || bytes.length < 54) return null;
  const width = uint32Little(bytes, 18) | 0;
  // A negative height says that the first row is the uppermost.
  const height = Math.abs(uint32Little(bytes, 22) | 0);
  if (width <= 0) return null;
  const bits = uint16Little(bytes, 28);
  const colours = uint32Little(bytes, 46) || 2 ** bits;
  const isGrey = bits <= 8 && colours <= 256 && isGreyPalette(bytes, 14 + headerBytes, colours, 4);
  return { kind: 'bmp', width, height, orientation: 1, isGrey, bits: 8 };
}

/**
 * Kind, size, orientation and colour of a picture.
 *
 * @param bytes the beginning of its file: HEADER_BYTES are nearly always enough
 * @returns null when it is none of the kinds that are read, or its header is damaged or not there as a whole
 */
export function fullHeader(bytes: Uint8Array): FullHeader | null {
  let header: FullHeader | null = null;
  if (isPng(bytes)) header = pngHeader(bytes);
  else if (bytes.length > 3 && bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff)
    header = jpegHeader(bytes);
  else if (begins(bytes, 'RIFF') && begins(bytes, 'WEBP', 8)) header = webpHeader(bytes);
  else if (begins(bytes, 'GIF87a') || begins(bytes, 'GIF89a')) header = gifHeader(bytes);
  else if (begins(bytes, 'BM')) header = bmpHeader(bytes);
  return header !== null && header.width > 0 && header.height > 0 ? header : null;
}

/** Kind and size of a picture as its header says; null when there is no header of a known kind. */
export function pictureHeader(bytes: Uint8Array): PictureHeader | null {
  const header = fullHeader(bytes);
  return header === null ? null : { kind: header.kind, width: header.width, height: header.height };
}

/** Size of the picture as it is looked at: its orientation applied. */
export function uprightSize(header: FullHeader): { width: number; height: number } {
  return header.orientation >= 5
    ? { width: header.height, height: header.width }
    : { width: header.width, height: header.height };
}

/** Whether a file's name is that of a picture. */
export function isPictureName(path: string): boolean {
  return /\.(png|jpe?g|jfif|webp|gif|bmp|dib)$/i.test(path);
}
