/**
 * What is read at most, of tables and pictures alike, so that nothing is allocated on a file's word alone: the one table
 * of limits (docs/FORMAT.md has it, too).
 */
import { LabError } from './errors.ts';

/** Most cells of a table: 2 GB as float64. Readers of files and archives refuse more before they allocate. */
export const MAX_CELLS = 2 ** 28;

/** Most bytes of pixels that a set may have: they are held in one array. */
export const MAX_PIXEL_BYTES = 1 << 30;

/** Most classes that a set may have: a class is a group of the archive, and groups are numbered in 16 bits. */
export const MAX_CLASSES = 4096;

/** Most bytes of one picture in an archive: every one of them is a column with bits of its own. */
export const MAX_PICTURE_BYTES = 1 << 22;

/** Most records that a group of an archive may claim: its base IDs and rows are kept in 32-bit arrays. */
export const MAX_GROUP_RECORDS = 0x7fffffff;

/** Bytes that any archive may take, decoded; a larger one so many times the size of its file. */
const FREE_BYTES = 64e6;
const MOST_RATIO = 1000;

/** Bytes that count for every record of a table, whatever its columns: its number in a list, and the drawing of it. */
export const TABLE_RECORD_BYTES = 9;

/** Bytes that count for every picture besides its pixels: label and place, and the sorting by blocks. */
export const PICTURE_RECORD_BYTES = 24;

/** Bytes that count for a column of pictures: once for its place in a record, and in every base table for its form. */
export const LAYOUT_BYTES = 100;
export const FORM_BYTES = 20;

/** Where an archive comes from, as far as its size goes. */
export interface Origin {
  /** Bytes of the file. */
  size: number;
  /** Made or taken in here before: what it claims was seen then. */
  isTrusted?: boolean;
}

/**
 * Refuses an archive by what it claims, before anything is allocated for it.
 *
 * @param bytes that decoding it would take
 * @param what it claims: "268,435,456 records of 1 column"
 * @throws ARCHIVE_TOO_LARGE
 */
export function checkClaim({ size, isTrusted }: Origin, bytes: number, what: string): void {
  const most = Math.max(FREE_BYTES, size * MOST_RATIO);
  if (isTrusted === true || bytes <= most) return;
  throw new LabError(
    'ARCHIVE_TOO_LARGE',
    `The archive claims ${what}, which would take ${memory(bytes)} of memory. Its file has ${counted(size)} bytes; of such a file, up to ${memory(most)} are read without asking.`,
  );
}

/** A count as it is read aloud: "268,435,456". */
export function counted(count: number): string {
  return count.toLocaleString('en-US');
}

function memory(bytes: number): string {
  return bytes < 1e9 ? `${Math.ceil(bytes / 1e6)} MB` : `${counted(Math.ceil(bytes / 1e8) / 10)} GB`;
}
