/** The pictures of an archive as files for other programs: PNGs in a folder per class, and sets in one file. */
import { encode } from 'fast-png';
import type { MadeFile } from '../../contracts/codec.ts';
import type { PictureFormat, PictureTableFormat } from '../../contracts/images.ts';
import type { ByteSource } from '../../core/archive/container.ts';
import { openImageArchive, type ImageArchive } from '../../core/images/archive/read.ts';
import { pictureBytes } from '../../core/images/imageSet.ts';
import type { Pulse } from '../../core/pulse.ts';
import { fileStem } from '../exports.ts';
import type { Draw } from './sampling.ts';
import { allPictures, drawnPictures, setFile } from './setFiles.ts';
import { archiveWindows } from './windows.ts';
import { createStoredZip } from '../../readers/zip/storedZip.ts';

/** Bytes that are put together into one part of the file. */
const PART_BYTES = 1 << 20;

/**
 * A folder for every class, under names that every system takes and that differ where letters of both cases do not.
 *
 * @returns one name per class
 */
function classFolders(classNames: readonly string[]): string[] {
  const taken = new Set<string>();
  return classNames.map((name, label) => {
    const plain = name
      .normalize('NFC')
      .replace(/[^\p{L}\p{N}._ -]+/gu, '-')
      .replace(/^[. -]+|[. -]+$/g, '')
      .slice(0, 60);
    let folder = plain === '' ? `class-${label}` : plain;
    if (taken.has(folder.toLowerCase())) folder = `${folder}-${label}`;
    for (let k = 2; taken.has(folder.toLowerCase()); k++) folder = `${plain}-${label}-${k}`;
    taken.add(folder.toLowerCase());
    return folder;
  });
}

/** Path of every picture: train/cat/000123.png, its number that of the record. */
function pathsOf({ labels, classNames, places, schema }: ImageArchive): (record: number) => string {
  const folders = classFolders(classNames);
  const digits = String(Math.max(0, schema.records - 1)).length;
  return (record) => {
    const part = places[record] % 2 === 1 ? 'test' : 'train';
    return `${part}/${folders[labels[record]]}/${String(record).padStart(digits, '0')}.png`;
  };
}

/** A picture as a file. */
export interface PictureFile {
  /** train/cat/000123.png */
  path: string;
  bytes: Uint8Array;
}

/** Every picture of an archive as a PNG, window by window: they are never in memory as a whole. */
export async function* pictureFiles(archive: ImageArchive, pulse: Pulse): AsyncGenerator<PictureFile> {
  const { width, height, channels } = archive.shape;
  const bytes = pictureBytes(archive.shape);
  const pathOf = pathsOf(archive);
  let done = 0;
  for await (const { records, subset } of archiveWindows(archive, pulse)) {
    for (let k = 0; k < records.length; k++) {
      const data = subset.pixels.subarray(k * bytes, (k + 1) * bytes);
      yield { path: pathOf(records[k]), bytes: encode({ width, height, channels, depth: 8, data }) };
      done++;
      if (pulse.due()) {
        const total = archive.schema.records;
        await pulse.beat({ phase: 'Writing PNGs', done, total, unit: 'pictures' });
      }
    }
  }
}

/** Files as a zip, piece by piece. */
export async function* zipOf(files: AsyncIterable<PictureFile>): AsyncGenerator<Uint8Array> {
  const zip = createStoredZip();
  for await (const { path, bytes } of files) yield* zip.entry(path, bytes);
  yield* zip.end();
}

/** Pieces as a blob, put together part by part. */
async function blobOf(pieces: AsyncIterable<Uint8Array>, type: string): Promise<Blob> {
  const parts: Blob[] = [];
  let waiting: Uint8Array[] = [];
  let waitingBytes = 0;
  const flush = (): void => {
    // A blob of its own at once: the browser may keep it outside of this worker's memory.
    parts.push(new Blob(waiting as Uint8Array<ArrayBuffer>[]));
    waiting = [];
    waitingBytes = 0;
  };
  for await (const piece of pieces) {
    waiting.push(piece);
    waitingBytes += piece.length;
    if (waitingBytes >= PART_BYTES) flush();
  }
  flush();
  return new Blob(parts, { type });
}

const TYPES: Record<PictureFormat, string> = {
  png: 'application/zip',
  npz: 'application/zip',
  parquet: 'application/vnd.apache.parquet',
};

/**
 * The pictures of an archive as a file. PNGs are decoded window by window, so that neither the pictures nor the zip are
 * in memory as a whole; for the other formats all pixels are.
 */
export async function exportImages(
  source: ByteSource,
  format: PictureFormat,
  pulse: Pulse,
): Promise<MadeFile> {
  const archive = await openImageArchive(source, pulse);
  const stem = `${fileStem(archive.schema.name)}-pictures`;
  if (format === 'png')
    return { name: `${stem}.zip`, file: await blobOf(zipOf(pictureFiles(archive, pulse)), TYPES.png) };
  const pieces = setFile(await allPictures(archive, pulse), format, pulse);
  return { name: `${stem}.${format}`, file: await blobOf(pieces, TYPES[format]) };
}

/** A random share of the training pictures as a file, the very pictures that `sampleImages` draws. */
export async function exportRandomSample(
  archive: ImageArchive,
  drawn: Draw,
  format: PictureTableFormat,
  pulse: Pulse,
): Promise<MadeFile> {
  const pieces = setFile(await drawnPictures(archive, drawn, pulse), format, pulse);
  return {
    name: `${fileStem(archive.schema.name)}-sample-${drawn.seed}.${format}`,
    file: await blobOf(pieces, TYPES[format]),
  };
}
