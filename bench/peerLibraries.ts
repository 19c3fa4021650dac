/** The WebAssembly compressors in Node: their builds that read the module from disk. */
import { createRequire } from 'node:module';
import type { BrotliWasmType } from 'brotli-wasm';
import type { PeerLibraries, ZstdWithDictionary } from '../src/peers/libraries.ts';

const load = createRequire(import.meta.url);
let zstd: Promise<ZstdWithDictionary> | null = null;

export const nodeLibraries: PeerLibraries = {
  zstd() {
    const library = load('@bokuweb/zstd-wasm') as ZstdWithDictionary & { init(): Promise<void> };
    zstd ??= library.init().then(() => library);
    return zstd;
  },
  brotli: async () => load('brotli-wasm') as BrotliWasmType,
};
