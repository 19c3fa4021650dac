/**
 * Pictures that are no PNG: GIF and BMP by the lab's own readers, which give what browsers do; JPEG and WebP by the decoders of
 * Squoosh (libjpeg of mozjpeg, libwebp).
 */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LabError } from '../src/core/errors.ts';
import type { PictureDecoder } from '../src/readers/imageReading.ts';
import { decodeBmp } from '../src/readers/pictures/bmp.ts';
import { decodeGif } from '../src/readers/pictures/gif.ts';

interface Decoder {
  /** RGBA; null where the file is damaged. Of a JPEG the orientation that its EXIF says is applied where asked. */
  decode: (bytes: Uint8Array, applyOrientation?: boolean) => ImageData | null;
}

/** A module of Emscripten: what makes it, and the code that it is given. */
type Factory = (options: {
  noInitialRun: true;
  wasmBinary: Uint8Array;
  /** Warnings of the library about a file, which are said by a code here. */
  printErr: (line: string) => void;
}) => Promise<Decoder>;

const CODE = {
  jpeg: '@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm',
  webp: '@jsquash/webp/codec/dec/webp_dec.wasm',
} as const;
type Kind = keyof typeof CODE;

/** The code lies beside the packed tool, and with its package where the tool runs from its sources. */
function placeOf(kind: Kind): string {
  const packed = ['./wasm/', '../wasm/']
    .map((folder) => fileURLToPath(new URL(folder + basename(CODE[kind]), import.meta.url)))
    .find((path) => existsSync(path));
  return packed ?? createRequire(import.meta.url).resolve(CODE[kind]);
}

const FACTORIES: Record<Kind, () => Promise<{ default: unknown }>> = {
  jpeg: () => import('@jsquash/jpeg/codec/dec/mozjpeg_dec.js'),
  webp: () => import('@jsquash/webp/codec/dec/webp_dec.js'),
};

const decoders = new Map<Kind, Promise<Decoder>>();
/** Kinds of which pictures were decoded here. */
const met = new Set<Kind>();

/** What is to be said of pictures that were decoded here; null where there were none. */
export function decoderRemark(): string | null {
  if (met.size === 0) return null;
  const names = [...met].map((kind) => (kind === 'jpeg' ? 'JPEG' : 'WebP')).join(' and ');
  return `${names} was decoded by the tool’s own decoder. Browsers come out a level higher or lower here and there, so the archive that the page makes of these files may differ.`;
}

function decoderOf(kind: Kind): Promise<Decoder> {
  let decoder = decoders.get(kind);
  if (decoder === undefined) {
    decoder = Promise.all([FACTORIES[kind](), readFile(placeOf(kind))]).then(([{ default: factory }, code]) =>
      (factory as Factory)({ noInitialRun: true, wasmBinary: code, printErr: () => undefined }),
    );
    decoders.set(kind, decoder);
  }
  return decoder;
}

const isDecoded = (kind: string): kind is Kind => kind in CODE;

/** @throws LabError PICTURE_DAMAGED, PICTURE_UNSUPPORTED */
export const decodePicture: PictureDecoder = async (bytes, { kind }) => {
  if (kind === 'bmp') return decodeBmp(bytes);
  if (kind === 'gif') return decodeGif(bytes);
  if (!isDecoded(kind))
    throw new LabError('PICTURE_UNSUPPORTED', `Pictures in ${kind.toUpperCase()} are not decoded here.`);
  const decoder = await decoderOf(kind);
  let decoded: ImageData | null = null;
  let cause: unknown;
  try {
    decoded = kind === 'jpeg' ? decoder.decode(bytes, true) : decoder.decode(bytes);
  } catch (thrown) {
    cause = thrown;
    // A module that has ended in the middle is not used again.
    decoders.delete(kind);
  }
  if (decoded === null) throw new LabError('PICTURE_DAMAGED', `The ${kind} cannot be decoded.`, { cause });
  met.add(kind);
  const { width, height, data } = decoded;
  return { width, height, channels: 4, data: new Uint8Array(data.buffer, data.byteOffset, data.byteLength) };
};
