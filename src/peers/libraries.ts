/** The compressors that come as WebAssembly. How their modules are found differs between a page and Node. */
import type { BrotliWasmType } from 'brotli-wasm';

export interface Zstd {
  /** One frame; levels 1 … 22. */
  compress(bytes: Uint8Array, level: number): Uint8Array;
  decompress(frame: Uint8Array): Uint8Array;
}

export type Brotli = Pick<BrotliWasmType, 'CompressStream' | 'DecompressStream' | 'BrotliStreamResultCode'>;

/** Loads each on its first use. */
export interface PeerLibraries {
  zstd(): Promise<Zstd>;
  brotli(): Promise<Brotli>;
}
