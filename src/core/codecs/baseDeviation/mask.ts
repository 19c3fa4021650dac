/** The base mask: a flag for every bit position whether it is in the base. */
import { bytesOfStream, readBits, streamWords, wordsOfBytes, writeBits } from '../../bits/bitStream.ts';
import { ByteReader } from '../../bits/bytes.ts';

export function encodeMask(flags: Uint8Array): Uint8Array {
  const words = streamWords(flags.length);
  for (let k = 0; k < flags.length; k++) writeBits(words, k, 1, flags[k]);
  return bytesOfStream(words, flags.length);
}

/** @throws ARCHIVE_CORRUPT */
export function decodeMask(bytes: Uint8Array, positions: number): Uint8Array {
  const reader = new ByteReader(bytes, 'the base mask');
  const words = wordsOfBytes(reader.bytes(Math.ceil(positions / 8)));
  reader.end();
  const flags = new Uint8Array(positions);
  for (let k = 0; k < positions; k++) flags[k] = readBits(words, k, 1);
  return flags;
}
