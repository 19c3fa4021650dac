/** The compressors that come as WebAssembly. How their modules are found differs between a page and Node. */
import type { BrotliWasmType } from 'brotli-wasm';

export interface Zstd {
  /** One frame; levels 1 … 22. */
  compress(bytes: Uint8Array, level: number): Uint8Array;
  decompress(frame: Uint8Array): Uint8Array;
}

/** zstd with a dictionary of plain content, by contexts that have to be freed. */
export interface ZstdWithDictionary extends Zstd {
  createCCtx(): number;
  freeCCtx(context: number): void;
  compressUsingDict(context: number, bytes: Uint8Array, dictionary: Uint8Array, level: number): Uint8Array;
  createDCtx(): number;
  freeDCtx(context: number): void;
  decompressUsingDict(context: number, frame: Uint8Array, dictionary: Uint8Array): Uint8Array;
}

export type Brotli = Pick<BrotliWasmType, 'CompressStream' | 'DecompressStream' | 'BrotliStreamResultCode'>;

/** Loads each on its first use. */
export interface PeerLibraries {
  zstd(): Promise<ZstdWithDictionary>;
  brotli(): Promise<Brotli>;
}
