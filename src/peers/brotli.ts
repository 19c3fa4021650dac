/** brotli as a compressor: its streams give the same bytes as one call for all, and let the work be interrupted. */
import type { Compressor } from './compressor.ts';
import type { Brotli } from './libraries.ts';

/** Bytes handed over at a time, and most bytes taken back. */
const INPUT_BYTES = 1 << 16;
const OUTPUT_BYTES = 1 << 18;

function* compress(brotli: Brotli, bytes: Uint8Array, quality: number): Generator<Uint8Array> {
  const { NeedsMoreOutput } = brotli.BrotliStreamResultCode;
  const stream = new brotli.CompressStream(quality);
  try {
    for (let at = 0; ;) {
      // Without input the stream is finished.
      const input = at < bytes.length ? bytes.subarray(at, at + INPUT_BYTES) : undefined;
      const result = stream.compress(input, OUTPUT_BYTES);
      const { buf, code } = result;
      at += result.input_offset;
      result.free();
      yield buf;
      if (input === undefined && code !== NeedsMoreOutput) return;
    }
  } finally {
    stream.free();
  }
}

function* decompress(brotli: Brotli, file: Uint8Array): Generator<Uint8Array> {
  const { ResultSuccess } = brotli.BrotliStreamResultCode;
  const stream = new brotli.DecompressStream();
  try {
    for (let at = 0; ;) {
      const result = stream.decompress(file.subarray(at, at + INPUT_BYTES), OUTPUT_BYTES);
      const { buf, code } = result;
      at += result.input_offset;
      result.free();
      yield buf;
      if (code === ResultSuccess) return;
      if (at >= file.length && buf.length === 0) throw new Error('The compressed bytes end early.');
    }
  } finally {
    stream.free();
  }
}

/** @param quality 0 … 11 */
export function brotliCompressor(brotli: Brotli, quality: number): Compressor {
  return {
    compress: (bytes) => compress(brotli, bytes, quality),
    decompress: (file) => decompress(brotli, file),
  };
}
