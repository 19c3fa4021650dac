/** Pictures for the tests: made from a seed, so that every run drops the same bytes. */
import { encode } from 'fast-png';
import { zipSync } from 'fflate';
import { greyBmp } from '../../src/readers/testing/bmpFiles.ts';
import { greyGif } from '../../src/readers/testing/gifFiles.ts';

export interface MadePictures {
  width: number;
  height: number;
  channels: 1 | 3;
  classNames: string[];
  /** Pixels and class of every picture, NHWC. */
  pictures: { label: number; pixels: Uint8Array }[];
}

/** The same numbers for the same seed (a linear congruential generator is random enough here). */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const CLASS_NAMES = ['bars', 'disc', 'frame'];

/** Bars, discs and frames with a little noise: three classes that differ as real ones do. */
export function makePictures(
  perClass: number,
  { size = 16, channels = 1, seed = 1 }: { size?: number; channels?: 1 | 3; seed?: number } = {},
): MadePictures {
  const random = generator(seed);
  const pictures: MadePictures['pictures'] = [];
  for (let label = 0; label < CLASS_NAMES.length; label++) {
    for (let k = 0; k < perClass; k++) {
      const pixels = new Uint8Array(size * size * channels);
      const [dx, dy] = [Math.floor(random() * 4) - 2, Math.floor(random() * 4) - 2];
      for (let y = 0; y < size; y++) {
        for (let x = 0; x < size; x++) {
          const [u, v] = [x - dx - size / 2, y - dy - size / 2];
          const isInk = [
            Math.abs(u) % 4 < 2 && Math.abs(v) < size / 3,
            u * u + v * v < (size * size) / 12,
            Math.max(Math.abs(u), Math.abs(v)) < size / 3 && Math.max(Math.abs(u), Math.abs(v)) > size / 5,
          ][label];
          for (let c = 0; c < channels; c++) {
            const ink = 200 - 40 * ((label + c) % 3) + Math.floor(random() * 24);
            pixels[(y * size + x) * channels + c] = isInk ? ink : Math.floor(random() * 3);
          }
        }
      }
      pictures.push({ label, pixels });
    }
  }
  return { width: size, height: size, channels, classNames: CLASS_NAMES, pictures };
}

/** One picture as PNG. */
export function png(
  { width, height, channels }: Omit<MadePictures, 'pictures' | 'classNames'>,
  data: Uint8Array,
) {
  return encode({ width, height, channels, data, depth: 8 });
}

/** The same pictures over and over: as long to read as so many of each class, and not to make. */
export function manyOf(made: MadePictures, perClass: number): MadePictures {
  const count = perClass * made.classNames.length;
  const pictures = Array.from({ length: count }, (_, k) => made.pictures[k % made.pictures.length]);
  return { ...made, pictures };
}

/** A zip of PNGs, a folder for every class; `extra` files beside them. */
export function pictureZip(made: MadePictures, extra: Record<string, Uint8Array> = {}): Uint8Array {
  const files: Record<string, Uint8Array> = {};
  const encoded = new Map<Uint8Array, Uint8Array>();
  for (const { pixels } of made.pictures) {
    if (!encoded.has(pixels)) encoded.set(pixels, png(made, pixels));
  }
  made.pictures.forEach(({ label, pixels }, k) => {
    files[`${made.classNames[label]}/${String(k).padStart(4, '0')}.png`] = encoded.get(pixels)!;
  });
  return zipSync({ ...files, ...extra }, { level: 0 });
}

/** A zip of grey pictures in formats that keep every value, another one for each class. */
export function mixedZip({ width, height, classNames, pictures }: MadePictures): Uint8Array {
  const formats = [
    { end: 'png', write: (pixels: Uint8Array) => png({ width, height, channels: 1 }, pixels) },
    { end: 'gif', write: (pixels: Uint8Array) => greyGif(width, height, pixels) },
    { end: 'bmp', write: (pixels: Uint8Array) => greyBmp(width, height, pixels) },
  ];
  const files = pictures.map(({ label, pixels }, k) => {
    const { end, write } = formats[label % formats.length];
    return [`${classNames[label]}/${String(k).padStart(4, '0')}.${end}`, write(pixels)] as const;
  });
  return zipSync(Object.fromEntries(files), { level: 0 });
}

/** The same pictures as a pair of IDX files. */
export function idxPair({ width, height, pictures }: MadePictures): {
  images: Uint8Array;
  labels: Uint8Array;
} {
  const images = new Uint8Array(16 + pictures.length * width * height);
  const view = new DataView(images.buffer);
  [0x803, pictures.length, height, width].forEach((value, k) => view.setUint32(4 * k, value));
  const labels = new Uint8Array(8 + pictures.length);
  const labelView = new DataView(labels.buffer);
  [0x801, pictures.length].forEach((value, k) => labelView.setUint32(4 * k, value));
  pictures.forEach(({ label, pixels }, k) => {
    images.set(pixels, 16 + k * width * height);
    labels[8 + k] = label;
  });
  return { images, labels };
}
