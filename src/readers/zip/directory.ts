/**
 * The directory of a zip file: its end is found, then the list of entries is read (APPNOTE.TXT, sections 4.3.12 to
 * 4.3.16, with zip64). Nothing of the entries themselves is read here, and no number is believed before it is checked.
 */
import { LabError } from '../../core/errors.ts';
import type { ImageFile, SkippedPicture } from '../imageReading.ts';
import { crc32 } from './crc32.ts';
import { cleanPath, decodeName, isHousekeeping, shortPath } from './names.ts';

const LOCAL_HEADER = 0x04034b50;
const ENTRY = 0x02014b50;
const END = 0x06054b50;
const END_64 = 0x06064b50;
const END_64_LOCATOR = 0x07064b50;
/** Number of the extra field that holds a name in UTF-8. */
const UNICODE_PATH = 0x7075;

const ENTRY_BYTES = 46;
const END_BYTES = 22;
const LOCATOR_BYTES = 20;
const END_64_BYTES = 56;
/** A local header without name and extra fields, and the most that these can add. */
export const LOCAL_BYTES = 30;
export const MOST_NAME_BYTES = 2 * 65_535;

/** Most entries, and most bytes of the list of them. */
const MAX_ENTRIES = 1_000_000;
const MAX_DIRECTORY_BYTES = 256 * 1024 * 1024;
/** What any zip may become, how many times its own size beyond that, and what none may become. */
const HARMLESS_BYTES = 256 * 1024 * 1024;
const MAX_RATIO = 200;
const MAX_TOTAL_BYTES = 64 * 1024 * 1024 * 1024;

export const STORED = 0;
const DEFLATED = 8;

export interface ZipEntry {
  /** Cleaned: see names.ts. */
  path: string;
  /** Bytes in the zip, and after unpacking, both as declared. */
  compressedBytes: number;
  bytes: number;
  /** STORED or DEFLATED. */
  method: number;
  /** CRC-32 of the content. */
  crc: number;
  /** Where its local header lies in the file, and where the next thing begins. */
  from: number;
  to: number;
}

export interface ZipList {
  /** Files that can be read, in the order of the directory; housekeeping of operating systems is left out. */
  entries: ZipEntry[];
  /** Files that cannot be read, and zips within the zip. */
  skipped: SkippedPicture[];
  innerZips: number;
  /** Paths of entries in whose place a later one of the same path was read. */
  replaced: string[];
  /** Folders that are listed as such, without "/" at the end. */
  folders: string[];
}

function damaged(file: ImageFile, what: string): LabError {
  return new LabError('ZIP_DAMAGED', `${shortPath(file.path)} is damaged: ${what}.`);
}

/** A 64-bit length or place; beyond any file where it does not fit a number. */
function uint64(view: DataView, at: number): number {
  return view.getUint32(at, true) + view.getUint32(at + 4, true) * 2 ** 32;
}

/** Where the list of entries lies, and how many there are. */
interface Place {
  entries: number;
  from: number;
  bytes: number;
  /** Bytes in front of the zip that its own places do not count: a program that unpacks it, for instance. */
  shift: number;
}

/** The large end record at a place; null where there is none. */
async function endRecordAt(file: ImageFile, from: number): Promise<DataView | null> {
  if (from < 0) return null;
  const record = await file.slice(from, from + END_64_BYTES);
  const view = new DataView(record.buffer, record.byteOffset, record.byteLength);
  return record.length === END_64_BYTES && view.getUint32(0, true) === END_64 ? view : null;
}

/** Finds the end record from behind: a comment of up to 65,535 bytes may follow it. */
async function findPlace(file: ImageFile): Promise<Place> {
  const tailBytes = Math.min(file.bytes, END_BYTES + 65_535 + LOCATOR_BYTES + END_64_BYTES);
  const tailFrom = file.bytes - tailBytes;
  const tail = await file.slice(tailFrom, file.bytes);
  const view = new DataView(tail.buffer, tail.byteOffset, tail.byteLength);
  let end = tail.length - END_BYTES;
  while (
    end >= 0 &&
    !(view.getUint32(end, true) === END && end + END_BYTES + view.getUint16(end + 20, true) <= tail.length)
  )
    end--;
  if (end < 0) throw damaged(file, 'its end, with the list of what it holds, is missing');
  if (view.getUint16(end + 4, true) !== view.getUint16(end + 6, true))
    throw damaged(file, 'it is one part of several, and only a whole zip can be read');
  let entries = view.getUint16(end + 10, true);
  let bytes = view.getUint32(end + 12, true);
  let from = view.getUint32(end + 16, true);
  let endFrom = tailFrom + end;
  const locator = end - LOCATOR_BYTES;
  if (locator >= 0 && view.getUint32(locator, true) === END_64_LOCATOR) {
    const stated = uint64(view, locator + 8);
    if (stated + END_64_BYTES > endFrom) throw damaged(file, 'the place of its list is beyond its end');
    // Bytes in front of the zip move the record away from its place, but not from the locator.
    let end64From = stated;
    let view64 = await endRecordAt(file, stated);
    if (view64 === null) {
      end64From = endFrom - LOCATOR_BYTES - END_64_BYTES;
      view64 = await endRecordAt(file, end64From);
    }
    if (view64 === null) throw damaged(file, 'its large end record is not where it should be');
    entries = uint64(view64, 32);
    bytes = uint64(view64, 40);
    from = uint64(view64, 48);
    endFrom = end64From;
  }
  const shift = endFrom - bytes - from;
  if (shift < 0) throw damaged(file, `its list of ${bytes} bytes does not fit in front of its end`);
  return { entries, from: from + shift, bytes, shift };
}

/** An extra field of an entry by its number: where its content begins and ends; null where there is none. */
function extraField(view: DataView, from: number, to: number, id: number): [number, number] | null {
  for (let at = from; at + 4 <= to;) {
    const end = at + 4 + view.getUint16(at + 2, true);
    if (end > to) return null;
    if (view.getUint16(at, true) === id) return [at + 4, end];
    at = end;
  }
  return null;
}

/** Replaces sizes and place that did not fit 32 bits by those of the zip64 field. */
function readLargeNumbers(view: DataView, from: number, to: number, entry: ZipEntry): void {
  const field = extraField(view, from, to, 1);
  if (field === null) return;
  let [number] = field;
  const next = (old: number): number => {
    if (old !== 0xffffffff || number + 8 > field[1]) return old;
    number += 8;
    return uint64(view, number - 8);
  };
  entry.bytes = next(entry.bytes);
  entry.compressedBytes = next(entry.compressedBytes);
  entry.from = next(entry.from);
}

/**
 * The name of an entry: of its Unicode Path field (APPNOTE.TXT, 4.6.9) where this was made for the name in the list, else
 * the name in the list.
 */
function readName(bytes: Uint8Array, view: DataView, at: number, nameEnd: number, extraEnd: number): string {
  const name = bytes.subarray(at + ENTRY_BYTES, nameEnd);
  const [from, to] = extraField(view, nameEnd, extraEnd, UNICODE_PATH) ?? [0, 0];
  if (to - from > 5 && bytes[from] === 1 && view.getUint32(from + 1, true) === crc32(name))
    return decodeName(bytes.subarray(from + 5, to), true);
  return decodeName(name, (view.getUint16(at + 8, true) & 0x800) !== 0);
}

/** Sets where every entry ends: where the next one in the file begins. Entries that overlap share bytes with none. */
function setEnds(entries: ZipEntry[], directoryFrom: number): void {
  const ordered = entries.slice().sort((a, b) => a.from - b.from);
  let next = directoryFrom;
  for (let i = ordered.length - 1; i >= 0; i--) {
    const entry = ordered[i];
    entry.to = Math.max(
      entry.from,
      Math.min(next, entry.from + LOCAL_BYTES + MOST_NAME_BYTES + entry.compressedBytes),
    );
    next = entry.from;
  }
}

const METHODS: Readonly<Record<number, string>> = {
  9: 'deflate64',
  12: 'bzip2',
  14: 'LZMA',
  93: 'zstd',
  95: 'xz',
};

/**
 * The files that a zip holds.
 *
 * @throws LabError ZIP_DAMAGED, ZIP_ENCRYPTED, ZIP_TOO_LARGE
 */
export async function readDirectory(file: ImageFile): Promise<ZipList> {
  const place = await findPlace(file);
  const name = shortPath(file.path);
  if (place.entries > MAX_ENTRIES || place.bytes > MAX_DIRECTORY_BYTES)
    throw new LabError(
      'ZIP_TOO_LARGE',
      `${name} lists ${place.entries} files in ${place.bytes} bytes; the limit is ${MAX_ENTRIES} files in ${MAX_DIRECTORY_BYTES} bytes.`,
    );
  if (place.entries * ENTRY_BYTES > place.bytes)
    throw damaged(file, `its list of ${place.bytes} bytes cannot name ${place.entries} files`);
  const bytes = await file.slice(place.from, place.from + place.bytes);
  if (bytes.length !== place.bytes) throw damaged(file, 'its list is cut short');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

  const all: ZipEntry[] = [];
  const live = new Map<string, { entry: ZipEntry; isEncrypted: boolean }>();
  const list: ZipList = { entries: [], skipped: [], innerZips: 0, replaced: [], folders: [] };
  let at = 0;
  for (let i = 0; i < place.entries; i++) {
    if (at + ENTRY_BYTES > bytes.length || view.getUint32(at, true) !== ENTRY)
      throw damaged(file, `its list breaks off at file ${i + 1} of ${place.entries}`);
    const flags = view.getUint16(at + 8, true);
    const nameEnd = at + ENTRY_BYTES + view.getUint16(at + 28, true);
    const extraEnd = nameEnd + view.getUint16(at + 30, true);
    const end = extraEnd + view.getUint16(at + 32, true);
    if (end > bytes.length) throw damaged(file, `its list breaks off at file ${i + 1} of ${place.entries}`);
    const raw = readName(bytes, view, at, nameEnd, extraEnd);
    const entry: ZipEntry = {
      path: cleanPath(raw),
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      compressedBytes: view.getUint32(at + 20, true),
      bytes: view.getUint32(at + 24, true),
      from: view.getUint32(at + 42, true),
      to: 0,
    };
    readLargeNumbers(view, nameEnd, extraEnd, entry);
    entry.from += place.shift;
    const isUnix = bytes[at + 5] === 3;
    const isLink = isUnix && (view.getUint16(at + 40, true) & 0xf000) === 0xa000;
    at = end;
    all.push(entry);
    const isFolder = raw.endsWith('/') || raw.endsWith('\\');
    if (isLink || entry.path === '' || isHousekeeping(entry.path)) continue;
    if (isFolder) {
      list.folders.push(entry.path.replace(/\/$/, ''));
      continue;
    }
    // Names that cleaning has made alike are not of one file.
    const key = /[\ufffd\u2026]/.test(entry.path) ? raw : entry.path;
    // Of several entries with one path the last one counts, as it does for whoever unpacks them one after the other.
    if (live.delete(key)) list.replaced.push(entry.path);
    live.set(key, { entry, isEncrypted: (flags & 0x41) !== 0 });
  }
  let total = 0;
  for (const { entry, isEncrypted } of live.values()) {
    if (isEncrypted)
      throw new LabError('ZIP_ENCRYPTED', `${name} is encrypted: ${shortPath(entry.path)} needs a password.`);
    total += entry.bytes;
    if (entry.from + LOCAL_BYTES + entry.compressedBytes > place.from)
      list.skipped.push(skip(entry, 'ZIP_DAMAGED', 'lies beyond the end of the zip'));
    else if (/\.zip$/i.test(entry.path)) {
      list.innerZips++;
      list.skipped.push(skip(entry, 'PICTURE_UNSUPPORTED', 'is a zip within the zip, which is not opened'));
    } else if (entry.method !== STORED && entry.method !== DEFLATED)
      list.skipped.push(
        skip(entry, 'PICTURE_UNSUPPORTED', `is packed with method ${methodName(entry.method)}`),
      );
    else list.entries.push(entry);
  }
  const limit = Math.min(MAX_TOTAL_BYTES, Math.max(HARMLESS_BYTES, file.bytes * MAX_RATIO));
  if (total > limit)
    throw new LabError(
      'ZIP_TOO_LARGE',
      `${name} has ${file.bytes} bytes and would become ${total}; the limit here is ${limit}.`,
    );
  setEnds(all, place.from);
  return list;
}

/**
 * Whether a file that does not begin as a zip ends as one: a program that unpacks itself, or a zip behind bytes that
 * somebody has put in front of it.
 */
export async function endsAsZip(file: ImageFile): Promise<boolean> {
  try {
    const { entries, from } = await findPlace(file);
    const first = await file.slice(from, from + 4);
    const view = new DataView(first.buffer, first.byteOffset, first.byteLength);
    return entries > 0 && first.length === 4 && view.getUint32(0, true) === ENTRY;
  } catch (thrown) {
    if (thrown instanceof LabError && thrown.code === 'ZIP_DAMAGED') return false;
    throw thrown;
  }
}

function methodName(method: number): string {
  const name = Object.hasOwn(METHODS, method) ? ` (${METHODS[method]})` : '';
  return `${method}${name}, which is not read; stored and deflated files are`;
}

function skip(entry: ZipEntry, code: string, what: string): SkippedPicture {
  return { path: shortPath(entry.path), code, what: `${shortPath(entry.path)} ${what}.` };
}

/** Where an entry's content begins in the bytes of it, which begin with its local header; −1 where there is none. */
export function contentFrom(bytes: Uint8Array): number {
  if (bytes.length < LOCAL_BYTES) return -1;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0, true) !== LOCAL_HEADER) return -1;
  return LOCAL_BYTES + view.getUint16(26, true) + view.getUint16(28, true);
}
