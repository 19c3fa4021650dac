/**
 * The files in a tar, plain or in gzip, as CIFAR and many folders of pictures are handed out (POSIX.1-1988 ustar, with
 * the long names of GNU and of POSIX.1-2001).
 */
import { LabError } from '../../core/errors.ts';
import type { Pulse } from '../../core/pulse.ts';
import { MAX_PIXEL_BYTES } from '../../core/images/imageSet.ts';
import type { ImageFile } from '../imageReading.ts';
import { cleanPath, isHousekeeping } from './names.ts';
import { cleanName } from '../labels/labels.ts';
import { mostBytes, StreamReader, type Source } from '../source.ts';

const BLOCK_BYTES = 512;
/** Most files, and bytes of those that are held because they were compressed: pixels with their labels and headers. */
const MAX_FILES = 1_000_000;
const MAX_HELD_BYTES = MAX_PIXEL_BYTES * 1.25;
/** Longest name in a record of its own. */
const MAX_NAME_BYTES = 65_536;
/** Bytes gone over between two questions to the pulse. */
const STEP_BYTES = 1 << 20;

interface Header {
  name: string;
  bytes: number;
  /** A letter or digit: "0" is a file. */
  type: string;
}

/** Files of a plain tar that are so small are kept as they come by, up to so many bytes: a read for each would be slow. */
const SMALL_BYTES = 16_384;
const KEPT_BYTES = 64 << 20;
/** Bytes that are made room for at a time: a size may be a lie. */
const ROOM_BYTES = 16 << 20;

const decoder = new TextDecoder();

/** Text of a field up to its first zero. */
function textOf(field: Uint8Array): string {
  const end = field.indexOf(0);
  return decoder.decode(end < 0 ? field : field.subarray(0, end));
}

/** An octal number; NaN where the field is none. */
function octalOf(field: Uint8Array): number {
  const digits = textOf(field).trim();
  return /^[0-7]{1,12}$/.test(digits) ? parseInt(digits, 8) : NaN;
}

/** A header whose checksum matches: the sum of its bytes with the checksum's own as spaces; else null. */
function headerOf(block: Uint8Array): Header | null {
  let sum = 0;
  for (let k = 0; k < BLOCK_BYTES; k++) sum += k >= 148 && k < 156 ? 32 : block[k];
  const bytes = octalOf(block.subarray(124, 136));
  if (sum !== octalOf(block.subarray(148, 156)) || Number.isNaN(bytes)) return null;
  const prefix = textOf(block.subarray(345, 500));
  const name = textOf(block.subarray(0, 100));
  return {
    name: prefix === '' ? name : `${prefix}/${name}`,
    bytes,
    type: String.fromCharCode(block[156] || 48),
  };
}

/** Whether bytes begin as a tar does; an old one says so by nothing but the checksum of its first header. */
export function isTar(head: Uint8Array): boolean {
  if (head.length < BLOCK_BYTES) return false;
  return String.fromCharCode(...head.subarray(257, 262)) === 'ustar' || headerOf(head) !== null;
}

/** What extended headers say of the file behind them, where the field of its header is too short. */
interface Extended {
  path: string | null;
  bytes: number | null;
}

/** The records of an extended header: "30 path=…", the length in front counting the whole record. */
function extendedOf(records: Uint8Array): Extended {
  const said: Extended = { path: null, bytes: null };
  for (let at = 0; at < records.length;) {
    const digits = /^(\d{1,6}) /.exec(decoder.decode(records.subarray(at, at + 8)));
    if (digits === null || Number(digits[1]) <= digits[0].length) return said;
    const end = at + Number(digits[1]);
    const record = decoder.decode(records.subarray(at + digits[0].length, end - 1));
    if (record.startsWith('path=')) said.path = record.slice(5);
    else if (/^size=\d{1,15}$/.test(record)) said.bytes = Number(record.slice(5));
    at = end;
  }
  return said;
}

/** Bytes of a plain file from a place on. */
function partOf(file: ImageFile, path: string, from: number, bytes: number): ImageFile {
  return { path, bytes, slice: (start, end) => file.slice(from + start, from + Math.min(end, bytes)) };
}

function heldFile(path: string, content: Uint8Array): ImageFile {
  return { path, bytes: content.length, slice: (from, to) => Promise.resolve(content.slice(from, to)) };
}

/** A file in a tar, while the tar is gone through. */
interface TarEntry {
  path: string;
  bytes: number;
  /** Where its content lies in the tar. */
  at: number;
  /** Its content; to be asked for before the next one, if at all. */
  read: () => Promise<Uint8Array>;
}

/** Goes through the files of a tar, those of operating systems aside; what is not read of one is skipped. */
async function* entriesOf(source: Source, pulse: Pulse): AsyncGenerator<TarEntry> {
  const reader = await StreamReader.open(source.stream);
  const block = new Uint8Array(BLOCK_BYTES);
  let at = 0;
  let extended: Extended = { path: null, bytes: null };
  const damaged = (): LabError =>
    new LabError(
      'TAR_DAMAGED',
      `${cleanName(source.path)} is damaged: its list of files breaks off at byte ${at}.`,
    );
  const readExactly = async (bytes: number): Promise<Uint8Array> => {
    let content = new Uint8Array(Math.min(bytes, ROOM_BYTES));
    for (let length = 0; ;) {
      length += await reader.read(content.subarray(length));
      if (length < content.length) throw damaged();
      if (length === bytes) return content;
      const larger = new Uint8Array(Math.min(bytes, 2 * length));
      larger.set(content);
      content = larger;
    }
  };
  try {
    for (;;) {
      const length = await reader.read(block);
      // Two blocks of zeros end a tar; some end without them.
      if (length === 0 || block.every((byte) => byte === 0)) return;
      const header = length < BLOCK_BYTES ? null : headerOf(block);
      if (header === null) throw damaged();
      at += BLOCK_BYTES;
      const { type } = header;
      const bytes = (type === 'L' || type === 'x' ? null : extended.bytes) ?? header.bytes;
      if (at + bytes > mostBytes(source)) throw damaged();
      let left = Math.ceil(bytes / BLOCK_BYTES) * BLOCK_BYTES;
      const isName = type === 'L' || type === 'x';
      if (isName && bytes <= MAX_NAME_BYTES) {
        const content = await readExactly(bytes);
        const said = type === 'L' ? { path: textOf(content), bytes: null } : extendedOf(content);
        extended = { path: said.path ?? extended.path, bytes: said.bytes ?? extended.bytes };
        left -= bytes;
      } else if (type === '0' && bytes > 0) {
        const read = async (): Promise<Uint8Array> => {
          const content = await readExactly(bytes);
          left -= bytes;
          return content;
        };
        const path = cleanPath(extended.path ?? header.name);
        if (!isHousekeeping(path)) yield { path, bytes, at, read };
      }
      if (!isName) extended = { path: null, bytes: null };
      at += Math.ceil(bytes / BLOCK_BYTES) * BLOCK_BYTES;
      while (left > 0) {
        const step = Math.min(left, STEP_BYTES);
        if ((await reader.skip(step)) < step) throw damaged();
        left -= step;
        if (pulse.due()) await beat(at - left, source.bytes, pulse);
      }
      if (pulse.due()) await beat(at, source.bytes, pulse);
    }
  } finally {
    await reader.close();
  }
}

/**
 * The files of a tar. Those of a plain one are parts of it; those of a compressed one are held in memory.
 *
 * @throws LabError TAR_DAMAGED where it is damaged, IMAGES_TOO_LARGE
 */
export async function openTar(source: Source, pulse: Pulse): Promise<ImageFile[]> {
  const isPlain = source.bytes !== null;
  const files: ImageFile[] = [];
  let held = 0;
  let kept = 0;
  for await (const { path, bytes, at, read } of entriesOf(source, pulse)) {
    held += isPlain ? 0 : bytes;
    if (held > MAX_HELD_BYTES || files.length >= MAX_FILES)
      throw new LabError(
        'IMAGES_TOO_LARGE',
        `${cleanName(source.path)} holds more than ${held} bytes or ${files.length} files.`,
      );
    const isKept = !isPlain || (bytes <= SMALL_BYTES && kept + bytes <= KEPT_BYTES);
    if (isKept) kept += bytes;
    files.push(isKept ? heldFile(path, await read()) : partOf(source.file, path, at, bytes));
  }
  return files;
}

/**
 * Whether a tar has a file of such a path; nothing is held, and what lies behind the first one is not read.
 *
 * @throws LabError TAR_DAMAGED where it is damaged
 */
export async function tarHas(
  source: Source,
  isWanted: (path: string) => boolean,
  pulse: Pulse,
): Promise<boolean> {
  for await (const { path } of entriesOf(source, pulse)) if (isWanted(path)) return true;
  return false;
}

function beat(done: number, total: number | null, pulse: Pulse): Promise<void> {
  return pulse.beat({ phase: 'Opening the tar', done, total, unit: 'bytes' });
}
