/** zstd as a compressor: frames of at most a window's size, which keeps its memory and its silences bounded. */
import type { Compressor } from './compressor.ts';
import type { Zstd } from './libraries.ts';

/** Bytes of a frame: the window of level 19. */
const FRAME_BYTES = 8 << 20;

/** Each frame behind its length, a u32. */
function* compress(zstd: Zstd, bytes: Uint8Array, level: number): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += FRAME_BYTES) {
    const frame = zstd.compress(bytes.subarray(at, at + FRAME_BYTES), level);
    yield new Uint8Array(Uint32Array.of(frame.length).buffer);
    yield frame;
  }
}

function* decompress(zstd: Zstd, file: Uint8Array): Generator<Uint8Array> {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  for (let at = 0; at < file.length;) {
    const from = at + 4;
    at = from + view.getUint32(at, true);
    yield zstd.decompress(file.subarray(from, at));
  }
}

/** @param level 1 … 22 */
export function zstdCompressor(zstd: Zstd, level: number): Compressor {
  return {
    compress: (bytes) => compress(zstd, bytes, level),
    decompress: (file) => decompress(zstd, file),
  };
}
