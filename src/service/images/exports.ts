/** The pictures of an archive as files: a zip of PNGs with a folder per class, as other programs read them. */
import { encode } from 'fast-png';
import type { MadeFile } from '../../contracts/codec.ts';
import type { ByteSource } from '../../core/archive/container.ts';
import { openImageArchive, type ImageArchive } from '../../core/images/archive/read.ts';
import { pictureBytes } from '../../core/images/imageSet.ts';
import type { Pulse } from '../../core/pulse.ts';
import { fileStem } from '../exports.ts';
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

/** Decodes the archive window by window; neither the pictures nor the zip are in memory as a whole. */
export async function exportImages(source: ByteSource, pulse: Pulse): Promise<MadeFile> {
  const archive = await openImageArchive(source, pulse);
  const parts: Blob[] = [];
  let waiting: Uint8Array[] = [];
  let waitingBytes = 0;
  const flush = (): void => {
    // A blob of its own at once: the browser may keep it outside of this worker's memory.
    parts.push(new Blob(waiting as Uint8Array<ArrayBuffer>[]));
    waiting = [];
    waitingBytes = 0;
  };
  for await (const piece of zipOf(pictureFiles(archive, pulse))) {
    waiting.push(piece);
    waitingBytes += piece.length;
    if (waitingBytes >= PART_BYTES) flush();
  }
  flush();
  return {
    name: `${fileStem(archive.schema.name)}-pictures.zip`,
    file: new Blob(parts, { type: 'application/zip' }),
  };
}
