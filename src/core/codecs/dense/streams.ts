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

/**
 * Pictures of which one alone is worth a read: to fetch a value costs a browser's store as much as ten kilobytes more of
 * it, so that a tenth of them comes soonest from blocks of hardly more than is wanted. Smaller ones come soonest from
 * few large blocks, though most of what is read is not wanted.
 */
const LARGE_PICTURE_BYTES = 1024;
/** Most bytes that a block of them aims at. */
const LARGE_PICTURES_BLOCK = 4096;

function blockAim({ of }: RecordGroup, blockBytes: number, bytesPerStream: number): number {
  const isLarge = of !== 'table' && bytesPerStream >= LARGE_PICTURE_BYTES;
  return isLarge ? Math.min(blockBytes, LARGE_PICTURES_BLOCK) : blockBytes;
}

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
  const aim = blockAim(group, blockBytes, bytes / Math.max(1, count));
  const perBlock = bytes === 0 ? Math.max(1, count) : Math.max(1, Math.floor((aim * count) / bytes));
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
      { type: STREAMS.type, blocks },
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
      const held = new HeldStream(model, index, records);
      return {
        residentBytes: index.residentBytes + held.decoder.residentBytes + model.residentBytes,
        constantMasks: null,
        openBlock: (bytes, block) => openBlock(held, new BlockStreams(bytes, index, block)),
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
  /** Number of the block in its group. */
  readonly block: number;
  readonly #index: StreamIndex;

  /**
   * @param bytes null where the group has no blocks
   * @throws ARCHIVE_CORRUPT where the block is not as long as its streams
   */
  constructor(bytes: Uint8Array | null, index: StreamIndex, block: number) {
    this.bytes = bytes ?? new Uint8Array(0);
    this.#index = index;
    this.block = block;
    if (index.start(block, index.streamsIn(block)) !== this.bytes.length) throw wrongBlocks();
  }

  from(stream: number): number {
    return this.#index.start(this.block, stream);
  }

  to(stream: number): number {
    return this.#index.start(this.block, stream + 1);
  }

  bytesOf(stream: number): number {
    return this.to(stream) - this.from(stream);
  }
}

/** The stream decoded last, of whichever block of its group: a decoder has room for one. */
class HeldStream {
  readonly decoder: StreamDecoder;
  readonly recordsPerStream: number;
  readonly #perBlock: number;
  readonly #records: number;
  #streams: BlockStreams | null = null;
  #stream = 0;

  constructor(model: DenseModel, { perBlock }: StreamIndex, records: number) {
    this.decoder = model.decoder();
    this.recordsPerStream = model.recordsPerStream;
    this.#perBlock = perBlock;
    this.#records = records;
  }

  /** Decodes a stream of a block, unless it is held. @throws ARCHIVE_CORRUPT */
  need(streams: BlockStreams, stream: number): void {
    if (this.#streams === streams && this.#stream === stream) return;
    this.#streams = null;
    const first = (streams.block * this.#perBlock + stream) * this.recordsPerStream;
    const count = Math.min(this.recordsPerStream, this.#records - first);
    this.decoder.decode(streams.bytes, streams.from(stream), streams.to(stream), count);
    this.#streams = streams;
    this.#stream = stream;
  }
}

function openBlock(held: HeldStream, streams: BlockStreams): BlockReader {
  const { decoder, recordsPerStream } = held;
  return {
    baseId: null,
    bytesOf: (record) => streams.bytesOf(Math.floor(record / recordsPerStream)),
    decode(from, count, lanes: readonly LaneCodes[], at) {
      for (let done = 0; done < count;) {
        const stream = Math.floor((from + done) / recordsPerStream);
        held.need(streams, stream);
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
  readonly #index: StreamIndex;
  readonly #fieldBits: FieldBits;
  readonly #held: HeldStream;
  readonly #words: number;
  readonly #tile: Uint32Array;
  #streams: BlockStreams | null = null;

  constructor(layout: Layout, model: DenseModel, index: StreamIndex, records: number, fieldBits: FieldBits) {
    this.#layout = layout;
    this.#index = index;
    this.#fieldBits = fieldBits;
    this.#held = new HeldStream(model, index, records);
    this.#words = wordsOfRow(layout.fieldWidths.length, fieldBits);
    this.#tile = new Uint32Array(ROW_TILE * this.#words);
    this.residentBytes =
      index.residentBytes + model.residentBytes + this.#held.decoder.residentBytes + this.#tile.byteLength;
  }

  load(block: Uint8Array | null, number: number): void {
    // Records are decoded as they are taken, before another block is loaded: the bytes need not be kept.
    this.#streams = new BlockStreams(block, this.#index, number);
  }

  take(record: number, row: number): void {
    const { recordsPerStream } = this.#held;
    const stream = Math.floor(record / recordsPerStream);
    this.#held.need(this.#streams!, stream);
    this.#copy(record - stream * recordsPerStream, row);
  }

  decode(count: number, rows: Uint32Array): void {
    rows.set(this.#tile.subarray(0, count * this.#words));
  }

  bytesOf(record: number): number {
    return this.#streams!.bytesOf(Math.floor(record / this.#held.recordsPerStream));
  }

  #copy(record: number, row: number): void {
    const { codes, recordStride, laneStride } = this.#held.decoder;
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
