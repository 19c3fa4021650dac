/** Values of a page as hyparquet decodes them, each size checked before it is believed, a piece at a time. */
import type { DataReader, Encoding, ParquetType } from 'hyparquet';
import { deltaBinaryUnpack } from 'hyparquet/src/delta.js';
import { readPlain } from 'hyparquet/src/plain.js';
import { readRuns } from './runs.ts';
import { readVarint, viewOf } from './thrift.ts';

/** By type: numbers, truths (0 or 1 where they come as numbers), the bytes of strings, and 12 bytes of an INT96. */
export type Values =
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | Float32Array
  | Float64Array
  | boolean[]
  | Uint8Array[];

export type Value = Values[number];

/** An encoding that is not read; PARQUET_UNSUPPORTED. */
export class UnsupportedEncoding extends Error {}

/** Largest page that is taken apart. Writers make pages of about a megabyte, fastparquet of a whole chunk. */
export const MAX_PAGE_BYTES = 2 ** 28;

/** Values of a piece: strings are an object each. */
const PIECE = 65_536;

const WIDTHS: Partial<Record<ParquetType, number>> = { INT32: 4, FLOAT: 4, INT64: 8, DOUBLE: 8, INT96: 12 };

/** Bytes of a value, 0 of truths and of strings of any length. */
export function byteWidth(type: ParquetType, typeLength: number | undefined): number {
  if (type !== 'FIXED_LEN_BYTE_ARRAY') return WIDTHS[type] ?? 0;
  if (typeLength === undefined || !(typeLength > 0)) throw new RangeError('a fixed string has no length');
  return typeLength;
}

function* plain(bytes: Uint8Array, type: ParquetType, width: number, count: number): Generator<Values> {
  const reader = { view: viewOf(bytes), offset: 0 };
  for (let from = 0; from < count; from += PIECE) {
    // hyparquet's own INT96 does not keep a sign.
    const read = type === 'INT96' ? 'FIXED_LEN_BYTE_ARRAY' : type;
    const values = readPlain(reader, read, Math.min(PIECE, count - from), width) as Values;
    // Strings are cut from the buffer, which may go on.
    if (reader.offset > bytes.length) throw new RangeError('a string is cut off');
    yield values;
  }
}

/** Plain values whose bytes were split into a stream each: hyparquet's reader makes all objects of a page at once. */
function joinStreams(bytes: Uint8Array, width: number, count: number): Uint8Array {
  const joined = new Uint8Array(count * width);
  for (let b = 0; b < width; b++)
    for (let i = 0; i < count; i++) joined[i * width + b] = bytes[b * count + i];
  return joined;
}

/** Integers by their differences, once their blocks were walked: hyparquet follows any size, even backwards. */
function readDeltas<T extends Int32Array | BigInt64Array>(reader: DataReader, out: T): T {
  const ahead = { ...reader };
  const block = readVarint(ahead);
  const miniblocks = readVarint(ahead);
  const values = block / miniblocks;
  if (!(miniblocks > 0 && values > 0 && values % 32 === 0)) throw new RangeError('blocks of no size');
  readVarint(ahead);
  readVarint(ahead);
  for (let left = out.length - 1; left > 0;) {
    readVarint(ahead);
    const widths = ahead.offset;
    ahead.offset += miniblocks;
    for (let k = 0; k < miniblocks && left > 0; k++, left -= values)
      ahead.offset += (ahead.view.getUint8(widths + k) * values) / 8;
    if (ahead.offset > ahead.view.byteLength) throw new RangeError('differences are cut off');
  }
  if (out.length > 0) deltaBinaryUnpack(reader, out.length, out);
  return out;
}

/** Strings by their lengths, and by what they share with the one before: hyparquet believes either. */
function* deltaStrings(
  bytes: Uint8Array,
  prefixed: boolean,
  width: number,
  count: number,
): Generator<Values> {
  const reader = { view: viewOf(bytes), offset: 0 };
  const shared = prefixed ? readDeltas(reader, new Int32Array(count)) : new Int32Array(count);
  const lengths = readDeltas(reader, new Int32Array(count));
  let { offset } = reader;
  let total = 0;
  let string: Uint8Array = new Uint8Array(0);
  for (let from = 0; from < count; from += PIECE) {
    const piece: Uint8Array[] = [];
    for (let k = from; k < count && k < from + PIECE; k++) {
      const prefix = string.subarray(0, shared[k]);
      const suffix = bytes.subarray(offset, offset + lengths[k]);
      total += prefix.length + suffix.length;
      if (prefix.length !== shared[k] || suffix.length !== lengths[k] || total > MAX_PAGE_BYTES)
        throw new RangeError('a string is cut off or too long');
      offset += suffix.length;
      string = suffix;
      if (prefix.length > 0) {
        string = new Uint8Array(prefix.length + suffix.length);
        string.set(prefix);
        string.set(suffix, prefix.length);
      }
      if (width > 0 && string.length !== width) throw new RangeError('a fixed string of another length');
      piece.push(string);
    }
    yield piece;
  }
}

/**
 * The values of a page, dictionary entries aside.
 *
 * @param width of a value in bytes, as `byteWidth` has it
 * @returns pieces that are decoded as they are asked for, which may throw as well
 * @throws UnsupportedEncoding, or RangeError when the bytes do not hold the values
 */
export function readValues(
  bytes: Uint8Array,
  encoding: Encoding,
  type: ParquetType,
  width: number,
  count: number,
): Iterable<Values> {
  const reader = { view: viewOf(bytes), offset: 0 };
  const split = encoding === 'BYTE_STREAM_SPLIT' && width > 0;
  if (split || encoding === 'PLAIN' || encoding === 'PLAIN_DICTIONARY') {
    // Of strings the length alone takes four bytes.
    const least = type === 'BOOLEAN' ? 1 / 8 : width || 4;
    if (count * least > bytes.length) throw new RangeError('values are cut off');
    return plain(split ? joinStreams(bytes, width, count) : bytes, type, width, count);
  }
  // Four bytes of length stand in front, which the page's own end makes superfluous.
  if (encoding === 'RLE' && type === 'BOOLEAN') return [readRuns(bytes.subarray(4), 1, count)];
  if (encoding === 'DELTA_BINARY_PACKED' && (type === 'INT32' || type === 'INT64'))
    return [readDeltas(reader, type === 'INT32' ? new Int32Array(count) : new BigInt64Array(count))];
  const strings = type === 'BYTE_ARRAY' || type === 'FIXED_LEN_BYTE_ARRAY';
  if (strings && (encoding === 'DELTA_BYTE_ARRAY' || encoding === 'DELTA_LENGTH_BYTE_ARRAY'))
    return deltaStrings(bytes, encoding === 'DELTA_BYTE_ARRAY', width, count);
  throw new UnsupportedEncoding(`${encoding} of ${type}`);
}
