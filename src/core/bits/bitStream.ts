/**
 * Bits packed without gaps. Bit k of the stream is bit k mod 8 of byte ⌊k / 8⌋, least significant first, so that on
 * little-endian 32-bit words a value of up to 32 bits is two shifts away. All engines that run JavaScript with typed
 * arrays today are little-endian; `assertLittleEndian` says so where it matters.
 */
import { LabError } from '../errors.ts';

/** Throws on a big-endian engine, on which words and bytes of a stream would disagree. */
export function assertLittleEndian(): void {
  if (new Uint8Array(new Uint32Array([1]).buffer)[0] !== 1) {
    throw new LabError(
      'INTERNAL',
      'This machine stores numbers big-endian, which the archive code does not support.',
    );
  }
}

/** Words that hold `bits` bits, and one more so that a window may be read across the last word. */
export function streamWords(bits: number): Uint32Array {
  return new Uint32Array(Math.ceil(bits / 32) + 1);
}

/** ⌈bits / 8⌉. */
export function streamBytes(bits: number): number {
  return Math.ceil(bits / 8);
}

/** The first ⌈bits / 8⌉ bytes of a stream, as a view. */
export function bytesOfStream(words: Uint32Array, bits: number): Uint8Array {
  return new Uint8Array(words.buffer, words.byteOffset, streamBytes(bits));
}

/** A stream's bytes as words with the spare word that reading needs (copies). */
export function wordsOfBytes(bytes: Uint8Array): Uint32Array {
  const words = streamWords(bytes.length * 8);
  new Uint8Array(words.buffer).set(bytes);
  return words;
}

/** All ones in the low `width` bits, width 0 … 32. */
export function lowMask(width: number): number {
  return width === 0 ? 0 : 0xffffffff >>> (32 - width);
}

/** Reads `width` bits (0 … 32) at bit `offset`, which lies below 2^31 × 32. */
export function readBits(words: Uint32Array, offset: number, width: number): number {
  if (width === 0) return 0;
  const index = Math.floor(offset / 32);
  const shift = offset & 31;
  const low = words[index] >>> shift;
  const high = shift === 0 ? 0 : words[index + 1] << (32 - shift);
  return ((low | high) & lowMask(width)) >>> 0;
}

/** Writes the low `width` bits (0 … 32) of `value` at bit `offset`, onto bits that are still 0. */
export function writeBits(words: Uint32Array, offset: number, width: number, value: number): void {
  if (width === 0) return;
  const index = Math.floor(offset / 32);
  const shift = offset & 31;
  const masked = value & lowMask(width);
  words[index] |= masked << shift;
  if (shift + width > 32) words[index + 1] |= masked >>> (32 - shift);
}
