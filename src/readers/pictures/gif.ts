/**
 * The first frame of a GIF (GIF89a, CompuServe 1990), as Chromium shows it: laid on nothing, where the frame does not reach
 * or its transparent colour stands.
 */
import { LabError } from '../../core/errors.ts';
import type { Picture } from '../imageReading.ts';
import { checkPixels } from './decodePicture.ts';
import { unpackLzw } from './lzw.ts';

const HEADER_BYTES = 13;
const EXTENSION = 0x21;
const GRAPHIC_CONTROL = 0xf9;
const FRAME = 0x2c;

/** Rows of an interlaced frame: where each pass begins, and how far its rows are apart. */
const PASSES = [
  [0, 8],
  [4, 8],
  [2, 4],
  [1, 2],
] as const;

const damaged = (what: string): LabError => new LabError('PICTURE_DAMAGED', `The GIF ${what}.`);

/** Reads on through a file, and never beyond its end. */
class Cursor {
  readonly bytes: Uint8Array;
  at = HEADER_BYTES;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  take(count: number): Uint8Array {
    if (this.at + count > this.bytes.length) throw damaged('breaks off before its first picture is whole');
    return this.bytes.subarray(this.at, (this.at += count));
  }

  byte(): number {
    return this.take(1)[0];
  }

  /** Sub-blocks up to the empty one that ends them: one at a time, since a file may hold millions. */
  *blocks(): Generator<Uint8Array> {
    for (let length = this.byte(); length > 0; length = this.byte()) yield this.take(length);
  }
}

const uint16 = (bytes: Uint8Array, at: number): number => bytes[at] | (bytes[at + 1] << 8);

/** Colours of a table, 256 of them as RGBA: what is not there is black. */
function coloursOf(table: Uint8Array): Uint8Array {
  const colours = new Uint8Array(4 * 256);
  for (let colour = 0; colour < 256; colour++) {
    colours.set(table.subarray(3 * colour, 3 * colour + 3), 4 * colour);
    colours[4 * colour + 3] = 255;
  }
  return colours;
}

/** The table that flags announce, if they do. */
function tableOf(cursor: Cursor, flags: number): Uint8Array | null {
  return (flags & 0x80) === 0 ? null : cursor.take(3 * (2 << (flags & 7)));
}

/** Rows of a frame in the order in which they are stored. */
function rowOrder(height: number, isInterlaced: boolean): Uint32Array {
  const order = new Uint32Array(height);
  let row = 0;
  for (const [first, step] of isInterlaced ? PASSES : ([[0, 1]] as const))
    for (let y = first; y < height; y += step) order[row++] = y;
  return order;
}

/**
 * Pixels of the first frame, RGBA, on the whole screen of the file.
 *
 * @throws LabError PICTURE_DAMAGED, PICTURE_TOO_LARGE
 */
export function decodeGif(bytes: Uint8Array): Picture {
  if (bytes.length < HEADER_BYTES) throw damaged('breaks off within its header');
  const width = uint16(bytes, 6);
  const height = uint16(bytes, 8);
  checkPixels({ width, height });
  const cursor = new Cursor(bytes);
  const shared = tableOf(cursor, bytes[10]);
  let transparent = -1;
  for (let mark = cursor.byte(); mark !== FRAME; mark = cursor.byte()) {
    if (mark !== EXTENSION) throw damaged('has no picture');
    const label = cursor.byte();
    for (const block of cursor.blocks())
      if (label === GRAPHIC_CONTROL && block.length === 4) transparent = (block[0] & 1) === 0 ? -1 : block[3];
  }

  const frame = cursor.take(9);
  const [left, top, frameWidth, frameHeight] = [0, 2, 4, 6].map((at) => uint16(frame, at));
  if (left + frameWidth > width || top + frameHeight > height)
    throw damaged(`has a frame that reaches beyond its ${width} × ${height} pixels`);
  const colours = coloursOf(tableOf(cursor, frame[8]) ?? shared ?? new Uint8Array(0));
  if (transparent >= 0) colours.fill(0, 4 * transparent, 4 * transparent + 4);
  const rootBits = cursor.byte();
  if (rootBits > 8) throw damaged(`has codes of ${rootBits} bits`);
  // A code has a bit or more, and stands for 4,095 pixels at most.
  if (frameWidth * frameHeight > 8 * 4095 * (bytes.length - cursor.at))
    throw damaged('has fewer pixels than its size says');
  const indices = new Uint8Array(frameWidth * frameHeight);
  if (indices.length > 0 && unpackLzw(cursor.blocks(), rootBits, indices) < indices.length)
    throw damaged('has fewer pixels than its size says');
  // What follows the pixels is not looked at, but has to be there.
  for (const _ of cursor.blocks());

  const data = new Uint8Array(4 * width * height);
  const order = rowOrder(frameHeight, (frame[8] & 0x40) !== 0);
  for (let row = 0, from = 0; row < frameHeight; row++) {
    let to = 4 * ((top + order[row]) * width + left);
    for (let x = 0; x < frameWidth; x++, from++, to += 4) {
      const colour = 4 * indices[from];
      for (let channel = 0; channel < 4; channel++) data[to + channel] = colours[colour + channel];
    }
  }
  return { width, height, channels: 4, data };
}
