/** The picture formats in a page or worker: fetched from beside the page's code when they are first used. */
import pngModule from '@jsquash/png/codec/pkg/squoosh_png_bg.wasm?url';
import jxlDecoderModule from '@jsquash/jxl/codec/dec/jxl_dec.wasm?url';
import jxlEncoderModule from '@jsquash/jxl/codec/enc/jxl_enc.wasm?url';
import qoiDecoderModule from '@jsquash/qoi/codec/dec/qoi_dec.wasm?url';
import qoiEncoderModule from '@jsquash/qoi/codec/enc/qoi_enc.wasm?url';
import webpDecoderModule from '@jsquash/webp/codec/dec/webp_dec.wasm?url';
import webpEncoderModule from '@jsquash/webp/codec/enc/webp_enc_simd.wasm?url';
import { browserLibraries } from '../browserLibraries.ts';
import { once } from '../../core/once.ts';
import type {
  ImagePeerLibraries,
  JxlOptions,
  PictureDecoder,
  PictureEncoder,
  WebpOptions,
} from './libraries.ts';

/** A factory of Emscripten, told where its module lies. */
type Factory<T> = (options: { noInitialRun: true; locateFile: () => string }) => Promise<T>;

async function start<T>(glue: Promise<{ default: unknown }>, url: string): Promise<T> {
  const factory = (await glue).default as Factory<T>;
  return factory({ noInitialRun: true, locateFile: () => url });
}

export const browserImageLibraries: ImagePeerLibraries = {
  zstd: () => browserLibraries.zstd(),
  png: once(async () => {
    const library = await import('@jsquash/png/codec/pkg/squoosh_png.js');
    await library.default(pngModule);
    return library;
  }),
  qoi: once(async () => ({
    encoder: await start<PictureEncoder>(import('@jsquash/qoi/codec/enc/qoi_enc.js'), qoiEncoderModule),
    decoder: await start<PictureDecoder>(import('@jsquash/qoi/codec/dec/qoi_dec.js'), qoiDecoderModule),
  })),
  webp: once(async () => ({
    encoder: await start<PictureEncoder<[WebpOptions]>>(
      import('@jsquash/webp/codec/enc/webp_enc_simd.js'),
      webpEncoderModule,
    ),
    decoder: await start<PictureDecoder>(import('@jsquash/webp/codec/dec/webp_dec.js'), webpDecoderModule),
  })),
  jxl: once(async () => ({
    encoder: await start<PictureEncoder<[JxlOptions]>>(
      import('@jsquash/jxl/codec/enc/jxl_enc.js'),
      jxlEncoderModule,
    ),
    decoder: await start<PictureDecoder>(import('@jsquash/jxl/codec/dec/jxl_dec.js'), jxlDecoderModule),
  })),
};
