/** Values of a page as bytes: all of one width, or each with its own length. */
import { deltaBinaryUnpack, deltaByteArray, deltaLengthByteArray } from 'hyparquet/src/delta.js';
import type { Encoding, ParquetType } from 'hyparquet';
import { readHybrid, type Cursor } from './hybrid.ts';

/** Packed values without gaps: little-endian integers and floats, one byte for a boolean, or fixed strings. */
interface FixedValues {
  kind: 'fixed';
  count: number;
  width: number;
  bytes: Uint8Array;
}

/** Strings: value k is bytes[starts[k]] … bytes[ends[k]] − 1. */
interface StringValues {
  kind: 'strings';
  count: number;
  bytes: Uint8Array;
  starts: Uint32Array;
  ends: Uint32Array;
}

export type PageValues = FixedValues | StringValues;

/** An encoding that is not read; PARQUET_UNSUPPORTED. */
export class UnsupportedEncoding extends Error {}

/** Bytes of a value, 0 for strings of any length. */
export function byteWidth(type: ParquetType, typeLength: number | undefined): number {
  switch (type) {
    case 'BOOLEAN':
      return 1;
    case 'INT32':
    case 'FLOAT':
      return 4;
    case 'INT64':
    case 'DOUBLE':
      return 8;
    case 'INT96':
      return 12;
    case 'BYTE_ARRAY':
      return 0;
    case 'FIXED_LEN_BYTE_ARRAY':
      if (typeLength === undefined || !(typeLength > 0)) throw new RangeError('a fixed string has no length');
      return typeLength;
  }
}

function plainStrings({ bytes, at, end }: Cursor, count: number): StringValues {
  // Each string has four bytes of length: the count is checked before it is believed.
  if (count * 4 > end - at) throw new RangeError('strings are cut off');
  const starts = new Uint32Array(count);
  const ends = new Uint32Array(count);
  let k = at;
  for (let i = 0; i < count; i++) {
    if (k + 4 > end) throw new RangeError('strings are cut off');
    const length = bytes[k] + bytes[k + 1] * 256 + bytes[k + 2] * 65_536 + bytes[k + 3] * 16_777_216;
    k += 4;
    if (length > end - k) throw new RangeError('a string is cut off');
    starts[i] = k;
    k += length;
    ends[i] = k;
  }
  return { kind: 'strings', count, bytes, starts, ends };
}

function plainBooleans({ bytes, at, end }: Cursor, count: number): FixedValues {
  if ((end - at) * 8 < count) throw new RangeError('values are cut off');
  const out = new Uint8Array(count);
  for (let k = 0; k < count; k++) out[k] = (bytes[at + (k >> 3)] >> (k & 7)) & 1;
  return fixed(out, count, 1);
}

function fixed(bytes: Uint8Array, count: number, width: number): FixedValues {
  if (bytes.length < count * width) throw new RangeError('values are cut off');
  return { kind: 'fixed', count, width, bytes: bytes.subarray(0, count * width) };
}

function splitStreams({ bytes, at, end }: Cursor, count: number, width: number): FixedValues {
  if (end - at < count * width) throw new RangeError('values are cut off');
  const joined = new Uint8Array(count * width);
  for (let b = 0; b < width; b++) {
    const from = at + b * count;
    for (let i = 0; i < count; i++) joined[i * width + b] = bytes[from + i];
  }
  return fixed(joined, count, width);
}

function joinStrings(strings: Uint8Array[]): StringValues {
  const count = strings.length;
  const starts = new Uint32Array(count);
  const ends = new Uint32Array(count);
  let total = 0;
  for (let i = 0; i < count; i++) {
    starts[i] = total;
    total += strings[i].length;
    ends[i] = total;
  }
  const bytes = new Uint8Array(total);
  strings.forEach((string, i) => bytes.set(string, starts[i]));
  return { kind: 'strings', count, bytes, starts, ends };
}

/** Differences of integers, or of lengths and prefixes of strings, as hyparquet takes them apart. */
function deltas(cursor: Cursor, encoding: Encoding, type: ParquetType, count: number): PageValues {
  const { bytes, at, end } = cursor;
  const reader = { view: new DataView(bytes.buffer, bytes.byteOffset, end), offset: at };
  if (encoding === 'DELTA_BINARY_PACKED') {
    if (type !== 'INT32' && type !== 'INT64') throw new UnsupportedEncoding(`${encoding} of ${type}`);
    const out = type === 'INT32' ? new Int32Array(count) : new BigInt64Array(count);
    if (count > 0) deltaBinaryUnpack(reader, count, out);
    return fixed(new Uint8Array(out.buffer), count, out.BYTES_PER_ELEMENT);
  }
  const strings = new Array<Uint8Array>(count);
  if (count > 0) {
    if (encoding === 'DELTA_LENGTH_BYTE_ARRAY') deltaLengthByteArray(reader, count, strings);
    else deltaByteArray(reader, count, strings);
  }
  return joinStrings(strings);
}

/**
 * Takes the values of a page apart, dictionary entries aside.
 *
 * @param width of a value in bytes, 0 for strings
 * @throws UnsupportedEncoding, or RangeError when the bytes do not hold the values
 */
export function readValues(
  cursor: Cursor,
  encoding: Encoding,
  type: ParquetType,
  width: number,
  count: number,
): PageValues {
  const { bytes, at, end } = cursor;
  switch (encoding) {
    case 'PLAIN':
    case 'PLAIN_DICTIONARY':
      if (type === 'BYTE_ARRAY') return plainStrings(cursor, count);
      if (type === 'BOOLEAN') return plainBooleans(cursor, count);
      return fixed(bytes.subarray(at, end), count, width);
    case 'RLE':
      if (type !== 'BOOLEAN') throw new UnsupportedEncoding(`${encoding} of ${type}`);
      // Four bytes of length stand in front, which the page's own end makes superfluous.
      return fixed(Uint8Array.from(readHybrid({ bytes, at: at + 4, end }, 1, count)), count, 1);
    case 'BYTE_STREAM_SPLIT':
      if (width === 0) throw new UnsupportedEncoding(`${encoding} of ${type}`);
      return splitStreams(cursor, count, width);
    case 'DELTA_BINARY_PACKED':
    case 'DELTA_LENGTH_BYTE_ARRAY':
    case 'DELTA_BYTE_ARRAY':
      return deltas(cursor, encoding, type, count);
    default:
      throw new UnsupportedEncoding(encoding);
  }
}
