/** PNG, lossless WebP, JPEG XL and QOI, each picture a file as any viewer opens it. */
import type { ImageShape } from '../../core/images/imageSet.ts';
import { ALL_RULES, PngWriter, USUAL_RULES } from './pngFile.ts';
import type { ImagePeerLibraries, JxlOptions, PictureEncoder, WebpOptions } from './libraries.ts';
import type { PictureCodec, PictureWriter } from './picturePeer.ts';
import { rgbaReader, rgbaRoom, toRgba } from './rgba.ts';

const PNG_LEVEL = 9;

/** What is tried: as much as is usual, or everything, which may take twenty times as long and gains little. */
export type Effort = 'usual' | 'best';

/**
 * Lossless, and with the values of pixels that cannot be seen; of a lossless file `quality` and `method` are the
 * effort.
 */
const WEBP: WebpOptions = {
  target_size: 0,
  target_PSNR: 0,
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

const WEBP_EFFORTS: Record<Effort, WebpOptions> = {
  usual: { quality: 75, method: 4 },
  best: { quality: 100, method: 6 },
};

const JXL_EFFORTS: Record<Effort, number> = { usual: 7, best: 9 };

const JXL: Omit<JxlOptions, 'effort'> = {
  quality: 100,
  lossless: true,
  lossyModular: false,
  lossyPalette: false,
  progressive: false,
  epf: -1,
  decodingSpeedTier: 0,
  photonNoiseIso: 0,
};

/** Added to the name and to the label of what tries everything. */
const named = (name: string, label: string, effort: Effort): { name: string; label: string } =>
  effort === 'usual' ? { name, label } : { name: `${name}-best`, label: `${label}, best effort` };

export function pngCodec(libraries: ImagePeerLibraries, effort: Effort): PictureCodec {
  const how = effort === 'usual' ? 'rows filtered or not' : 'by each filter and by the best for every row';
  return {
    ...named('png', 'PNG', effort),
    sentence: `A PNG per picture: ${how}, whichever is smaller, and deflate ${PNG_LEVEL}.`,
    async load({ shape }) {
      const decoder = await libraries.png();
      const rules = effort === 'usual' ? USUAL_RULES : ALL_RULES;
      return {
        writer: () => new PngWriter(shape, PNG_LEVEL, rules),
        reader: (file) => rgbaReader(decoder, shape, file),
      };
    },
  };
}

export function webpCodec(libraries: ImagePeerLibraries, effort: Effort): PictureCodec {
  const options: WebpOptions = { ...WEBP, ...WEBP_EFFORTS[effort] };
  return {
    ...named('webp-lossless', 'WebP lossless', effort),
    sentence: 'A lossless WebP per picture; the format has no grey, so grey pictures are given as RGB.',
    async load({ shape }) {
      const { encoder, decoder } = await libraries.webp();
      return {
        writer: () => rgbaWriter(encoder, shape, options),
        reader: (file) => rgbaReader(decoder, shape, file),
      };
    },
  };
}

export function jxlCodec(libraries: ImagePeerLibraries, effort: Effort): PictureCodec {
  const options: JxlOptions = { ...JXL, effort: JXL_EFFORTS[effort] };
  return {
    ...named('jxl-lossless', 'JPEG XL lossless', effort),
    sentence: `A lossless JPEG XL per picture, at effort ${options.effort} of 9; grey pictures are given as RGB. The decoder at hand takes colours through a profile: dark reds may come back one level lower than they are kept.`,
    async load({ shape }) {
      const { encoder, decoder } = await libraries.jxl();
      return {
        writer: () => rgbaWriter(encoder, shape, options),
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
        writer: () => rgbaWriter(encoder, shape),
        reader: (file) => rgbaReader(decoder, shape, file),
      };
    },
  };
}

/** Writes pictures by a library's encoder, which is given these options with each. */
function rgbaWriter<Options extends unknown[]>(
  encoder: PictureEncoder<Options>,
  shape: ImageShape,
  ...options: Options
): PictureWriter {
  const rgba = rgbaRoom(shape);
  return {
    write(pixels) {
      toRgba(pixels, shape.channels, rgba);
      const file = encoder.encode(rgba, shape.width, shape.height, ...options);
      if (file === null) throw new Error('A picture could not be encoded.');
      return file;
    },
  };
}
