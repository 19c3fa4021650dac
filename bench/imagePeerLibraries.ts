/** The picture formats in Node: their modules are read from disk. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import type {
  ImagePeerLibraries,
  JxlOptions,
  PictureDecoder,
  PictureEncoder,
  WebpOptions,
} from '../src/peers/images/libraries.ts';
import { once } from '../src/core/once.ts';
import { nodeLibraries } from './peerLibraries.ts';

const { resolve } = createRequire(import.meta.url);

/** A factory of Emscripten, given its module. */
type Factory<T> = (options: { noInitialRun: true; wasmBinary: Uint8Array }) => Promise<T>;

async function start<T>(path: string): Promise<T> {
  const { default: factory } = (await import(pathToFileURL(resolve(`${path}.js`)).href)) as {
    default: Factory<T>;
  };
  return factory({ noInitialRun: true, wasmBinary: await readFile(resolve(`${path}.wasm`)) });
}

export const nodeImageLibraries: ImagePeerLibraries = {
  zstd: () => nodeLibraries.zstd(),
  png: once(async () => {
    const library = await import('@jsquash/png/codec/pkg/squoosh_png.js');
    await library.default(await readFile(resolve('@jsquash/png/codec/pkg/squoosh_png_bg.wasm')));
    return library;
  }),
  qoi: once(async () => ({
    encoder: await start<PictureEncoder>('@jsquash/qoi/codec/enc/qoi_enc'),
    decoder: await start<PictureDecoder>('@jsquash/qoi/codec/dec/qoi_dec'),
  })),
  webp: once(async () => ({
    encoder: await start<PictureEncoder<[WebpOptions]>>('@jsquash/webp/codec/enc/webp_enc_simd'),
    decoder: await start<PictureDecoder>('@jsquash/webp/codec/dec/webp_dec'),
  })),
  jxl: once(async () => ({
    encoder: await start<PictureEncoder<[JxlOptions]>>('@jsquash/jxl/codec/enc/jxl_enc'),
    decoder: await start<PictureDecoder>('@jsquash/jxl/codec/dec/jxl_dec'),
  })),
};
