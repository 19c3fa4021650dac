/** The pages of a column chunk: headers, decompression, levels, values, each size checked before it is believed. */
import type { ColumnMetaData, CompressionCodec, Encoding, PageHeader, SchemaElement } from 'hyparquet';
import { parquetHeader } from 'hyparquet/src/column.js';
import { compressors, decompressZstd } from 'hyparquet-compressors';
import { readHybrid, type Cursor } from './hybrid.ts';
import { byteWidth, readValues, UnsupportedEncoding, type PageValues } from './values.ts';

/** Largest page that is inflated. Writers make pages of about a megabyte. */
const MAX_PAGE_BYTES = 2 ** 28;

/** A codec that is not read; PARQUET_UNSUPPORTED. */
export class UnsupportedCodec extends Error {}

/** A page of data of a column that is not nested. */
export interface DataPage {
  rows: number;
  /** One flag per row, 1 where there is a value, or null when there is one in every row. */
  present: Uint32Array | null;
  /** The values there are, or, of a page with a dictionary, the numbers of its entries. */
  values: PageValues | null;
  indices: Uint32Array | null;
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let k = 0; k < 8; k++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc;
});

/** CRC-32 as gzip has it: a page's checksum, where its writer made one. */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (let i = 0; i < bytes.length; i++) crc = (crc >>> 8) ^ CRC_TABLE[(crc ^ bytes[i]) & 255];
  return ~crc;
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

function decompress(bytes: Uint8Array, length: number, codec: CompressionCodec): Uint8Array {
  if (!(length >= 0 && length <= MAX_PAGE_BYTES)) throw new RangeError(`a page of ${length} bytes`);
  if (codec === 'UNCOMPRESSED') return bytes;
  if (length === 0) return new Uint8Array(0);
  if (codec === 'ZSTD') {
    const claimed = zstdContentBytes(bytes);
    if (claimed !== null && claimed !== length) throw new RangeError(`a frame of ${claimed} bytes`);
    // Into an array of the page's size: what is left to itself believes the frame's header.
    return decompressZstd(bytes, new Uint8Array(length));
  }
  const inflate = compressors[codec];
  if (inflate === undefined) throw new UnsupportedCodec(codec);
  const page = inflate(bytes, length);
  if (page.length !== length) throw new RangeError(`a page of ${page.length} bytes that claims ${length}`);
  return page;
}

/** Levels of definition as flags, and how many are set. */
function presence(levels: Uint32Array): { present: Uint32Array | null; count: number } {
  let count = 0;
  for (let i = 0; i < levels.length; i++) {
    if (levels[i] > 1) throw new RangeError('a level beyond the column’s');
    count += levels[i];
  }
  return { present: count === levels.length ? null : levels, count };
}

/** Reads a chunk of a column that is not nested, page by page. */
export class ChunkReader {
  /** The chunk's dictionary once its page was read. */
  dictionary: PageValues | null = null;
  private readonly view: DataView;
  private readonly bytes: Uint8Array;
  private readonly meta: ColumnMetaData;
  private readonly width: number;
  private readonly optional: boolean;
  private at = 0;

  constructor(bytes: Uint8Array, meta: ColumnMetaData, element: SchemaElement) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.meta = meta;
    this.width = byteWidth(meta.type, element.type_length);
    this.optional = element.repetition_type !== 'REQUIRED';
  }

  /**
   * The next page of data.
   *
   * @param left rows that the chunk still has to give
   * @throws RangeError or another error when the chunk is damaged; UnsupportedCodec, UnsupportedEncoding
   */
  next(left: number): DataPage {
    for (;;) {
      const reader = { view: this.view, offset: this.at };
      const header = parquetHeader(reader);
      const size = header.compressed_page_size;
      if (!(size >= 0 && size <= this.bytes.length - reader.offset))
        throw new RangeError('a page is cut off');
      const body = this.bytes.subarray(reader.offset, reader.offset + size);
      this.at = reader.offset + size;
      if (header.crc !== undefined && header.crc !== crc32(body))
        throw new RangeError('a page fails its checksum');
      if (header.type === 'DICTIONARY_PAGE') this.readDictionary(body, header);
      else if (header.type === 'DATA_PAGE') return this.dataPage(body, header, left);
      else if (header.type === 'DATA_PAGE_V2') return this.dataPageV2(body, header, left);
      // Index pages hold nothing that is needed.
    }
  }

  private readDictionary(body: Uint8Array, header: PageHeader): void {
    const count = header.dictionary_page_header?.num_values ?? -1;
    if (this.dictionary !== null || count < 0) throw new RangeError('a dictionary out of place');
    const bytes = decompress(body, header.uncompressed_page_size, this.meta.codec);
    this.dictionary = readValues(whole(bytes), 'PLAIN', this.meta.type, this.width, count);
  }

  private dataPage(body: Uint8Array, header: PageHeader, left: number): DataPage {
    const head = header.data_page_header;
    const rows = head?.num_values ?? -1;
    if (head === undefined || !(rows >= 0 && rows <= left))
      throw new RangeError('a page with too many values');
    // The way of levels before 2013.
    if (this.optional && head.definition_level_encoding === 'BIT_PACKED')
      throw new UnsupportedEncoding('BIT_PACKED');
    const cursor = whole(decompress(body, header.uncompressed_page_size, this.meta.codec));
    let levels = { present: null as Uint32Array | null, count: rows };
    if (this.optional) {
      if (cursor.end < 4) throw new RangeError('levels are cut off');
      const [a, b, c, d] = cursor.bytes;
      const length = a + b * 256 + c * 65_536 + d * 16_777_216;
      if (length > cursor.end - 4) throw new RangeError('levels are cut off');
      levels = presence(readHybrid({ bytes: cursor.bytes, at: 4, end: 4 + length }, 1, rows));
      cursor.at = 4 + length;
    }
    return this.finish(cursor, head.encoding, rows, levels);
  }

  private dataPageV2(body: Uint8Array, header: PageHeader, left: number): DataPage {
    const head = header.data_page_header_v2;
    const rows = head?.num_values ?? -1;
    if (head === undefined || !(rows >= 0 && rows <= left))
      throw new RangeError('a page with too many values');
    const repetition = head.repetition_levels_byte_length;
    const definition = head.definition_levels_byte_length;
    if (!(repetition >= 0 && definition >= 0 && repetition + definition <= body.length))
      throw new RangeError('levels are cut off');
    const start = repetition + definition;
    const levels = this.optional
      ? presence(readHybrid({ bytes: body, at: repetition, end: start }, 1, rows))
      : { present: null, count: rows };
    const packed = body.subarray(start);
    const bytes =
      head.is_compressed === false
        ? packed
        : decompress(packed, header.uncompressed_page_size - start, this.meta.codec);
    return this.finish(whole(bytes), head.encoding, rows, levels);
  }

  private finish(
    cursor: Cursor,
    encoding: Encoding,
    rows: number,
    { present, count }: { present: Uint32Array | null; count: number },
  ): DataPage {
    if (encoding === 'RLE_DICTIONARY' || encoding === 'PLAIN_DICTIONARY') {
      const entries = this.dictionary?.count ?? 0;
      // A page of missing cells alone may hold not even a width.
      if (count === 0) return { rows, present, values: null, indices: new Uint32Array(0) };
      if (cursor.at >= cursor.end) throw new RangeError('indices are cut off');
      const width = cursor.bytes[cursor.at++];
      const indices = readHybrid(cursor, width, count);
      for (let i = 0; i < count; i++)
        if (indices[i] >= entries) throw new RangeError('an entry that the dictionary does not have');
      return { rows, present, values: null, indices };
    }
    return {
      rows,
      present,
      values: readValues(cursor, encoding, this.meta.type, this.width, count),
      indices: null,
    };
  }
}

function whole(bytes: Uint8Array): Cursor {
  return { bytes, at: 0, end: bytes.length };
}
