/**
 * A PNG taken apart: its chunks are checked, and its rows inflated to the size that its header declares. Nothing that the
 * file says is believed before it is checked; profiles, texts and times are not looked at. What is wrong but costs no
 * pixel is told and passed over, as browsers and Pillow do.
 */
import { LabError } from '../../core/errors.ts';
import { crc32 } from '../zip/crc32.ts';
import { inflateExactly, inflateFirst } from '../../core/bits/inflate.ts';
import { isPng, MAX_PICTURE_PIXELS } from './header.ts';

/** Most bytes of all rows of one picture. */
const MAX_ROW_BYTES = 256 * 1024 * 1024;

/** Samples of a pixel per colour type, and the bit depths that it may have; null where there is no such type. */
const COLOUR_TYPES = [
  { samples: 1, depths: [1, 2, 4, 8, 16] },
  null,
  { samples: 3, depths: [8, 16] },
  { samples: 1, depths: [1, 2, 4, 8] },
  { samples: 2, depths: [8, 16] },
  null,
  { samples: 4, depths: [8, 16] },
] as const;

export const GREY = 0;
export const TRUE_COLOUR = 2;
export const INDEXED = 3;

const IHDR = 0x49484452;
const PLTE = 0x504c5445;
const TRNS = 0x74524e53;
const IDAT = 0x49444154;
const IEND = 0x49454e44;

export function damagedPng(what: string): LabError {
  return new LabError('PICTURE_DAMAGED', `The PNG is damaged: ${what}.`);
}

export interface PngParts {
  width: number;
  height: number;
  depth: number;
  colourType: number;
  samples: number;
  isInterlaced: boolean;
  palette: Uint8Array | null;
  transparency: Uint8Array | null;
  /** The zlib stream of all rows. */
  packed: Uint8Array;
  /** Why nothing was read behind the rows; null where the end is there. */
  broken: LabError | null;
}

/** Is told what is wrong with a picture that is read all the same. */
export type TellMended = (what: string) => void;

function readHeader(bytes: Uint8Array, view: DataView): PngParts {
  const width = view.getUint32(16);
  const height = view.getUint32(20);
  const depth = bytes[24];
  const colourType = bytes[25];
  const type = colourType < COLOUR_TYPES.length ? COLOUR_TYPES[colourType] : null;
  if (type === null || !(type.depths as readonly number[]).includes(depth))
    throw damagedPng(`colour type ${colourType} with ${depth} bits does not exist`);
  if (width === 0 || height === 0) throw damagedPng(`it is ${width} × ${height} pixels`);
  if (width * height > MAX_PICTURE_PIXELS)
    throw new LabError(
      'PICTURE_TOO_LARGE',
      `The PNG has ${width} × ${height} pixels; the limit is ${MAX_PICTURE_PIXELS} pixels.`,
    );
  if (bytes[26] !== 0 || bytes[27] !== 0 || bytes[28] > 1)
    throw damagedPng('its way of compression, filtering or interlacing does not exist');
  return {
    width,
    height,
    depth,
    colourType,
    samples: type.samples,
    isInterlaced: bytes[28] === 1,
    palette: null,
    transparency: null,
    packed: bytes.subarray(0, 0),
    broken: null,
  };
}

function paletteOf(content: Uint8Array): Uint8Array {
  const { length } = content;
  if (length === 0 || length % 3 !== 0 || length > 768) throw damagedPng(`its palette has ${length} bytes`);
  return content;
}

/**
 * Reads the chunks that pixels depend on, each against its checksum. Where chunks of rows break off or are damaged, those
 * in front of it are kept: whether they are all that is needed is seen when they are inflated.
 *
 * @throws LabError PICTURE_DAMAGED, PICTURE_TOO_LARGE
 */
export function takeApart(bytes: Uint8Array): PngParts {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!isPng(bytes) || bytes.length < 33 || view.getUint32(8) !== 13 || view.getUint32(12) !== IHDR)
    throw damagedPng('its header is missing');
  const parts = readHeader(bytes, view);
  const data: Uint8Array[] = [];
  let dataBytes = 0;
  const addData = (content: Uint8Array): void => {
    data.push(content);
    dataBytes += content.length;
  };
  let at = 8;
  for (let type = 0; type !== IEND;) {
    const from = at + 8;
    const to = from > bytes.length ? Infinity : from + view.getUint32(at);
    if (to + 4 > bytes.length) {
      if (from <= bytes.length && view.getUint32(at + 4) === IDAT) addData(bytes.subarray(from, to));
      parts.broken = damagedPng(`it breaks off after ${bytes.length} bytes`);
      break;
    }
    type = view.getUint32(at + 4);
    if (type === IHDR || type === PLTE || type === TRNS || type === IDAT) {
      if (crc32(bytes, at + 4, to) !== view.getUint32(to)) {
        const wrong = damagedPng('a checksum does not match');
        if (type !== IDAT) throw wrong;
        parts.broken = wrong;
        break;
      }
      const content = bytes.subarray(from, to);
      if (type === IHDR && at !== 8) throw damagedPng('it has two headers');
      // Colours that are only suggested to a screen of few are nobody's business.
      if (type === PLTE && parts.colourType === INDEXED) parts.palette = paletteOf(content);
      else if (type === TRNS) parts.transparency = content;
      else if (type === IDAT) addData(content);
    }
    at = to + 4;
  }
  if (data.length === 1) parts.packed = data[0];
  else {
    parts.packed = new Uint8Array(dataBytes);
    let to = 0;
    for (const piece of data) {
      parts.packed.set(piece, to);
      to += piece.length;
    }
  }
  return parts;
}

/** Bytes of the rows of a picture, each with its filter's byte in front. */
function bytesOfRows(width: number, height: number, bitsPerPixel: number): number {
  return width === 0 ? 0 : height * (1 + Math.ceil((width * bitsPerPixel) / 8));
}

/** A picture whose rows follow each other: all of a PNG, or one of the seven that an interlaced one consists of. */
export interface PngPass {
  width: number;
  height: number;
  /** Where its rows begin and end among all rows. */
  from: number;
  to: number;
  /** Where its pixels go: the first one, and the steps to the next. */
  x: number;
  y: number;
  stepX: number;
  stepY: number;
}

/** Beginnings and steps of the seven pictures of an interlaced PNG: x, y, step of x, step of y. */
export const ADAM7 = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

/** The pictures that the rows are, one after the other; those of no pixels are among them. */
export function passesOf({ width, height, depth, samples, isInterlaced }: PngParts): PngPass[] {
  let from = 0;
  return (isInterlaced ? ADAM7 : [[0, 0, 1, 1] as const]).map(([x, y, stepX, stepY]) => {
    const size = { width: Math.ceil((width - x) / stepX), height: Math.ceil((height - y) / stepY) };
    const to = from + bytesOfRows(size.width, size.height, depth * samples);
    const pass = { ...size, from, to, x, y, stepX, stepY };
    from = to;
    return pass;
  });
}

/**
 * Inflates the rows: as many bytes as the header declares, whatever follows them.
 *
 * @throws LabError PICTURE_DAMAGED, PICTURE_TOO_LARGE
 */
export function rowsOf(parts: PngParts, tellMended: TellMended): Uint8Array {
  const expected = passesOf(parts).at(-1)!.to;
  if (expected > MAX_ROW_BYTES)
    throw new LabError(
      'PICTURE_TOO_LARGE',
      `The PNG has ${expected} bytes of pixels; the limit is ${MAX_ROW_BYTES}.`,
    );
  const { packed, broken } = parts;
  // A zlib header: deflate with a window of at most 32 KB, no dictionary, divisible by 31.
  const isZlib =
    packed.length > 2 &&
    (packed[0] & 0x0f) === 8 &&
    packed[0] >>> 4 <= 7 &&
    (packed[1] & 0x20) === 0 &&
    ((packed[0] << 8) | packed[1]) % 31 === 0;
  const deflated = packed.subarray(2);
  let rows = isZlib ? inflateExactly(deflated, expected) : null;
  if (rows === null && isZlib) {
    rows = inflateFirst(deflated, expected);
    if (rows !== null && broken === null) tellMended('its data do not end with its last row');
  }
  if (rows === null)
    throw broken ?? damagedPng(`it does not inflate to the ${expected} bytes that its header declares`);
  if (broken !== null) tellMended('its end is missing or damaged');
  return rows;
}
