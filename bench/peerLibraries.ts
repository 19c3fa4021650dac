/** The WebAssembly compressors in Node: their builds that read the module from disk. */
import { createRequire } from 'node:module';
import type { BrotliWasmType } from 'brotli-wasm';
import type { PeerLibraries, Zstd } from '../src/peers/libraries.ts';

const load = createRequire(import.meta.url);
let zstd: Promise<Zstd> | null = null;

export const nodeLibraries: PeerLibraries = {
  zstd() {
    const library = load('@bokuweb/zstd-wasm') as Zstd & { init(): Promise<void> };
    zstd ??= library.init().then(() => library);
    return zstd;
  },
  brotli: async () => load('brotli-wasm') as BrotliWasmType,
};
