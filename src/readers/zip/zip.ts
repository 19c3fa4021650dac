/**
 * A zip file by random access: its directory, and the content of its entries. Entries that lie side by side are read
 * in slices of some megabytes: tens of thousands of small files cost a few reads.
 */
import { LabError } from '../../core/errors.ts';
import type { ImageFile, SkippedPicture } from '../imageReading.ts';
import { crc32 } from './crc32.ts';
import {
  contentFrom,
  LOCAL_BYTES,
  MOST_NAME_BYTES,
  readDirectory,
  STORED,
  type ZipEntry,
} from './directory.ts';
import { inflateExactly, inflateStart } from '../../core/bits/inflate.ts';
import { shortPath } from './names.ts';

export { endsAsZip, type ZipEntry } from './directory.ts';

/** Bytes of a slice that is read at once, and of what may lie unused between two entries of it. */
const SLICE_BYTES = 4 * 1024 * 1024;
const GAP_BYTES = 64 * 1024;
/** Entries of more bytes are not read as a whole where their beginning is enough. */
const LARGE_BYTES = 256 * 1024;

/**
 * What is done with an entry's content, or with what is wrong with it. Small contents may be part of a larger array:
 * what is kept has to be copied. A promise that it returns is waited for before the next entry.
 */
export type TakeEntry = (entry: ZipEntry, content: Uint8Array | LabError) => void | Promise<void>;

export interface ZipDirectory {
  file: ImageFile;
  /** Files that can be read, in the order of the zip's list. */
  entries: ZipEntry[];
  /** Files that cannot: packed in another way, beyond the end, or zips within the zip. */
  skipped: SkippedPicture[];
  innerZips: number;
  /** Paths of entries in whose place a later one of the same path was read. */
  replaced: string[];
  /** Folders that the zip lists as such, without "/" at the end. */
  folders: string[];
  /**
   * Content of one entry, checked against its length and checksum.
   *
   * @throws LabError ZIP_DAMAGED
   */
  readEntry(entry: ZipEntry): Promise<Uint8Array>;
  /**
   * Contents of several entries in the order in which they lie in the file.
   *
   * @param most of large entries only the beginning is read and given: this many bytes or more, unchecked
   */
  readEntries(entries: readonly ZipEntry[], take: TakeEntry, most?: number): Promise<void>;
}

function damaged(entry: ZipEntry, what: string): LabError {
  return new LabError('ZIP_DAMAGED', `${shortPath(entry.path)} is damaged in the zip: ${what}.`);
}

/** Content of an entry whose bytes in the file, from its local header on, are given. */
function unpack(entry: ZipEntry, bytes: Uint8Array): Uint8Array | LabError {
  const from = contentFrom(bytes);
  if (from < 0) return damaged(entry, 'its header is missing');
  if (from + entry.compressedBytes > bytes.length)
    return damaged(entry, `its ${entry.compressedBytes} bytes run into the next file`);
  const packed = bytes.subarray(from, from + entry.compressedBytes);
  if (entry.method === STORED && entry.bytes !== entry.compressedBytes)
    return damaged(entry, `it is stored in ${entry.compressedBytes} bytes and declares ${entry.bytes}`);
  const content = entry.method === STORED ? packed : inflateExactly(packed, entry.bytes);
  if (content === null)
    return damaged(entry, `it does not unpack to the ${entry.bytes} bytes that it declares`);
  if (crc32(content) !== entry.crc) return damaged(entry, 'its checksum does not match');
  return content;
}

/** The beginning of an entry's content from the beginning of its bytes. */
function unpackStart(entry: ZipEntry, bytes: Uint8Array, most: number): Uint8Array | LabError {
  const from = contentFrom(bytes);
  if (from < 0) return damaged(entry, 'its header is missing');
  const packed = bytes.subarray(from, from + entry.compressedBytes);
  if (entry.method === STORED) return packed;
  return inflateStart(packed, most) ?? damaged(entry, 'it cannot be unpacked');
}

/** Whether an entry is so large that its beginning is read alone. */
function isStartEnough(entry: ZipEntry, most: number): boolean {
  return most < entry.bytes && entry.to - entry.from > LARGE_BYTES + MOST_NAME_BYTES;
}

/** The end of the run of entries from `first` on that is read in one slice. */
function endOfRun(ordered: readonly ZipEntry[], first: number, most: number): number {
  let end = first + 1;
  while (
    end < ordered.length &&
    !isStartEnough(ordered[end], most) &&
    ordered[end].from - ordered[end - 1].to <= GAP_BYTES &&
    ordered[end].to - ordered[first].from <= SLICE_BYTES
  )
    end++;
  return end;
}

async function readEntries(
  file: ImageFile,
  entries: readonly ZipEntry[],
  take: TakeEntry,
  most: number,
): Promise<void> {
  const ordered = entries.slice().sort((a, b) => a.from - b.from);
  for (let first = 0; first < ordered.length;) {
    const from = ordered[first].from;
    if (isStartEnough(ordered[first], most)) {
      const entry = ordered[first++];
      const start = await file.slice(from, Math.min(entry.to, from + LOCAL_BYTES + MOST_NAME_BYTES + most));
      await take(entry, unpackStart(entry, start, most));
      continue;
    }
    const end = endOfRun(ordered, first, most);
    const slice = await file.slice(from, ordered[end - 1].to);
    for (; first < end; first++) {
      const entry = ordered[first];
      const waiting = take(entry, unpack(entry, slice.subarray(entry.from - from, entry.to - from)));
      // Awaiting what is no promise would cost a turn of the event loop per picture.
      if (waiting !== undefined) await waiting;
    }
  }
}

/**
 * Opens a zip.
 *
 * @throws LabError ZIP_DAMAGED, ZIP_ENCRYPTED, ZIP_TOO_LARGE
 */
export async function openZip(file: ImageFile): Promise<ZipDirectory> {
  const list = await readDirectory(file);
  return {
    file,
    ...list,
    readEntry: async (entry) => {
      const content = unpack(entry, await file.slice(entry.from, entry.to));
      if (content instanceof LabError) throw content;
      return content;
    },
    readEntries: (entries, take, most = Infinity) => readEntries(file, entries, take, most),
  };
}

/** An entry as a file of its own: unpacked when it is first read, and kept from then on. */
export function entryFile(zip: ZipDirectory, entry: ZipEntry): ImageFile {
  let content: Promise<Uint8Array> | null = null;
  return {
    path: entry.path,
    bytes: entry.bytes,
    slice: async (from, to) => {
      content ??= zip.readEntry(entry);
      return (await content).slice(from, to);
    },
  };
}

/** Whether bytes begin as a zip does, an empty one included. */
export function isZip(head: Uint8Array): boolean {
  return (
    head.length >= 4 &&
    head[0] === 0x50 &&
    head[1] === 0x4b &&
    ((head[2] === 3 && head[3] === 4) || (head[2] === 5 && head[3] === 6))
  );
}
