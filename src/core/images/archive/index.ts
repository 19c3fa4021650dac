/** The image index: the class of every picture, and which are test pictures. */
import {
  bytesOfStream,
  readBits,
  streamBytes,
  streamWords,
  wordsOfBytes,
  writeBits,
} from '../../bits/bitStream.ts';
import { ByteReader, ByteWriter } from '../../bits/bytes.ts';
import { bitsFor } from '../../bits/width.ts';
import type { Split } from '../../random.ts';

/** Test pictures are the last ones, as many as it says; or there is a bit for every picture. */
const TAIL = 0;
const BITMAP = 1;

export interface ImageIndex {
  /** Whether the dataset brings the split. */
  isGiven: boolean;
  labels: Uint16Array;
  /** One flag per picture. */
  isTest: Uint8Array;
}

/** Several labels as the digits of one number, which then takes fewer bits than each of them by itself. */
interface Digits {
  /** Labels in a number. */
  count: number;
  /** Bits of a number, at most 32. */
  bits: number;
}

/** The fewest bits per label; of equals the shortest number. */
function digitsFor(classes: number): Digits {
  let best = { count: 1, bits: bitsFor(classes) };
  for (
    let count = 2, states = classes * classes;
    states <= 2 ** 32 && count <= 32;
    count++, states *= classes
  ) {
    const bits = bitsFor(states);
    if (bits * best.count < best.bits * count) best = { count, bits };
  }
  return best;
}

function labelBytes(records: number, classes: number): number {
  const { count, bits } = digitsFor(classes);
  return streamBytes(Math.ceil(records / count) * bits);
}

/** Classes of the pictures of one group, in original order; the first label of a number is its lowest digit. */
export function encodeLabels(labels: Uint16Array, list: Uint32Array, classes: number): Uint8Array {
  const { count, bits } = digitsFor(classes);
  const numbers = Math.ceil(list.length / count);
  const words = streamWords(numbers * bits);
  for (let k = 0; k < numbers; k++) {
    let number = 0;
    for (let i = Math.min((k + 1) * count, list.length) - 1; i >= k * count; i--) {
      number = number * classes + labels[list[i]];
    }
    writeBits(words, k * bits, bits, number);
  }
  return bytesOfStream(words, numbers * bits);
}

/** Labels of one group into those of all pictures. @throws ARCHIVE_CORRUPT */
function decodeLabels(
  reader: ByteReader,
  labels: Uint16Array,
  isTest: Uint8Array,
  group: 0 | 1,
  classes: number,
): void {
  let records = 0;
  for (let i = 0; i < isTest.length; i++) if (isTest[i] === group) records++;
  const { count, bits } = digitsFor(classes);
  const words = wordsOfBytes(reader.bytes(labelBytes(records, classes)));
  reader.end();
  const size = classes ** count;
  for (let i = 0, k = 0, number = 0; i < isTest.length; i++) {
    if (isTest[i] !== group) continue;
    if (k % count === 0) {
      number = readBits(words, (k / count) * bits, bits);
      if (number >= size) throw reader.corrupt(`puts pictures into a class beyond ${classes}`);
    }
    labels[i] = number % classes;
    number = Math.floor(number / classes);
    k++;
  }
}

/** The split, and the labels of the training pictures; those of the test pictures stand in a section of their own. */
export function encodeImageIndex(
  { train, test }: Split,
  isGiven: boolean,
  labels: Uint16Array,
  classes: number,
): Uint8Array {
  const writer = new ByteWriter().uint8(isGiven ? 1 : 0);
  if (test.length === 0 || test[0] === train.length) {
    writer.uint8(TAIL).varint(test.length);
  } else {
    const records = train.length + test.length;
    const words = streamWords(records);
    for (const record of test) writeBits(words, record, 1, 1);
    writer.uint8(BITMAP).bytes(bytesOfStream(words, records));
  }
  return writer.bytes(encodeLabels(labels, train, classes)).finish();
}

/**
 * @param bytes the index, and the labels of the test pictures
 * @param records pictures that the schema claims; its bounds are checked
 * @throws ARCHIVE_CORRUPT
 */
export function decodeImageIndex(
  bytes: Uint8Array,
  testBytes: Uint8Array,
  records: number,
  classes: number,
): ImageIndex {
  const reader = new ByteReader(bytes, 'the index of the pictures');
  const given = reader.uint8();
  const rule = reader.uint8();
  if (given > 1 || rule > BITMAP) throw reader.corrupt('has no known split');
  const tail = rule === TAIL ? reader.varint() : 0;
  if (tail > records) throw reader.corrupt(`has ${tail} test pictures of ${records}`);
  // Labels of two classes or more take bits: no more pictures than there are bits for.
  const bits = 8 * (reader.left + testBytes.length);
  if (classes > 1 && records > bits) throw reader.corrupt(`has not the labels of ${records} pictures`);
  const bitmap = rule === BITMAP ? wordsOfBytes(reader.bytes(streamBytes(records))) : null;
  const isTest = new Uint8Array(records);
  if (bitmap === null) isTest.fill(1, records - tail);
  else for (let i = 0; i < records; i++) isTest[i] = readBits(bitmap, i, 1);
  const labels = new Uint16Array(records);
  decodeLabels(reader, labels, isTest, 0, classes);
  decodeLabels(new ByteReader(testBytes, 'the labels of the test pictures'), labels, isTest, 1, classes);
  return { isGiven: given === 1, labels, isTest };
}
