/**
 * The binary version of CIFAR: records of a label, or a coarse and a fine label, then 32 × 32 red values, as many green
 * and as many blue ones.
 */
import { LabError } from '../../core/errors.ts';
import type { Pulse } from '../../core/pulse.ts';
import { MAX_PIXEL_BYTES, type ImageShape } from '../../core/images/imageSet.ts';
import { cleanName } from '../labels/labels.ts';
import type { PileReader, PixelFile } from './pile.ts';
import { StreamReader, type Source } from '../source.ts';

const SIDE = 32;
const PLANE_BYTES = SIDE * SIDE;
const PIXEL_BYTES = 3 * PLANE_BYTES;
const SHAPE: ImageShape = { width: SIDE, height: SIDE, channels: 3 };

/** Classes of CIFAR-10 by number, as its authors name them. */
export const CIFAR_10_NAMES: readonly string[] = [
  'airplane',
  'automobile',
  'bird',
  'cat',
  'deer',
  'dog',
  'frog',
  'horse',
  'ship',
  'truck',
];

/** Bytes inflated between two questions to the pulse. */
const STEP_BYTES = 1 << 20;
/** Records copied at a time. */
const CHUNK_RECORDS = 256;

/** Whether a file is called as batches of CIFAR are. */
function isNamedCifar(path: string): boolean {
  return /(?:^|\/)(?:data_batch_\d+|test_batch|train|test|cifar[^/]*)\.bin(?:\.gz)?$/i.test(path);
}

/** Labels in front of the pixels: 1 of CIFAR-10, 2 of CIFAR-100, 0 where the length is that of neither. */
function labelBytes(source: Source, bytes: number): 0 | 1 | 2 {
  const one = bytes > 0 && bytes % (1 + PIXEL_BYTES) === 0;
  const two = bytes > 0 && bytes % (2 + PIXEL_BYTES) === 0;
  // A length may be both: the labels of CIFAR-10 are below 10, of which two records tell enough.
  if (one && two) return source.head[0] < 10 && (source.head[1 + PIXEL_BYTES] ?? 0) < 10 ? 1 : 2;
  return one ? 1 : two ? 2 : 0;
}

/** Whether a file may be batches of CIFAR: a .bin file whose length is right or whose name is. */
export function mayBeCifar(source: Source): boolean {
  if (!/\.bin$/i.test(source.path)) return false;
  if (isNamedCifar(source.path)) return true;
  return source.bytes !== null && labelBytes(source, source.bytes) > 0;
}

/**
 * Size of what is inside; a compressed file has to be inflated to know it.
 *
 * @throws LabError IMAGES_TOO_LARGE
 */
async function sizeOf(source: Source, pulse: Pulse): Promise<number> {
  if (source.bytes !== null) return source.bytes;
  const reader = await StreamReader.open(source.stream);
  try {
    let bytes = 0;
    for (;;) {
      const skipped = await reader.skip(STEP_BYTES);
      bytes += skipped;
      if (skipped < STEP_BYTES) return bytes;
      if (bytes > 2 * MAX_PIXEL_BYTES)
        throw new LabError(
          'IMAGES_TOO_LARGE',
          `${cleanName(source.path)} has more than ${bytes} bytes inside.`,
        );
      if (pulse.due())
        await pulse.beat({ phase: 'Measuring files', done: bytes, total: null, unit: 'bytes' });
    }
  } finally {
    await reader.close();
  }
}

/** A batch; its labels are there when its pictures have been read. */
export interface CifarBatch extends PixelFile {
  labels: Uint8Array;
  /** Whether it is of CIFAR-100, with coarse and fine labels of which the fine ones are taken. */
  isFine: boolean;
}

/** @throws LabError CIFAR_DAMAGED where its length is not that of whole records */
export async function openCifar(source: Source, pulse: Pulse): Promise<CifarBatch> {
  const bytes = await sizeOf(source, pulse);
  const leading = labelBytes(source, bytes);
  if (leading === 0)
    throw new LabError(
      'CIFAR_DAMAGED',
      `${cleanName(source.path)} has ${bytes} bytes, which are no whole records of 3073 bytes (CIFAR-10) or 3074 (CIFAR-100).`,
    );
  const recordBytes = leading + PIXEL_BYTES;
  const records = bytes / recordBytes;
  const labels = new Uint8Array(records);
  const open = async (): Promise<PileReader> => {
    const reader = await StreamReader.open(source.stream);
    const chunk = new Uint8Array(CHUNK_RECORDS * recordBytes);
    let done = 0;
    return {
      read: async (target, count) => {
        for (let i = 0; i < count; i += CHUNK_RECORDS) {
          const some = Math.min(CHUNK_RECORDS, count - i);
          const wanted = some * recordBytes;
          if ((await reader.read(chunk.subarray(0, wanted))) < wanted)
            throw new LabError(
              'CIFAR_DAMAGED',
              `${cleanName(source.path)} has become shorter while it was read.`,
            );
          interleave(chunk, some, leading, target, i * PIXEL_BYTES);
          for (let k = 0; k < some; k++) labels[done++] = chunk[k * recordBytes + leading - 1];
        }
      },
      end: () => Promise.resolve(),
      close: () => reader.close(),
    };
  };
  return { path: source.path, shape: SHAPE, records, labels, isFine: leading === 2, open };
}

/** Planes of red, green and blue to pixels of the three, record after record. */
function interleave(from: Uint8Array, records: number, leading: number, to: Uint8Array, at: number): void {
  const recordBytes = leading + PIXEL_BYTES;
  for (let k = 0; k < records; k++) {
    const red = k * recordBytes + leading;
    let pixel = at + k * PIXEL_BYTES;
    for (let p = red; p < red + PLANE_BYTES; p++) {
      to[pixel] = from[p];
      to[pixel + 1] = from[p + PLANE_BYTES];
      to[pixel + 2] = from[p + 2 * PLANE_BYTES];
      pixel += 3;
    }
  }
}
