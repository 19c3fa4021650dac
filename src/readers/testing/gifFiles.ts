/** GIFs for tests: blocks in their order, pixels packed as programs pack them. */
import { joined } from './imageFiles.ts';

const MOST_CODES = 4096;

/** Packs values of `rootBits` bits, in blocks of 255 bytes at most; codes are as long as those that may follow. */
export function packLzw(
  values: ArrayLike<number>,
  rootBits: number,
  { isEnded = true, startsClear = true, clearsWhenFull = true } = {},
): Uint8Array {
  const clear = 1 << rootBits;
  const bytes: number[] = [];
  let held = 0;
  let heldBits = 0;
  let bits = rootBits + 1;
  let next = clear + 2;
  let codes = new Map<string, number>();
  const put = (code: number): void => {
    held |= code << heldBits;
    for (heldBits += bits; heldBits >= 8; heldBits -= 8, held >>>= 8) bytes.push(held & 255);
  };
  const codeOf = (text: string): number => (text.length === 1 ? text.charCodeAt(0) : codes.get(text)!);
  if (startsClear) put(clear);
  let text = '';
  for (let k = 0; k < values.length; k++) {
    const longer = text + String.fromCharCode(values[k]);
    if (longer.length === 1 || codes.has(longer)) {
      text = longer;
      continue;
    }
    put(codeOf(text));
    text = longer.at(-1)!;
    if (next < MOST_CODES) {
      codes.set(longer, next++);
      // Who reads knows a code one step later than who writes.
      if (next - 1 === 1 << bits && bits < 12) bits++;
    } else if (clearsWhenFull) {
      put(clear);
      codes = new Map();
      bits = rootBits + 1;
      next = clear + 2;
    }
  }
  if (text !== '') put(codeOf(text));
  if (isEnded) {
    if (next === 1 << bits && bits < 12) bits++;
    put(clear + 1);
  }
  if (heldBits > 0) bytes.push(held & 255);
  const blocks: ArrayLike<number>[] = [];
  for (let at = 0; at < bytes.length; at += 255) {
    const block = bytes.slice(at, at + 255);
    blocks.push([block.length], block);
  }
  return joined([rootBits], ...blocks, [0]);
}

const short = (value: number): number[] => [value & 255, (value >>> 8) & 255];

/** Signature, size and perhaps a table of colours, whose number is a power of two. */
export function gifScreen(width: number, height: number, table: ArrayLike<number> = []): Uint8Array {
  const flags = table.length === 0 ? 0 : 0x80 | (Math.log2(table.length / 3) - 1);
  return joined(new TextEncoder().encode('GIF89a'), short(width), short(height), [flags, 0, 0], table);
}

/** The extension in front of a frame that names its transparent colour. */
export function graphicControl(transparent: number | null): Uint8Array {
  return joined([0x21, 0xf9, 4, transparent === null ? 0 : 1, 0, 0, transparent ?? 0, 0]);
}

interface FrameOptions {
  left?: number;
  top?: number;
  table?: ArrayLike<number>;
  isInterlaced?: boolean;
}

/** The head of a frame; its pixels follow, packed. */
export function gifFrame(
  width: number,
  height: number,
  { left = 0, top = 0, table = [], isInterlaced = false }: FrameOptions = {},
): Uint8Array {
  const flags =
    (table.length === 0 ? 0 : 0x80 | (Math.log2(table.length / 3) - 1)) | (isInterlaced ? 0x40 : 0);
  return joined([0x2c], short(left), short(top), short(width), short(height), [flags], table);
}

export const GIF_END = [0x3b];

/** A GIF of greys. */
export function greyGif(width: number, height: number, greys: Uint8Array): Uint8Array {
  const table = Uint8Array.from({ length: 3 * 256 }, (_, i) => Math.floor(i / 3));
  return joined(gifScreen(width, height, table), gifFrame(width, height), packLzw(greys, 8), GIF_END);
}
