/** The half of `bench ingest` that is about pictures: of files that are given, or of a Parquet that is generated. */
import { writeFileSync } from 'node:fs';
import { encode } from 'fast-png';
import { rawBytes } from '../src/core/images/imageSet.ts';
import { createGenerator } from '../src/core/random.ts';
import { writePictures, type PictureRow } from '../src/readers/parquet/writePictures.ts';
import { readImages } from '../src/readers/readImages.ts';
import { imageFilesAt } from './imageFiles.ts';
import type { MemoryPulse } from './ingestMemory.ts';
import { decodeInNode } from './pictureDecoder.ts';

const SIDE = 28;
const CLASSES = 10;

/** A picture in the way of a written digit: a stroke that wanders, its edges grey. */
function stroke(draw: (n: number) => number): Uint8Array {
  const data = new Uint8Array(SIDE * SIDE);
  let [x, y] = [6 + draw(16), 6 + draw(16)];
  for (let step = 0; step < 40; step++) {
    x = Math.min(SIDE - 2, Math.max(1, x + draw(3) - 1));
    y = Math.min(SIDE - 2, Math.max(1, y + draw(3) - 1));
    for (const [dx, dy, ink] of [
      [0, 0, 255],
      [1, 0, 100 + draw(100)],
      [0, 1, 100 + draw(100)],
      [-1, 0, 60],
      [0, -1, 60],
    ]) {
      const at = (y + dy) * SIDE + x + dx;
      data[at] = Math.max(data[at], ink);
    }
  }
  return data;
}

function* rowsOf(pictures: number, seed: number): Generator<PictureRow> {
  const generator = createGenerator(seed);
  const draw = (n: number): number => (generator.next() >>> 0) % n;
  for (let k = 0; k < pictures; k++) {
    const bytes = encode({ width: SIDE, height: SIDE, channels: 1, depth: 8, data: stroke(draw) });
    yield { bytes, path: `${k}.png`, label: k % CLASSES };
  }
}

/** Writes pictures of 28 × 28 as PNGs into a Parquet, as dataset hubs have them. */
export async function generatePictures(path: string, pictures: number, seed: number): Promise<void> {
  const pieces: Uint8Array[] = [];
  const classNames = Array.from({ length: CLASSES }, (_, label) => String(label));
  const table = { classNames, rows: rowsOf(pictures, seed), hasPart: false, hasRecord: false };
  for await (const piece of writePictures(table)) pieces.push(piece);
  writeFileSync(path, Buffer.concat(pieces));
}

/** Reads pictures and tells how many of which size. */
export async function readPictures(paths: readonly string[], memory: MemoryPulse) {
  const { set, format, notices, skippedCount } = await readImages(
    imageFilesAt(paths),
    {},
    decodeInNode,
    memory,
  );
  return {
    pictures: set.records,
    format,
    shape: set.shape,
    classes: set.classNames.length,
    test: set.givenTest?.length ?? null,
    typedBytes: rawBytes(set),
    notices: [...notices.map(({ text }) => text), ...(skippedCount > 0 ? [`${skippedCount} left out`] : [])],
  };
}
