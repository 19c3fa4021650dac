/** PNG, lossless WebP and QOI, each picture a file as any viewer opens it. */
import { PngWriter } from './pngFile.ts';
import type { ImagePeerLibraries, WebpOptions } from './libraries.ts';
import type { PictureCodec } from './picturePeer.ts';
import { rgbaReader, rgbaRoom, toRgba } from './rgba.ts';

const PNG_LEVEL = 9;

/**
 * Lossless, and with the values of pixels that cannot be seen; of a lossless file `quality` and `method` are the
 * effort. More effort takes twenty times as long and gains nothing on small pictures.
 */
const WEBP: WebpOptions = {
  quality: 75,
  target_size: 0,
  target_PSNR: 0,
  method: 4,
  sns_strength: 50,
  filter_strength: 60,
  filter_sharpness: 0,
  filter_type: 1,
  partitions: 0,
  segments: 4,
  pass: 1,
  show_compressed: 0,
  preprocessing: 0,
  autofilter: 0,
  partition_limit: 0,
  alpha_compression: 1,
  alpha_filtering: 1,
  alpha_quality: 100,
  lossless: 1,
  exact: 1,
  image_hint: 0,
  emulate_jpeg_size: 0,
  thread_level: 0,
  low_memory: 0,
  near_lossless: 100,
  use_delta_palette: 0,
  use_sharp_yuv: 0,
};

export function pngCodec(libraries: ImagePeerLibraries): PictureCodec {
  return {
    name: 'png',
    label: 'PNG',
    sentence: `A PNG per picture: rows filtered or not, whichever is smaller, and deflate ${PNG_LEVEL}.`,
    async load({ shape }) {
      const decoder = await libraries.png();
      return {
        writer: () => new PngWriter(shape, PNG_LEVEL),
        reader: (file) => rgbaReader(decoder, shape, file),
      };
    },
  };
}

export function webpCodec(libraries: ImagePeerLibraries): PictureCodec {
  return {
    name: 'webp-lossless',
    label: 'WebP lossless',
    sentence: 'A lossless WebP per picture; the format has no grey, so grey pictures are given as RGB.',
    async load({ shape }) {
      const { encoder, decoder } = await libraries.webp();
      return {
        writer() {
          const rgba = rgbaRoom(shape);
          return {
            write(pixels) {
              toRgba(pixels, shape.channels, rgba);
              return requireFile(encoder.encode(rgba, shape.width, shape.height, WEBP));
            },
          };
        },
        reader: (file) => rgbaReader(decoder, shape, file),
      };
    },
  };
}

export function qoiCodec(libraries: ImagePeerLibraries): PictureCodec {
  return {
    name: 'qoi',
    label: 'QOI',
    sentence:
      'A QOI per picture: simple and quick; the format has no grey, so grey pictures are given as RGB.',
    async load({ shape }) {
      const { encoder, decoder } = await libraries.qoi();
      return {
        writer() {
          const rgba = rgbaRoom(shape);
          return {
            write(pixels) {
              toRgba(pixels, shape.channels, rgba);
              return requireFile(encoder.encode(rgba, shape.width, shape.height));
            },
          };
        },
        reader: (file) => rgbaReader(decoder, shape, file),
      };
    },
  };
}

function requireFile(file: Uint8Array | null): Uint8Array {
  if (file === null) throw new Error('A picture could not be encoded.');
  return file;
}
