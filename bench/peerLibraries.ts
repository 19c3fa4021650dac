/** The WebAssembly compressors in Node: their builds that read the module from disk. */
import { createRequire } from 'node:module';
import type { BrotliWasmType } from 'brotli-wasm';
import type { PeerLibraries, ZstdWithDictionary } from '../src/peers/libraries.ts';
import { once } from '../src/core/once.ts';

const load = createRequire(import.meta.url);

export const nodeLibraries: PeerLibraries = {
  zstd: once(async () => {
    const library = load('@bokuweb/zstd-wasm') as ZstdWithDictionary & { init(): Promise<void> };
    await library.init();
    return library;
  }),
  brotli: async () => load('brotli-wasm') as BrotliWasmType,
};
