/** What is counted over a set of pictures, and its name by its content. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { ByteWriter } from '../bits/bytes.ts';
import type { Pulse } from '../pulse.ts';
import type { ImageSet } from './imageSet.ts';

/** Levels of a channel. */
const LEVELS = 256;

/** Count of every level in every channel over all pictures: channels × 256, channel after channel. */
export function pixelHistogram(set: Pick<ImageSet, 'shape' | 'pixels'>): Float64Array {
  const { pixels } = set;
  const { channels } = set.shape;
  const counts = new Uint32Array(channels * LEVELS);
  for (let channel = 0; channel < channels; channel++) {
    const at = channel * LEVELS;
    for (let k = channel; k < pixels.length; k += channels) counts[at + pixels[k]]++;
  }
  return Float64Array.from(counts);
}

/**
 * Mean of pictures, channel by channel, rounded to the nearest level, halves up; black where there are none.
 *
 * @param pixels pictures of `bytes` bytes, one after the other
 * @param pictures their numbers, or how many to take from the first on
 */
export function meanPicture(
  pixels: Uint8Array,
  pictures: ArrayLike<number> | number,
  bytes: number,
): Uint8Array {
  const numbers = typeof pictures === 'number' ? null : pictures;
  const count = typeof pictures === 'number' ? pictures : pictures.length;
  const sums = new Float64Array(bytes);
  for (let i = 0; i < count; i++) {
    const at = (numbers === null ? i : numbers[i]) * bytes;
    for (let k = 0; k < bytes; k++) sums[k] += pixels[at + k];
  }
  const mean = new Uint8Array(bytes);
  if (count > 0) for (let k = 0; k < bytes; k++) mean[k] = Math.floor((2 * sums[k] + count) / (2 * count));
  return mean;
}

/** Bytes hashed at a time: about a millisecond, and engines are quicker with many short calls than with a long one. */
const PIECE_BYTES = 65_536;

/** What a set is named by, in order; the byte layout is in docs/FORMAT.md. */
export function* identity(set: ImageSet): Generator<Uint8Array> {
  const { shape, records, pixels, labels, classNames, givenTest } = set;
  const head = new ByteWriter()
    .string('dreamlearning-images-1')
    .varint(shape.width)
    .varint(shape.height)
    .varint(shape.channels)
    .varint(records)
    .varint(classNames.length);
  for (const name of classNames) head.string(name);
  yield head.finish();
  yield bytesOf(labels);
  yield givenTest === null
    ? new ByteWriter().uint8(0).finish()
    : new ByteWriter().uint8(1).varint(givenTest.length).bytes(bytesOf(givenTest)).finish();
  for (let at = 0; at < pixels.length; at += PIECE_BYTES) yield pixels.subarray(at, at + PIECE_BYTES);
}

function bytesOf(array: Uint16Array | Uint32Array): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}

/**
 * The dataset's id: SHA-256 of its pixels, labels, names and split, 64 hex digits, so that the same pictures read from
 * files, a sample or an archive have the same id.
 */
export function imageSetId(set: ImageSet): string {
  const hash = sha256.create();
  for (const piece of identity(set)) hash.update(piece);
  return bytesToHex(hash.digest());
}

/** The same, for sets that take seconds. */
export async function imageSetIdInPieces(set: ImageSet, pulse: Pulse): Promise<string> {
  const hash = sha256.create();
  let done = 0;
  for (const piece of identity(set)) {
    hash.update(piece);
    done += piece.length;
    if (pulse.due()) {
      const total = set.pixels.length;
      await pulse.beat({
        phase: 'Naming the pictures by their content',
        done: Math.min(done, total),
        total,
        unit: 'bytes',
      });
    }
  }
  return bytesToHex(hash.digest());
}
