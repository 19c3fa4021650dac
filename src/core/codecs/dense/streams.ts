/** Groups of records as streams: laid out in blocks behind an index, and read back whole, alone or as rows. */
import { ByteReader, ByteWriter } from '../../bits/bytes.ts';
import type { LaneCodes, Layout } from '../../bits/lanes.ts';
import { LabError } from '../../errors.ts';
import { MAX_GROUP_RECORDS } from '../../limits.ts';
import type { Pulse } from '../../pulse.ts';
import {
  ROW_TILE,
  stored,
  wordsOfRow,
  type BlockReader,
  type EncodedGroup,
  type FieldBits,
  type OpenedGroup,
  type RecordGroup,
  type RowReader,
  type StoredSections,
} from '../codec.ts';
import type { DenseModel, StreamDecoder } from './family.ts';
import { HEAD, INDEX, STREAMS } from './sections.ts';
import { encodeIndex, markBytes, StreamIndex } from './streamIndex.ts';

/** Encodes a group of records under a model. */
export async function encodeStreams(
  model: DenseModel,
  group: RecordGroup,
  blockBytes: number,
  pulse: Pulse,
): Promise<EncodedGroup> {
  const { records, of } = group;
  const { recordsPerStream } = model;
  const encode = model.encoder(group);
  const streams: Uint8Array[] = [];
  let bytes = 0;
  for (let first = 0; first < records; first += recordsPerStream) {
    const stream = encode(first, Math.min(recordsPerStream, records - first));
    bytes += stream.length;
    streams.push(stream);
    if (pulse.due()) {
      const unit = of === 'table' ? 'records' : 'pictures';
      await pulse.beat({ phase: `Encoding ${unit}`, done: first, total: records, unit });
    }
  }
  const count = streams.length;
  const perBlock = bytes === 0 ? Math.max(1, count) : Math.max(1, Math.floor((blockBytes * count) / bytes));
  const blocks: Uint8Array[] = [];
  for (let first = 0; first < count; first += perBlock) {
    blocks.push(joined(streams.slice(first, first + perBlock)));
  }
  const head = new ByteWriter().varint(records).varint(Math.min(perBlock, Math.max(1, count)));
  return {
    bases: null,
    sections: [
      { type: HEAD.type, blocks: [head.finish()] },
      { type: INDEX.type, blocks: [encodeIndex(Uint32Array.from(streams, ({ length }) => length))] },
      { type: STREAMS.type, blocks: bytes === 0 ? [] : blocks },
    ],
  };
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/**
 * Opens a group by its head.
 *
 * @param model opens it when records are wanted: an archive of many groups need not hold one for each
 * @throws ARCHIVE_CORRUPT
 */
export function openStreams(layout: Layout, model: DenseModel, sections: StoredSections): OpenedGroup {
  const head = new ByteReader(stored(sections, HEAD), HEAD.what);
  const records = head.varint();
  const perBlock = head.varint();
  head.end();
  if (records > MAX_GROUP_RECORDS) throw head.corrupt(`claims ${records} records`);
  const { recordsPerStream } = model;
  const streams = Math.ceil(records / recordsPerStream);
  if (perBlock < 1 || perBlock > Math.max(1, streams)) throw head.corrupt('has blocks of no possible size');
  // Records that take no bytes have no blocks; how many there have to be is known with the sizes of the blocks.
  const indexBytes = markBytes(streams, perBlock);
  const most = 4 * layout.lanes.length * recordsPerStream + indexBytes;
  return {
    records,
    recordsPerBlock: perBlock * recordsPerStream,
    blocks: Math.ceil(streams / perBlock),
    bases: null,
    readerBytes: most,
    rowReaderBytes: most * ROW_TILE,
    checkBlocks(bytes) {
      if (bytes.length !== Math.ceil(streams / perBlock)) throw wrongBlocks();
    },
    read(body) {
      const index = new StreamIndex(stored(body, INDEX), streams, perBlock);
      const decoder = model.decoder();
      return {
        residentBytes: index.residentBytes + decoder.residentBytes + model.residentBytes,
        constantMasks: null,
        openBlock: (bytes, block) => openBlock(decoder, model, index, records, bytes, block),
      };
    },
    readRows(body, fieldBits) {
      const index = new StreamIndex(stored(body, INDEX), streams, perBlock);
      return new StreamRows(layout, model, index, records, fieldBits);
    },
  };
}

const wrongBlocks = (): LabError =>
  new LabError(
    'ARCHIVE_CORRUPT',
    'The archive is damaged: its records have not the size their index claims.',
  );

/** Places of the streams of one block. */
class BlockStreams {
  readonly bytes: Uint8Array;
  readonly #index: StreamIndex;
  readonly #block: number;

  /** @throws ARCHIVE_CORRUPT where the block is not as long as its streams */
  constructor(bytes: Uint8Array, index: StreamIndex, block: number) {
    this.bytes = bytes;
    this.#index = index;
    this.#block = block;
    if (index.start(block, index.streamsIn(block)) !== bytes.length) throw wrongBlocks();
  }

  from(stream: number): number {
    return this.#index.start(this.#block, stream);
  }

  to(stream: number): number {
    return this.#index.start(this.#block, stream + 1);
  }
}

/** The decoder is shared by the blocks of a group: whoever decodes says whose its records are. */
let lastBlock = 0;
const holders = new WeakMap<StreamDecoder, { block: number; stream: number }>();

function openBlock(
  decoder: StreamDecoder,
  { recordsPerStream }: DenseModel,
  index: StreamIndex,
  records: number,
  bytes: Uint8Array | null,
  number: number,
): BlockReader {
  const block = ++lastBlock;
  const streams = new BlockStreams(bytes ?? new Uint8Array(0), index, number);
  const perBlock = index.perBlock;
  const need = (stream: number): void => {
    const held = holders.get(decoder);
    if (held?.block === block && held.stream === stream) return;
    holders.delete(decoder);
    const first = (number * perBlock + stream) * recordsPerStream;
    const count = Math.min(recordsPerStream, records - first);
    decoder.decode(streams.bytes, streams.from(stream), streams.to(stream), count);
    holders.set(decoder, { block, stream });
  };
  return {
    baseId: null,
    bytesOf(record) {
      const stream = Math.floor(record / recordsPerStream);
      return streams.to(stream) - streams.from(stream);
    },
    decode(from, count, lanes: readonly LaneCodes[], at) {
      for (let done = 0; done < count;) {
        const stream = Math.floor((from + done) / recordsPerStream);
        need(stream);
        const first = from + done - stream * recordsPerStream;
        const some = Math.min(count - done, recordsPerStream - first);
        const { codes, recordStride, laneStride } = decoder;
        for (let l = 0; l < lanes.length; l++) {
          const lane = lanes[l];
          let k = first * recordStride + l * laneStride;
          for (let r = 0; r < some; r++, k += recordStride) lane[at + done + r] = codes[k];
        }
        done += some;
      }
    },
  };
}

/** Chosen records as rows of fields: each is decoded as it is taken. */
class StreamRows implements RowReader {
  readonly bases = null;
  readonly residentBytes: number;
  readonly #layout: Layout;
  readonly #model: DenseModel;
  readonly #index: StreamIndex;
  readonly #records: number;
  readonly #fieldBits: FieldBits;
  readonly #decoder: StreamDecoder;
  readonly #words: number;
  readonly #tile: Uint32Array;
  #streams: BlockStreams | null = null;
  #number = 0;
  /** Stream of the block that the decoder holds, −1 for none. */
  #held = -1;

  constructor(layout: Layout, model: DenseModel, index: StreamIndex, records: number, fieldBits: FieldBits) {
    this.#layout = layout;
    this.#model = model;
    this.#index = index;
    this.#records = records;
    this.#fieldBits = fieldBits;
    this.#decoder = model.decoder();
    this.#words = wordsOfRow(layout.fieldWidths.length, fieldBits);
    this.#tile = new Uint32Array(ROW_TILE * this.#words);
    this.residentBytes =
      index.residentBytes + model.residentBytes + this.#decoder.residentBytes + this.#tile.byteLength;
  }

  load(block: Uint8Array | null, number: number): void {
    // Records are decoded as they are taken, before another block is loaded: the bytes need not be kept.
    this.#streams = new BlockStreams(block ?? new Uint8Array(0), this.#index, number);
    this.#number = number;
    this.#held = -1;
  }

  take(record: number, row: number): void {
    const streams = this.#streams!;
    const { recordsPerStream } = this.#model;
    const stream = Math.floor(record / recordsPerStream);
    if (this.#held !== stream) {
      this.#held = -1;
      const first = (this.#number * this.#index.perBlock + stream) * recordsPerStream;
      const count = Math.min(recordsPerStream, this.#records - first);
      this.#decoder.decode(streams.bytes, streams.from(stream), streams.to(stream), count);
      this.#held = stream;
    }
    this.#copy(record - stream * recordsPerStream, row);
  }

  decode(count: number, rows: Uint32Array): void {
    rows.set(this.#tile.subarray(0, count * this.#words));
  }

  bytesOf(record: number): number {
    const stream = Math.floor(record / this.#model.recordsPerStream);
    return this.#streams!.to(stream) - this.#streams!.from(stream);
  }

  #copy(record: number, row: number): void {
    const { codes, recordStride, laneStride } = this.#decoder;
    const { lanes } = this.#layout;
    const bits = this.#fieldBits;
    const at = row * this.#words;
    this.#tile.fill(0, at, at + this.#words);
    let k = record * recordStride;
    for (let l = 0; l < lanes.length; l++, k += laneStride) {
      const bit = lanes[l].field * bits;
      this.#tile[at + (bit >>> 5)] |= codes[k] << (bit & 31);
    }
  }
}
