/** The pages of a column chunk, by hyparquet's decoder with each size checked before it is believed. */
import type {
  ColumnMetaData,
  CompressionCodec,
  Compressors,
  Encoding,
  PageHeader,
  SchemaElement,
} from 'hyparquet';
import { parquetHeader } from 'hyparquet/src/column.js';
import { decompressPage } from 'hyparquet/src/datapage.js';
import { compressors, decompressZstd } from 'hyparquet-compressors';
import { crc32 } from '../zip/crc32.ts';
import { readRuns } from './runs.ts';
import { checkStruct, viewOf } from './thrift.ts';
import { byteWidth, MAX_PAGE_BYTES, readValues, UnsupportedEncoding, type Values } from './values.ts';

/** A codec that is not read; PARQUET_UNSUPPORTED. */
export class UnsupportedCodec extends Error {}

/** A dictionary, or rows of a column that is not nested: their values, or the numbers of its entries. */
export interface Page {
  kind: 'dictionary' | 'values' | 'indices';
  /** Entries or rows. */
  count: number;
  /** One flag per row, 1 where there is a value, or null when there is one in every row. */
  present: Uint32Array | null;
  values: Iterable<Values>;
}

/** Whether a size that a file states is one, and within a limit. */
function fits(size: unknown, limit: number): size is number {
  return Number.isInteger(size) && (size as number) >= 0 && (size as number) <= limit;
}

/** Size of what a Zstandard frame holds, null when its header does not say (RFC 8878, 3.1.1.1). */
function zstdContentBytes(bytes: Uint8Array): number | null {
  const descriptor = bytes.length > 4 ? bytes[4] : 0;
  const flag = descriptor >> 6;
  const singleSegment = (descriptor & 32) !== 0;
  const sizeBytes = flag === 0 ? (singleSegment ? 1 : 0) : 2 ** flag;
  if (sizeBytes === 0) return null;
  const at = 5 + (singleSegment ? 0 : 1) + [0, 1, 2, 4][descriptor & 3];
  let size = flag === 1 ? 256 : 0;
  for (let k = 0; k < sizeBytes && at + k < bytes.length; k++) size += bytes[at + k] * 256 ** k;
  return size;
}

function inflateZstd(bytes: Uint8Array, length: number): Uint8Array {
  const claimed = zstdContentBytes(bytes);
  if (claimed !== null && claimed !== length) throw new RangeError(`a frame of ${claimed} bytes`);
  // Into an array of the page's size: what is left to itself believes the frame's header.
  return decompressZstd(bytes, new Uint8Array(length));
}

/** What hyparquet inflates with: into pages within the limit. */
const COMPRESSORS: Compressors = Object.fromEntries(
  Object.entries({ ...compressors, ZSTD: inflateZstd }).map(([codec, inflate]) => [
    codec,
    (bytes: Uint8Array, length: number): Uint8Array => {
      if (!fits(length, MAX_PAGE_BYTES)) throw new RangeError(`a page of ${String(length)} bytes`);
      return length === 0 ? new Uint8Array(0) : inflate(bytes, length);
    },
  ]),
);

/** Levels of definition as flags of those that reach the highest, and how many are set. */
function presence(levels: Uint32Array, highest: number): { present: Uint32Array | null; count: number } {
  let count = 0;
  for (let i = 0; i < levels.length; i++) {
    if (levels[i] > highest) throw new RangeError('a level beyond the column’s');
    levels[i] = Number(levels[i] === highest);
    count += levels[i];
  }
  return { present: count === levels.length ? null : levels, count };
}

/** The numbers of `count` entries of a dictionary that has so many. */
function readIndices(bytes: Uint8Array, count: number, entries: number): Uint32Array {
  // A page of missing cells alone may hold not even a width.
  if (count === 0) return new Uint32Array(0);
  const indices = readRuns(bytes.subarray(1), bytes[0], count);
  for (let i = 0; i < count; i++)
    if (indices[i] >= entries) throw new RangeError('an entry that the dictionary does not have');
  return indices;
}

/** Levels of definition and packed values of a page of data, and how many rows it has. */
interface Parts {
  count: number;
  encoding: Encoding;
  levels: Uint8Array;
  values: Uint8Array;
}

function splitPage(body: Uint8Array, header: PageHeader, codec: CompressionCodec, optional: boolean): Parts {
  const { uncompressed_page_size: length, data_page_header: first, data_page_header_v2: second } = header;
  if (header.type === 'DATA_PAGE_V2' && second !== undefined) {
    const { repetition_levels_byte_length: repetition, definition_levels_byte_length: definition } = second;
    if (!fits(repetition, body.length) || !fits(definition, body.length - repetition))
      throw new RangeError('levels are cut off');
    const start = repetition + definition;
    const packed = body.subarray(start);
    const values =
      second.is_compressed === false ? packed : decompressPage(packed, length - start, codec, COMPRESSORS);
    return {
      count: second.num_values,
      encoding: second.encoding,
      levels: body.subarray(repetition, start),
      values,
    };
  }
  if (header.type !== 'DATA_PAGE' || first === undefined) throw new RangeError('a page without its header');
  // The way of levels before 2013.
  if (optional && first.definition_level_encoding === 'BIT_PACKED')
    throw new UnsupportedEncoding('BIT_PACKED');
  const page = decompressPage(body, length, codec, COMPRESSORS);
  const start = optional ? 4 + viewOf(page).getUint32(0, true) : 0;
  if (start > page.length) throw new RangeError('levels are cut off');
  return {
    count: first.num_values,
    encoding: first.encoding,
    levels: page.subarray(4, start),
    values: page.subarray(start),
  };
}

/**
 * Reads a chunk of values of which a row has one or none, page by page.
 *
 * @param rows how many the chunk has to give
 * @param highest the level of definition at which there is a value
 * @throws RangeError or another error when the chunk is damaged; UnsupportedCodec, UnsupportedEncoding
 */
export function* readPages(
  bytes: Uint8Array,
  { type, codec }: ColumnMetaData,
  element: SchemaElement,
  rows: number,
  highest: number,
): Generator<Page> {
  if (codec !== 'UNCOMPRESSED' && !(codec in COMPRESSORS)) throw new UnsupportedCodec(codec);
  const width = byteWidth(type, element.type_length);
  const optional = highest > 0;
  const levelBits = 32 - Math.clz32(highest);
  const reader = { view: viewOf(bytes), offset: 0 };
  let entries: number | null = null;
  for (let left = rows; left > 0;) {
    checkStruct({ ...reader });
    const header = parquetHeader(reader);
    const size = header.compressed_page_size;
    if (!fits(size, bytes.length - reader.offset)) throw new RangeError('a page is cut off');
    const body = bytes.subarray(reader.offset, reader.offset + size);
    reader.offset += size;
    if (header.crc !== undefined && header.crc !== (crc32(body) | 0))
      throw new RangeError('a page fails its checksum');
    if (header.type === 'DICTIONARY_PAGE') {
      const count = header.dictionary_page_header?.num_values;
      if (entries !== null || !fits(count, MAX_PAGE_BYTES)) throw new RangeError('a dictionary out of place');
      entries = count;
      const page = decompressPage(body, header.uncompressed_page_size, codec, COMPRESSORS);
      const values = readValues(page, 'PLAIN', type, width, count);
      yield { kind: 'dictionary', count, present: null, values };
    } else if (header.type === 'DATA_PAGE' || header.type === 'DATA_PAGE_V2') {
      const { count, encoding, levels, values } = splitPage(body, header, codec, optional);
      if (!fits(count, left)) throw new RangeError('a page with too many values');
      left -= count;
      const found = optional
        ? presence(readRuns(levels, levelBits, count), highest)
        : { present: null, count };
      const page = { count, present: found.present };
      if (encoding === 'RLE_DICTIONARY' || encoding === 'PLAIN_DICTIONARY')
        yield { ...page, kind: 'indices', values: [readIndices(values, found.count, entries ?? 0)] };
      else yield { ...page, kind: 'values', values: readValues(values, encoding, type, width, found.count) };
    }
    // Index pages hold nothing that is needed.
  }
}
