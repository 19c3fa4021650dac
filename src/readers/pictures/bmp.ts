/**
 * BMP without compression, as Chromium reads it: 1 to 8 bits a pixel with a palette, 16, 24 and 32 bits of colours, rows
 * from below or from above, and headers from OS/2’s of 12 bytes to Windows’ fifth. Run lengths, and other formats packed
 * inside, are refused by name.
 */
import { LabError } from '../../core/errors.ts';
import type { Picture } from '../imageReading.ts';

/** Compression numbers of [MS-WMF] 2.1.1.7, and those of OS/2’s longer header. */
const AS_IS = 0;
const BIT_FIELDS = 3;
const ALPHA_BIT_FIELDS = 6;
const PACKED: ReadonlyMap<number, string> = new Map([
  [1, 'run lengths (RLE8)'],
  [2, 'run lengths (RLE4)'],
  [4, 'a JPEG inside'],
  [5, 'a PNG inside'],
]);

/** Sizes of the info headers of Windows: the third with none, three and four masks, the fourth and the fifth. */
const WITH_MASKS = [40, 52, 56, 108, 124];
/** Those of OS/2: the first, and the second as far as it is there. */
const OS2 = [12, 42, 44, 46, 48, 60, 64];
const INFO_AT = 14;

interface Layout {
  width: number;
  height: number;
  isFromAbove: boolean;
  bits: number;
  /** Where the rows begin, and how far one is from the next. */
  rowsAt: number;
  rowBytes: number;
  /** Red, green, blue and alpha of a pixel of 16 bits or more; 0 where there is none. */
  masks: readonly number[];
  /** Colours of up to 8 bits: where they begin, how many there are and how far apart. */
  palette: { at: number; colours: number; step: number };
}

const damaged = (what: string): LabError => new LabError('PICTURE_DAMAGED', `The BMP ${what}.`);
const unsupported = (what: string): LabError =>
  new LabError('PICTURE_UNSUPPORTED', `A BMP ${what} is not read here.`);

function masksOf(view: DataView, headerBytes: number, compression: number, bits: number): number[] {
  if (bits <= 8) return [0, 0, 0, 0];
  const inHeader = (index: number): number => view.getUint32(INFO_AT + 40 + 4 * index, true);
  const hasAlphaMask = headerBytes >= 56 || compression === ALPHA_BIT_FIELDS;
  let alpha = hasAlphaMask ? inHeader(3) : 0;
  // Of colours without masks only the fourth and fifth header say that there is alpha, in the uppermost byte.
  if (compression === AS_IS) alpha = alpha !== 0 && headerBytes >= 108 && bits === 32 ? 0xff000000 : 0;
  const colours =
    compression === AS_IS
      ? bits === 16
        ? [0x7c00, 0x3e0, 0x1f]
        : [0xff0000, 0xff00, 0xff]
      : [inHeader(0), inHeader(1), inHeader(2)];
  const masks = [...colours, alpha];
  if (masks.some((mask) => mask >= 2 ** bits)) throw damaged('has masks of more bits than its pixels');
  return masks;
}

/** Checks all that the header says against the file, before anything is allocated. */
function layoutOf(bytes: Uint8Array): Layout {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 26) throw damaged('breaks off within its header');
  const headerBytes = view.getUint32(INFO_AT, true);
  const isShort = headerBytes === 12;
  if (!WITH_MASKS.includes(headerBytes) && !OS2.includes(headerBytes))
    throw unsupported(`with a header of ${headerBytes} bytes`);
  if (bytes.length < INFO_AT + headerBytes) throw damaged('breaks off within its header');
  const bits = view.getUint16(isShort ? 24 : 28, true);
  const compression = isShort ? AS_IS : view.getUint32(30, true);
  const isWithMasks = compression === BIT_FIELDS || compression === ALPHA_BIT_FIELDS;
  const depths = isShort ? [1, 4, 8, 24] : [1, 2, 4, 8, 16, 24, 32];
  const isPlain = compression === AS_IS && depths.includes(bits);
  if (!isPlain && !(isWithMasks && WITH_MASKS.includes(headerBytes) && (bits === 16 || bits === 32)))
    throw unsupported(
      `of ${bits} bits a pixel with ${PACKED.get(compression) ?? `compression ${compression}`}`,
    );

  const width = isShort ? view.getUint16(18, true) : view.getInt32(18, true);
  const tall = isShort ? view.getUint16(20, true) : view.getInt32(22, true);
  const height = Math.abs(tall);
  if (width <= 0 || height === 0) throw damaged('has no pixels');

  // Of the short header of Windows the masks stand behind it.
  const masksBehind = isWithMasks && headerBytes === 40 ? (compression === ALPHA_BIT_FIELDS ? 16 : 12) : 0;
  const paletteAt = INFO_AT + headerBytes + masksBehind;
  if (bytes.length < paletteAt) throw damaged('breaks off within its masks');
  const step = isShort ? 3 : 4;
  const most = bits <= 8 ? 2 ** bits : 0;
  const said = isShort ? 0 : view.getUint32(46, true);
  const colours = said === 0 || said > most ? most : said;
  const paletteEnd = paletteAt + colours * step;
  if (bytes.length < paletteEnd) throw damaged('breaks off within its palette');
  const rowsAt = view.getUint32(10, true);
  const rowBytes = 4 * Math.ceil((width * bits) / 32);
  if (rowsAt + rowBytes * height > bytes.length)
    throw damaged(`breaks off within its rows: ${width} × ${height} pixels are said, of ${bits} bits`);
  return {
    width,
    height,
    isFromAbove: tall < 0,
    bits,
    rowsAt,
    rowBytes,
    masks: masksOf(view, headerBytes, compression, bits),
    palette: { at: paletteAt, colours, step },
  };
}

/** Bytes of all values of a field of a pixel: its upper eight bits, or fewer spread over 0 … 255, rounded. */
interface Field {
  mask: number;
  shift: number;
  values: Uint8Array;
}

function fieldOf(mask: number): Field {
  if (mask === 0) return { mask, shift: 0, values: new Uint8Array(1) };
  const low = 31 - Math.clz32(mask & -mask);
  const size = 32 - Math.clz32(mask) - low;
  if (mask >>> low !== 2 ** size - 1) throw damaged('has a mask with gaps');
  const kept = Math.min(size, 8);
  const most = 2 ** kept - 1;
  return {
    mask,
    shift: low + size - kept,
    values: Uint8Array.from({ length: most + 1 }, (_, value) => Math.round((value * 255) / most)),
  };
}

/** Colours of a palette as RGBA, 256 of them: what is not there is black. */
function paletteOf(bytes: Uint8Array, { at, colours, step }: Layout['palette']): Uint8Array {
  const palette = new Uint8Array(4 * 256);
  for (let colour = 0; colour < 256; colour++) {
    const from = at + colour * step;
    if (colour < colours) palette.set([bytes[from + 2], bytes[from + 1], bytes[from]], 4 * colour);
    palette[4 * colour + 3] = 255;
  }
  return palette;
}

type RowReader = (from: number, to: number) => void;

function readIndexed(bytes: Uint8Array, { width, bits, palette }: Layout, data: Uint8Array): RowReader {
  const colours = paletteOf(bytes, palette);
  const mask = (1 << bits) - 1;
  return (from, to) => {
    for (let x = 0, bit = 0; x < width; x++, bit += bits, to += 4) {
      const colour = 4 * ((bytes[from + (bit >>> 3)] >>> (8 - bits - (bit & 7))) & mask);
      for (let channel = 0; channel < 4; channel++) data[to + channel] = colours[colour + channel];
    }
  };
}

function readMasked(bytes: Uint8Array, { width, bits, masks }: Layout, data: Uint8Array): RowReader {
  for (let i = 0; i < 4; i++)
    for (let j = 0; j < i; j++) if ((masks[i] & masks[j]) !== 0) throw damaged('has masks that overlap');
  const fields = masks.map(fieldOf);
  const step = bits / 8;
  const hasAlpha = masks[3] !== 0;
  return (from, to) => {
    for (let x = 0; x < width; x++, from += step, to += 4) {
      let pixel = bytes[from] | (bytes[from + 1] << 8);
      if (step > 2) pixel |= bytes[from + 2] << 16;
      if (step > 3) pixel |= bytes[from + 3] << 24;
      for (let channel = 0; channel < 4; channel++) {
        const { mask, shift, values } = fields[channel];
        data[to + channel] = values[(pixel & mask) >>> shift];
      }
      if (!hasAlpha) data[to + 3] = 255;
    }
  };
}

/**
 * Pixels of a BMP, RGBA. What is allocated follows from rows that are there: at most 32 times the file.
 *
 * @throws LabError PICTURE_DAMAGED, PICTURE_UNSUPPORTED
 */
export function decodeBmp(bytes: Uint8Array): Picture {
  const layout = layoutOf(bytes);
  const { width, height, isFromAbove, bits, rowsAt, rowBytes } = layout;
  const data = new Uint8Array(4 * width * height);
  const readRow = (bits <= 8 ? readIndexed : readMasked)(bytes, layout, data);
  for (let y = 0; y < height; y++)
    readRow(rowsAt + y * rowBytes, 4 * width * (isFromAbove ? y : height - 1 - y));
  return { width, height, channels: 4, data };
}
