/** The picture formats that come as WebAssembly. How their modules are found differs between a page and Node. */
import type { ZstdWithDictionary } from '../libraries.ts';

/** Pixels as every one of these libraries takes and gives them: red, green, blue and alpha. */
export interface RgbaPicture {
  data: Uint8ClampedArray;
}

/** A module of @jsquash as Emscripten makes it: every call at once, its results copies. */
export interface PictureEncoder<Options extends unknown[] = []> {
  encode(rgba: Uint8ClampedArray, width: number, height: number, ...options: Options): Uint8Array | null;
}

export interface PictureDecoder {
  decode(file: Uint8Array): RgbaPicture | null;
}

export interface PictureFormat<Options extends unknown[] = []> {
  encoder: PictureEncoder<Options>;
  decoder: PictureDecoder;
}

/** Every field of WebPConfig in libwebp's encode.h. */
export type WebpOptions = Readonly<Record<string, number>>;

/** What the encoder of JPEG XL is asked for. */
export interface JxlOptions {
  /** 1 … 9: how much is tried. */
  effort: number;
  quality: number;
  lossless: boolean;
  lossyModular: boolean;
  lossyPalette: boolean;
  progressive: boolean;
  /** Strength of the filter after lossy coding; −1 leaves it to the encoder. */
  epf: number;
  decodingSpeedTier: number;
  photonNoiseIso: number;
}

/** Loads each on its first use. */
export interface ImagePeerLibraries {
  zstd(): Promise<ZstdWithDictionary>;
  /** The decoder alone: the encoder that comes with it writes grey pictures as RGBA. */
  png(): Promise<PictureDecoder>;
  qoi(): Promise<PictureFormat>;
  webp(): Promise<PictureFormat<[WebpOptions]>>;
  jxl(): Promise<PictureFormat<[JxlOptions]>>;
}
