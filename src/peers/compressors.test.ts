import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nodeLibraries } from '../../bench/peerLibraries.ts';
import { SILENT_PULSE } from '../core/pulse.ts';
import { brotliCompressor } from './brotli.ts';
import { joinBytes, type Compressor } from './compressor.ts';
import { deflateCompressor } from './deflate.ts';
import { zstdCompressor } from './zstd.ts';

const COMPRESSORS: [string, () => Promise<Compressor>][] = [
  ['gzip', () => Promise.resolve(deflateCompressor(6, 'gzip'))],
  ['deflate', () => Promise.resolve(deflateCompressor(9, 'zlib'))],
  ['zstd', async () => zstdCompressor(await nodeLibraries.zstd(), 3)],
  ['brotli', async () => brotliCompressor(await nodeLibraries.brotli(), 5)],
];

const join = (pieces: Iterable<Uint8Array>): Promise<Uint8Array> => joinBytes(pieces, SILENT_PULSE);

/** Bytes that compress well but not to nothing. */
function sample(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => (i * i * 31) >> 7);
}

describe.each(COMPRESSORS)('%s', (_name, load) => {
  it('gives back any bytes', async () => {
    const compressor = await load();
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (bytes) => {
        const file = await join(compressor.compress(bytes));
        expect(Buffer.compare(await join(compressor.decompress(file)), bytes)).toBe(0);
      }),
    );
  });

  it('gives back bytes of many pieces', async () => {
    const compressor = await load();
    // Just above a frame of zstd, and many times what the others are handed at once.
    const bytes = sample((8 << 20) + 5);
    const file = await join(compressor.compress(bytes));
    expect(file.length).toBeLessThan(bytes.length);
    expect(Buffer.compare(await join(compressor.decompress(file)), bytes)).toBe(0);
  });

  it('lets go of a stream of which enough was read', async () => {
    const compressor = await load();
    const bytes = sample(1 << 20);
    const file = await join(compressor.compress(bytes));
    for (const piece of compressor.decompress(file)) {
      expect(Buffer.compare(piece, bytes.subarray(0, piece.length))).toBe(0);
      if (piece.length > 0) break;
    }
    expect(Buffer.compare(await join(compressor.decompress(file)), bytes)).toBe(0);
  });

  it('refuses bytes that end early', async () => {
    const compressor = await load();
    const file = await join(compressor.compress(sample(100_000)));
    await expect(join(compressor.decompress(file.subarray(0, file.length >> 1)))).rejects.toThrow();
  });
});
