/**
 * Where each stream of a group lies: how long it is, in as few bits as the longest and the shortest leave. Streams lie
 * one after the other, a fixed number of them to a block; where one begins is added up from the nearest block.
 */
import { ByteReader, ByteWriter } from '../../bits/bytes.ts';

/** A place is kept for every so many streams of a block. */
const EVERY = 64;

/** @param lengths bytes of each stream */
export function encodeIndex(lengths: Uint32Array): Uint8Array {
  const writer = new ByteWriter();
  let least = 0xffffffff;
  let most = 0;
  for (const length of lengths) {
    if (length < least) least = length;
    if (length > most) most = length;
  }
  if (lengths.length === 0) return writer.finish();
  const width = 32 - Math.clz32(most - least);
  writer.varint(least).uint8(width);
  const packed = new Uint8Array(Math.ceil((lengths.length * width) / 8));
  let at = 0;
  for (const length of lengths) {
    for (let b = 0; b < width; b++, at++) {
      if (((length - least) >>> b) & 1) packed[at >>> 3] |= 1 << (at & 7);
    }
  }
  return writer.bytes(packed).finish();
}

/** Lengths of streams, as they are packed. */
export class StreamIndex {
  readonly #least: number = 0;
  readonly #width: number = 0;
  readonly #packed: Uint8Array;
  readonly #streams: number;
  readonly #perBlock: number;
  readonly #marksPerBlock: number;
  /** Where every 64th stream of a block begins in it. */
  readonly #marks: Float64Array;

  /**
   * @param streams how many there are
   * @param perBlock how many of them to a block
   * @throws ARCHIVE_CORRUPT where they are not that many
   */
  constructor(bytes: Uint8Array, streams: number, perBlock: number) {
    const reader = new ByteReader(bytes, 'the index of its records');
    if (streams > 0) {
      this.#least = reader.varint();
      this.#width = reader.uint8();
    }
    if (this.#width > 32) throw reader.corrupt('has lengths of more than 32 bits');
    this.#packed = reader.bytes(reader.left);
    if (this.#packed.length !== Math.ceil((streams * this.#width) / 8)) {
      throw reader.corrupt('has not the size of its streams');
    }
    this.#streams = streams;
    this.#perBlock = perBlock;
    this.#marksPerBlock = Math.ceil(Math.min(perBlock, streams) / EVERY);
    this.#marks = new Float64Array(markCount(streams, perBlock));
    let at = 0;
    for (let stream = 0; stream < streams; stream++) {
      const inBlock = stream % perBlock;
      if (inBlock === 0) at = 0;
      if (inBlock % EVERY === 0) {
        this.#marks[Math.floor(stream / perBlock) * this.#marksPerBlock + inBlock / EVERY] = at;
      }
      at += this.length(stream);
    }
  }

  get residentBytes(): number {
    return this.#packed.length + this.#marks.byteLength;
  }

  get perBlock(): number {
    return this.#perBlock;
  }

  /** Bytes of a stream. */
  length(stream: number): number {
    return this.#least + this.#field(stream);
  }

  /** Where it begins in its block; of one behind the last of a block, where that ends. */
  start(block: number, inBlock: number): number {
    if (inBlock === 0) return 0;
    const first = block * this.#perBlock;
    const mark = Math.floor((inBlock - 1) / EVERY);
    let at = this.#marks[block * this.#marksPerBlock + mark];
    for (let k = mark * EVERY; k < inBlock; k++) at += this.length(first + k);
    return at;
  }

  /** Streams of a block. */
  streamsIn(block: number): number {
    return Math.min(this.#perBlock, this.#streams - block * this.#perBlock);
  }

  #field(stream: number): number {
    let value = 0;
    let at = stream * this.#width;
    for (let done = 0; done < this.#width;) {
      const inByte = at % 8;
      const some = Math.min(8 - inByte, this.#width - done);
      const bits = (this.#packed[Math.floor(at / 8)] >>> inByte) & ((1 << some) - 1);
      value += bits * 2 ** done;
      at += some;
      done += some;
    }
    return value;
  }
}

function markCount(streams: number, perBlock: number): number {
  return Math.ceil(streams / perBlock) * Math.ceil(Math.min(perBlock, streams) / EVERY);
}

/** Bytes that an index of so many streams keeps at most besides its own: its marks. */
export function markBytes(streams: number, perBlock: number): number {
  return 8 * markCount(streams, perBlock);
}
