/** Named files of pictures wherever they come from: a zip, a dropped folder, or several of these together. */
import { LabError } from '../../core/errors.ts';
import type { ImageFile, ReadNotice, SkippedPicture } from '../imageReading.ts';
import { cleanPath, isHousekeeping, shortPath } from '../zip/names.ts';
import type { ZipDirectory, ZipEntry } from '../zip/zip.ts';
import { listed } from './places.ts';
import { entryFile } from '../zip/zip.ts';

/**
 * What is done with a file's content, or with what is wrong with it. A promise that it returns is waited for before
 * more is given.
 */
export type TakeFile = (number: number, content: Uint8Array | LabError) => void | Promise<void>;

export interface PictureFiles {
  format: 'zip' | 'folder' | 'parquet';
  /** Of a file in a table, whose bytes are not known before it is read, 0. */
  files: readonly { path: string; bytes: number }[];
  /** Folders that are named as such, empty ones among them; without "/" at the end. */
  folders: readonly string[];
  skipped: readonly SkippedPicture[];
  notices: readonly ReadNotice[];
  /**
   * Reads files by number, in the order that is quickest.
   *
   * @param most of large files only this many bytes or more of their beginning are given, unchecked
   */
  read(numbers: readonly number[], take: TakeFile, most?: number): Promise<void>;
  /** One of the files by itself. */
  file(number: number): ImageFile;
}

/** What is to be said of a zip, whatever it holds. */
export function noticesOfZip({ innerZips, replaced }: ZipDirectory): ReadNotice[] {
  const notices: ReadNotice[] = [];
  if (innerZips > 0) {
    const text =
      innerZips === 1
        ? 'A zip within the zip was not opened.'
        : `${innerZips} zips within the zip were not opened.`;
    notices.push({ code: 'zip-inside', text });
  }
  if (replaced.length > 0) {
    const text = `The zip lists some files more than once; the last of each was read: ${listed([...new Set(replaced)], 3)}.`;
    notices.push({ code: 'zip-replaced', text });
  }
  return notices;
}

/** The files of a zip. */
export function filesOfZip(zip: ZipDirectory): PictureFiles {
  const { entries } = zip;
  return {
    format: 'zip',
    files: entries,
    folders: zip.folders,
    skipped: zip.skipped,
    notices: noticesOfZip(zip),
    read: (numbers, take, most) => {
      const numberOf = new Map<ZipEntry, number>();
      for (const number of numbers) numberOf.set(entries[number], number);
      return zip.readEntries(
        [...numberOf.keys()],
        (entry, content) => take(numberOf.get(entry)!, content),
        most,
      );
    },
    file: (number) => entryFile(zip, entries[number]),
  };
}

/** Bytes and files that are read at the same time. */
const BATCH_BYTES = 8 * 1024 * 1024;
const BATCH_FILES = 64;

/** The bytes of one file; what goes wrong is about this file alone. */
async function contentOf(file: ImageFile, to: number): Promise<Uint8Array | LabError> {
  try {
    const content = await file.slice(0, to);
    if (content.length === to) return content;
  } catch (thrown) {
    if (thrown instanceof LabError) return thrown;
  }
  return new LabError('FILE_UNREADABLE', `${shortPath(file.path)} could not be read.`);
}

/** Files that were dropped, a folder's with its path. */
export function filesOfFolder(dropped: readonly ImageFile[]): PictureFiles {
  const files = dropped
    .map((file) => ({ path: cleanPath(file.path), bytes: file.bytes, file }))
    .filter(({ path }) => path !== '' && !isHousekeeping(path));
  return {
    format: 'folder',
    files,
    folders: [],
    skipped: [],
    notices: [],
    read: async (numbers, take, most = Infinity) => {
      for (let from = 0; from < numbers.length;) {
        const batch: Promise<Uint8Array | LabError>[] = [];
        const first = from;
        for (let bytes = 0; from < numbers.length && batch.length < BATCH_FILES; from++) {
          const { file } = files[numbers[from]];
          const length = Math.min(file.bytes, most);
          bytes += length;
          if (batch.length > 0 && bytes > BATCH_BYTES) break;
          batch.push(contentOf(file, length));
        }
        const contents = await Promise.all(batch);
        for (let i = 0; i < contents.length; i++) {
          const waiting = take(numbers[first + i], contents[i]);
          if (waiting !== undefined) await waiting;
        }
      }
    },
    file: (number) => files[number].file,
  };
}

/** Several sources as one; the files of each are in a folder of their own ("train", when it was train.zip), or in none. */
export function joinFiles(parts: readonly { folder: string; files: PictureFiles }[]): PictureFiles {
  const files: { path: string; bytes: number }[] = [];
  const starts: number[] = [];
  const within = (folder: string, path: string): string => (folder === '' ? path : `${folder}/${path}`);
  for (const part of parts) {
    starts.push(files.length);
    for (const { path, bytes } of part.files.files) files.push({ path: within(part.folder, path), bytes });
  }
  const partOf = (number: number): number => starts.findLastIndex((start) => start <= number);
  return {
    format: parts.some((part) => part.files.format === 'zip') ? 'zip' : 'folder',
    files,
    folders: parts.flatMap((part) => part.files.folders.map((folder) => within(part.folder, folder))),
    skipped: parts.flatMap((part) => [...part.files.skipped]),
    notices: parts.flatMap((part) => [...part.files.notices]),
    read: async (numbers, take, most) => {
      for (let p = 0; p < parts.length; p++) {
        const own = numbers.filter((number) => partOf(number) === p).map((number) => number - starts[p]);
        await parts[p].files.read(own, (number, content) => take(number + starts[p], content), most);
      }
    },
    file: (number) => parts[partOf(number)].files.file(number - starts[partOf(number)]),
  };
}
