/** A dropped file as a stream of bytes: plain or in gzip, read in slices of some megabytes and from its start only. */
import { LabError } from '../core/errors.ts';
import { gunzipFile, isGzip } from './gzip/gunzip.ts';
import type { TableFile } from './tableReading.ts';
import type { ImageFile } from './imageReading.ts';
import { cleanName } from './labels/labels.ts';

/** Bytes of one slice of a file. */
const SLICE_BYTES = 4 * 1024 * 1024;

/** Bytes from which the format of a table, and its columns, are told. */
export const FORMAT_BYTES = 65_536;

/** A file whose first bytes have been looked at. */
export interface Source {
  /** Path without the ".gz" that was taken off. */
  path: string;
  /** Size of what is inside, or null where it is compressed and not yet known. */
  bytes: number | null;
  /** The first bytes inside, as many as were asked for where there are as many. */
  head: Uint8Array;
  file: ImageFile;
  /** The bytes inside from their start on. */
  stream: TableFile;
}

/** @throws LabError FILE_UNREADABLE where the file has become shorter than it was */
async function sliceOf(file: ImageFile, from: number, to: number): Promise<Uint8Array> {
  const bytes = await file.slice(from, to);
  if (bytes.length !== to - from)
    throw new LabError('FILE_UNREADABLE', `${cleanName(file.path)} has changed while it was read.`);
  return bytes;
}

async function* slicesOf(file: ImageFile): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < file.bytes; at += SLICE_BYTES)
    yield await sliceOf(file, at, Math.min(file.bytes, at + SLICE_BYTES));
}

/** A file as the readers of tables take it. */
export function tableFileOf(file: ImageFile): TableFile {
  return {
    name: cleanName(file.path),
    bytes: file.bytes,
    open: () => Promise.resolve(slicesOf(file)),
    slice: (from, to) => sliceOf(file, from, to),
  };
}

/** The first bytes of a stream, from its start on; fewer where there are not as many. */
export async function headOf(stream: TableFile, bytes = FORMAT_BYTES): Promise<Uint8Array> {
  const head = new Uint8Array(bytes);
  const reader = await StreamReader.open(stream);
  try {
    return head.subarray(0, await reader.read(head));
  } finally {
    await reader.close();
  }
}

/**
 * Looks at the start of a file, inside of gzip where it is one.
 *
 * @param headBytes bytes of `head`
 * @throws LabError GZIP_DAMAGED, GZIP_TOO_LARGE, FILE_UNREADABLE, and what slicing throws
 */
export async function openSource(file: ImageFile, headBytes = 4096): Promise<Source> {
  const { path } = file;
  const plain = tableFileOf(file);
  const head = await sliceOf(file, 0, Math.min(file.bytes, headBytes));
  if (!isGzip(head)) return { path, bytes: file.bytes, head, file, stream: plain };
  const stream = gunzipFile(plain);
  const inner = await headOf(stream, headBytes);
  return { path: path.replace(/\.gz$/i, ''), bytes: null, head: inner, file, stream };
}

/** The same file with a longer head. */
export async function withHead(source: Source, bytes: number): Promise<Source> {
  if (source.head.length >= bytes || source.head.length === source.bytes) return source;
  return { ...source, head: await headOf(source.stream, bytes) };
}

/** Takes a stream of pieces apart into reads of any length. */
export class StreamReader {
  private readonly pieces: AsyncIterator<Uint8Array>;
  private piece = new Uint8Array(0);
  private at = 0;

  private constructor(pieces: AsyncIterator<Uint8Array>) {
    this.pieces = pieces;
  }

  static async open(stream: TableFile): Promise<StreamReader> {
    return new StreamReader((await stream.open())[Symbol.asyncIterator]());
  }

  private async nextPiece(): Promise<boolean> {
    const next = await this.pieces.next();
    if (next.done === true) return false;
    this.piece = next.value as Uint8Array<ArrayBuffer>;
    this.at = 0;
    return true;
  }

  /** Fills the target, or as much of it as there are bytes. @returns how many came */
  async read(target: Uint8Array): Promise<number> {
    let length = 0;
    while (length < target.length) {
      if (this.at === this.piece.length && !(await this.nextPiece())) return length;
      const some = Math.min(target.length - length, this.piece.length - this.at);
      target.set(this.piece.subarray(this.at, this.at + some), length);
      length += some;
      this.at += some;
    }
    return length;
  }

  /** Goes over bytes without copying them. @returns how many there were */
  async skip(bytes: number): Promise<number> {
    let length = 0;
    while (length < bytes) {
      if (this.at === this.piece.length && !(await this.nextPiece())) return length;
      const some = Math.min(bytes - length, this.piece.length - this.at);
      length += some;
      this.at += some;
    }
    return length;
  }

  /** Whether nothing follows. To know it, the checksum behind a compressed stream is read and checked too. */
  async atEnd(): Promise<boolean> {
    while (this.at === this.piece.length) if (!(await this.nextPiece())) return true;
    return false;
  }

  /** Lets go of the stream; nothing can be read afterwards. */
  async close(): Promise<void> {
    await this.pieces.return?.();
  }
}

/** Deflate makes at most 1,032 bytes of one. */
const MAX_DEFLATE_RATIO = 1032;

/** Most bytes that can be inside of a file: what a header says is not believed beyond it. */
export function mostBytes(source: Source): number {
  return source.bytes ?? source.file.bytes * MAX_DEFLATE_RATIO;
}
