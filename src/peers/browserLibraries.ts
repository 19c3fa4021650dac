/** The WebAssembly compressors in a page or worker: fetched from beside the page's code when they are first used. */
import type { PeerLibraries } from './libraries.ts';
import { once } from '../core/once.ts';

export const browserLibraries: PeerLibraries = {
  // A second start would give it a new memory.
  zstd: once(async () => {
    const library = await import('@bokuweb/zstd-wasm');
    await library.init();
    return library;
  }),
  brotli: async () => (await import('brotli-wasm')).default,
};
