/** Files of pictures for tests: bytes in memory, and the formats written plainly. */
import type { ImageSet } from '../../core/images/imageSet.ts';
import type { ImageFile } from '../imageReading.ts';

/** A file of bytes; what is read of it is counted. */
export function imageFile(path: string, bytes: Uint8Array): ImageFile & { bytesRead: number } {
  const file = {
    path,
    bytes: bytes.length,
    bytesRead: 0,
    slice: (from: number, to: number) => {
      file.bytesRead += to - from;
      return Promise.resolve(bytes.slice(from, to));
    },
  };
  return file;
}

export function textImageFile(path: string, text: string): ImageFile {
  return imageFile(path, new TextEncoder().encode(text));
}

export function joined(...parts: readonly ArrayLike<number>[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** IDX of bytes. */
export function idxBytes(dimensions: readonly number[], values: ArrayLike<number>, type = 8): Uint8Array {
  const header = new DataView(new ArrayBuffer(4 + 4 * dimensions.length));
  header.setUint8(2, type);
  header.setUint8(3, dimensions.length);
  dimensions.forEach((dimension, d) => header.setUint32(4 + 4 * d, dimension));
  return joined(new Uint8Array(header.buffer), values);
}

/** A NumPy array; the values are given as bytes. */
export function npyBytes(
  descr: string,
  shape: readonly number[],
  values: ArrayLike<number>,
  { fortran = false, version = 1 } = {},
): Uint8Array {
  const spelt = descr.startsWith('[') ? descr : `'${descr}'`;
  const order = fortran ? 'True' : 'False';
  const dict = `{'descr': ${spelt}, 'fortran_order': ${order}, 'shape': (${shape.map((n) => `${n},`).join(' ')}), }`;
  const start = version === 1 ? 10 : 12;
  const text = `${dict.padEnd(Math.ceil((dict.length + start + 1) / 64) * 64 - start - 1)}\n`;
  const lengths =
    version === 1 ? [text.length & 255, text.length >> 8] : [text.length & 255, text.length >> 8, 0, 0];
  return joined([0x93, 78, 85, 77, 80, 89, version, 0, ...lengths], new TextEncoder().encode(text), values);
}

/** Records of CIFAR from pixels NHWC; `coarse` makes them records of CIFAR-100. */
export function cifarBytes(
  pixels: Uint8Array,
  labels: ArrayLike<number>,
  coarse?: ArrayLike<number>,
): Uint8Array {
  const parts: ArrayLike<number>[] = [];
  for (let i = 0; i < labels.length; i++) {
    parts.push(coarse === undefined ? [labels[i]] : [coarse[i], labels[i]]);
    for (let channel = 0; channel < 3; channel++)
      parts.push(Uint8Array.from({ length: 1024 }, (_, p) => pixels[i * 3072 + p * 3 + channel]));
  }
  return joined(...parts);
}

/** Bytes that look random and are the same every time. */
export function noise(length: number, seed = 1): Uint8Array {
  const bytes = new Uint8Array(length);
  let state = seed * 2_654_435_761 + 1;
  for (let i = 0; i < length; i++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    bytes[i] = state >>> 24;
  }
  return bytes;
}

/** Names of the classes of pictures in order. */
export function labelNames({ labels, classNames }: ImageSet): string[] {
  return Array.from(labels, (label) => classNames[label]);
}
