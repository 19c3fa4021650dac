/** The WebAssembly compressors in a page or worker: fetched from beside the page's code when they are first used. */
import type { PeerLibraries, ZstdWithDictionary } from './libraries.ts';

let zstd: Promise<ZstdWithDictionary> | null = null;

async function loadZstd(): Promise<ZstdWithDictionary> {
  const library = await import('@bokuweb/zstd-wasm');
  await library.init();
  return library;
}

export const browserLibraries: PeerLibraries = {
  zstd() {
    // A second start would give it a new memory; one that failed, the network being away, is tried again.
    zstd ??= loadZstd().catch((thrown: unknown) => {
      zstd = null;
      throw thrown;
    });
    return zstd;
  },
  brotli: async () => (await import('brotli-wasm')).default,
};
