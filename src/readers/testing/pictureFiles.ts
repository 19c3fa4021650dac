/** Picture files for tests: PNGs with their chunks, and the first bytes of other kinds. */
import { encode } from 'fast-png';
import { deflateSync, zlibSync } from 'fflate';
import { LabError } from '../../core/errors.ts';
import type { PictureDecoder } from '../imageReading.ts';
import { crc32 } from '../zip/crc32.ts';
import { joined } from './imageFiles.ts';

/** A PNG of eight bits a channel. */
export function pngBytes(
  width: number,
  height: number,
  channels: 1 | 2 | 3 | 4,
  data: Uint8Array,
): Uint8Array {
  return encode({ width, height, channels, depth: 8, data });
}

/** A PNG of one colour. */
export function plainPng(width: number, height: number, colour: readonly number[]): Uint8Array {
  const channels = colour.length as 1 | 2 | 3 | 4;
  const data = Uint8Array.from({ length: width * height * channels }, (_, i) => colour[i % channels]);
  return pngBytes(width, height, channels, data);
}

function bigEndian(value: number): number[] {
  return [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
}

/** A chunk with its checksum. */
export function pngChunk(type: string, content: ArrayLike<number>): Uint8Array {
  const body = joined(new TextEncoder().encode(type), content);
  return joined(bigEndian(content.length), body, bigEndian(crc32(body)));
}

export const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10];

/** A PNG from its header and its rows with their filters' bytes; other chunks go in front of the rows. */
export function rawPng(
  {
    width,
    height,
    depth,
    colourType,
    interlace = 0,
  }: Record<'width' | 'height' | 'depth' | 'colourType', number> & {
    interlace?: number;
  },
  rows: Uint8Array,
  ...chunks: Uint8Array[]
): Uint8Array {
  const header = [...bigEndian(width), ...bigEndian(height), depth, colourType, 0, 0, interlace];
  return joined(
    PNG_SIGNATURE,
    pngChunk('IHDR', header),
    ...chunks,
    pngChunk('IDAT', zlibSync(rows)),
    pngChunk('IEND', []),
  );
}

/** The header of a PNG that says nothing but its size, with rows that are none. */
export function claimedPng(width: number, height: number): Uint8Array {
  return rawPng({ width, height, depth: 8, colourType: 2 }, deflateSync(new Uint8Array(10)));
}

/** The first bytes of a JPEG: perhaps an orientation, notes in front of the size, and the size. */
export function jpegStart(
  width: number,
  height: number,
  { orientation = 0, components = 3, notes = 0, isLittle = true } = {},
): Uint8Array {
  const short = (value: number): number[] =>
    isLittle ? [value & 255, value >>> 8] : [value >>> 8, value & 255];
  const tag = [
    ...short(0x0112),
    ...short(3),
    ...(isLittle ? [1, 0, 0, 0] : [0, 0, 0, 1]),
    ...short(orientation),
    0,
    0,
  ];
  const tiff = isLittle ? [0x49, 0x49, 0x2a, 0, 8, 0, 0, 0] : [0x4d, 0x4d, 0, 0x2a, 0, 0, 0, 8];
  const exif = [0x45, 0x78, 0x69, 0x66, 0, 0, ...tiff, ...short(1), ...tag];
  const parts: ArrayLike<number>[] = [[0xff, 0xd8]];
  if (orientation > 0) parts.push([0xff, 0xe1, 0, exif.length + 2], exif);
  for (let left = notes; left > 0; left -= 60_000)
    parts.push([0xff, 0xec, 60_002 >>> 8, 60_002 & 255], new Uint8Array(60_000));
  const size = [8, height >>> 8, height & 255, width >>> 8, width & 255, components];
  parts.push([0xff, 0xc0, 0, 8 + 3 * components], size, new Uint8Array(3 * components), [0xff, 0xda, 0, 2]);
  return joined(...parts);
}

/** The first bytes of a GIF with two colours. */
export function gifStart(width: number, height: number, colours = [0, 0, 0, 255, 255, 255]): Uint8Array {
  const size = [width & 255, width >>> 8, height & 255, height >>> 8];
  return joined([0x47, 0x49, 0x46, 0x38, 0x39, 0x61], size, [0x80, 0, 0], colours, new Uint8Array(8));
}

/** A BMP of 24 bits a pixel, its rows from below. */
export function bmpBytes(width: number, height: number, rgb: Uint8Array): Uint8Array {
  const rowBytes = 4 * Math.ceil((width * 3) / 4);
  const bytes = new Uint8Array(54 + rowBytes * height);
  const view = new DataView(bytes.buffer);
  bytes.set([0x42, 0x4d]);
  view.setUint32(2, bytes.length, true);
  view.setUint32(10, 54, true);
  view.setUint32(14, 40, true);
  view.setInt32(18, width, true);
  view.setInt32(22, height, true);
  view.setUint16(26, 1, true);
  view.setUint16(28, 24, true);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let channel = 0; channel < 3; channel++)
        bytes[54 + (height - 1 - y) * rowBytes + 3 * x + 2 - channel] = rgb[(y * width + x) * 3 + channel];
  return bytes;
}

/** Stands in for a browser where no picture but a PNG is expected. */
export const decodeNothing: PictureDecoder = async (_, { kind }) => {
  throw new LabError('PICTURE_UNSUPPORTED', `No ${kind} is decoded here.`);
};

/** Decodes to one colour of the header's size: grey 100. */
export const decodeGrey: PictureDecoder = async (_, { width, height }) => {
  return {
    width,
    height,
    channels: 4,
    data: new Uint8Array(width * height * 4).fill(100).map((v, i) => (i % 4 === 3 ? 255 : v)),
  };
};
