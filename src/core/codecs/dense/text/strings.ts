/**
 * The strings of categories: coded one after the other under one model that learns as it goes. They are read when the
 * archive is opened, all of them, as the strings of the schema are; records name them by their numbers.
 */
import { ByteReader, ByteWriter, decodeText, encodeText } from '../../../bits/bytes.ts';
import { pack, unpack } from '../../../bits/packing.ts';
import type { Pulse } from '../../../pulse.ts';
import type { StringCoder } from '../../codec.ts';
import { BinaryDecoder, BinaryEncoder } from '../binaryCoder.ts';
import { STRINGS } from '../sections.ts';
import { TextModel, textModelBytes } from './model.ts';

/** Ends a string: UTF-8 has no such byte. */
const END = 0xff;

/**
 * How a text is coded. The model takes a second and a half for a megabyte, on opening too: a longer text is deflated,
 * which is fifty times as fast and finds what repeats.
 */
const WAY = { model: 1, deflated: 2 } as const;
const MOST_MODELLED = 2 ** 21;
/** Bytes that are deflated together. */
const PIECE = 2 ** 20;

const NONE = new Uint8Array(0);

/** Bytes that reading a text takes at most for each of its bytes, and for each string. */
const BYTES_PER_BYTE = 3;
const BYTES_PER_STRING = 32;

export const denseStrings: StringCoder = {
  section: STRINGS,

  async encode(columns, pulse) {
    // A lone surrogate has no UTF-8, and what stands for it could be taken for the end of a string.
    if (!columns.every((strings) => strings.every((one) => one.isWellFormed()))) return null;
    const texts = columns.map((strings) => strings.map(encodeText));
    const bytes = sum(texts.map((column) => sum(column.map(({ length }) => length + 1))));
    const writer = new ByteWriter().varint(bytes);
    if (bytes <= MOST_MODELLED) writer.uint8(WAY.model).bytes(await modelled(texts, bytes, pulse));
    else await deflate(joined(texts, bytes), writer.uint8(WAY.deflated), pulse);
    return { coded: writer.finish(), textBytes: bytes };
  },

  claim(coded, counts) {
    const bytes = new ByteReader(coded, STRINGS.what).varint();
    return bytes * BYTES_PER_BYTE + sum(counts) * BYTES_PER_STRING + textModelBytes(bytes);
  },

  async decode(coded, counts, pulse) {
    const reader = new ByteReader(coded, STRINGS.what);
    const bytes = reader.varint();
    if (sum(counts) > bytes) throw reader.corrupt('is shorter than its strings');
    const way = reader.uint8();
    if (way === WAY.deflated) return apart(await inflate(reader, bytes, pulse), counts, reader);
    if (way !== WAY.model || bytes > MOST_MODELLED) throw reader.corrupt('is coded in an unknown way');
    return unmodelled(reader.bytes(reader.left), bytes, counts, pulse);
  },
};

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** All strings one after the other, an end behind each. */
function joined(texts: readonly (readonly Uint8Array[])[], bytes: number): Uint8Array {
  const all = new Uint8Array(bytes);
  let at = 0;
  for (const column of texts) {
    for (const text of column) {
      all.set(text, at);
      at += text.length;
      all[at++] = END;
    }
  }
  return all;
}

async function deflate(all: Uint8Array, writer: ByteWriter, pulse: Pulse): Promise<void> {
  for (let at = 0; at < all.length; at += PIECE) {
    const packed = pack(all.subarray(at, at + PIECE));
    writer.varint(packed.length).bytes(packed);
    if (pulse.due()) await pulse.beat({ phase: 'Coding text', done: at, total: all.length, unit: 'bytes' });
  }
}

async function inflate(reader: ByteReader, bytes: number, pulse: Pulse): Promise<Uint8Array> {
  const all = new Uint8Array(bytes);
  for (let at = 0; at < bytes; at += PIECE) {
    const wanted = Math.min(PIECE, bytes - at);
    const piece = unpack(reader.bytes(reader.varint()), wanted, STRINGS.what);
    if (piece.length !== wanted) throw reader.corrupt('is shorter than it says');
    all.set(piece, at);
    if (pulse.due()) await pulse.beat({ phase: 'Decoding text', done: at, total: bytes, unit: 'bytes' });
  }
  reader.end();
  return all;
}

function apart(all: Uint8Array, counts: readonly number[], reader: ByteReader): string[][] {
  let at = 0;
  const columns = counts.map((count) =>
    Array.from({ length: count }, () => {
      const end = all.indexOf(END, at);
      if (end < 0) throw reader.corrupt('ends within a string');
      const text = decodeText(all.subarray(at, end));
      at = end + 1;
      return text;
    }),
  );
  if (at !== all.length) throw reader.corrupt('is longer than its strings');
  return columns;
}

async function modelled(
  texts: readonly (readonly Uint8Array[])[],
  bytes: number,
  pulse: Pulse,
): Promise<Uint8Array> {
  const encoder = new BinaryEncoder();
  const model = new TextModel(bytes);
  let done = 0;
  for (const [column, strings] of texts.entries()) {
    let previous: Uint8Array = NONE;
    for (const text of strings) {
      model.begin(column, previous);
      for (let k = 0; k <= text.length; k++) {
        const byte = k < text.length ? text[k] : END;
        for (let b = 7; b >= 0; b--) {
          const bit = (byte >>> b) & 1;
          encoder.choice(65_536 - model.predict(), bit);
          model.learn(bit);
        }
      }
      previous = text;
      done += text.length + 1;
      if (pulse.due()) await pulse.beat({ phase: 'Coding text', done, total: bytes, unit: 'bytes' });
    }
  }
  return encoder.finish();
}

async function unmodelled(
  coded: Uint8Array,
  bytes: number,
  counts: readonly number[],
  pulse: Pulse,
): Promise<string[][]> {
  const decoder = new BinaryDecoder(coded, STRINGS.what);
  const model = new TextModel(bytes);
  const room = new Uint8Array(bytes);
  const columns: string[][] = [];
  let at = 0;
  for (const [column, count] of counts.entries()) {
    const strings: string[] = [];
    let previous: Uint8Array = NONE;
    for (let k = 0; k < count; k++) {
      model.begin(column, previous);
      const from = at;
      for (;;) {
        let byte = 0;
        for (let b = 0; b < 8; b++) {
          const bit = decoder.choice(65_536 - model.predict());
          model.learn(bit);
          byte = byte * 2 + bit;
        }
        if (at === bytes) throw decoder.corrupt('is longer than it says');
        room[at++] = byte;
        if (byte === END) break;
      }
      previous = room.subarray(from, at - 1);
      strings.push(decodeText(previous));
      if (pulse.due()) await pulse.beat({ phase: 'Decoding text', done: at, total: bytes, unit: 'bytes' });
    }
    columns.push(strings);
  }
  if (at !== bytes) throw decoder.corrupt('is shorter than it says');
  decoder.end();
  return columns;
}
