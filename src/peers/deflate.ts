/** Deflate and gzip by pako, a port of zlib: the same bytes in a page, a worker and Node. */
import {
  Z_DEFAULT_STRATEGY,
  Z_FINISH,
  Z_NO_FLUSH,
  Z_OK,
  Z_STREAM_END,
  zlibDeflate,
  zlibDeflateInit2,
  zlibInflate,
  zlibInflateInit2,
  ZStream,
} from 'pako';
import type { Compressor } from './compressor.ts';

/** zlib's number for its one method. */
export const DEFLATED = 8;
/** A window of 32 KB and the memory that goes with it by default. */
const WINDOW_BITS = 15;
const MEMORY_LEVEL = 8;
/** Added to the window bits: a gzip header and trailer; on reading, whichever of gzip and zlib is there. */
const GZIP = 16;
const ANY = 32;

/** Bytes handed over and taken back at a time: some milliseconds of work. */
const PIECE_BYTES = 1 << 17;

function* deflate(bytes: Uint8Array, level: number, windowBits: number): Generator<Uint8Array> {
  const stream = new ZStream();
  zlibDeflateInit2(stream, level, DEFLATED, windowBits, MEMORY_LEVEL, Z_DEFAULT_STRATEGY);
  stream.input = bytes;
  for (let at = 0, last = false; !last; at += PIECE_BYTES) {
    last = at + PIECE_BYTES >= bytes.length;
    stream.next_in = at;
    stream.avail_in = Math.min(PIECE_BYTES, bytes.length - at);
    do {
      stream.output = new Uint8Array(PIECE_BYTES);
      stream.next_out = 0;
      stream.avail_out = PIECE_BYTES;
      zlibDeflate(stream, last ? Z_FINISH : Z_NO_FLUSH);
      yield stream.output.subarray(0, stream.next_out);
    } while (stream.avail_out === 0);
  }
}

function* inflate(file: Uint8Array): Generator<Uint8Array> {
  const stream = new ZStream();
  zlibInflateInit2(stream, WINDOW_BITS + ANY);
  stream.input = file;
  stream.next_in = 0;
  stream.avail_in = file.length;
  for (let status: number = Z_OK; status !== Z_STREAM_END;) {
    stream.output = new Uint8Array(PIECE_BYTES);
    stream.next_out = 0;
    stream.avail_out = PIECE_BYTES;
    status = zlibInflate(stream, Z_NO_FLUSH);
    if (status !== Z_OK && status !== Z_STREAM_END)
      throw new Error(`The compressed bytes cannot be inflated: ${stream.msg}.`);
    yield stream.output.subarray(0, stream.next_out);
  }
}

/** @param level 1 … 9 */
export function deflateCompressor(level: number, wrapper: 'zlib' | 'gzip'): Compressor {
  const windowBits = wrapper === 'gzip' ? WINDOW_BITS + GZIP : WINDOW_BITS;
  return { compress: (bytes) => deflate(bytes, level, windowBits), decompress: inflate };
}
