/**
 * Archives in a program of one's own: opened from bytes, a file or anything that reads by byte range, and their records
 * fetched by number.
 */
export { memorySource, type ByteSource } from '../src/core/archive/container.ts';
export {
  decodeTable,
  locateRecord,
  openArchive,
  RecordReader,
  type OpenArchive,
  type RecordPlace,
} from '../src/core/archive/read.ts';
export { LabError, type ErrorCode } from '../src/core/errors.ts';
export {
  decodeAll,
  isImageArchive,
  openImageArchive,
  type ImageArchive,
  type ImageSubset,
} from '../src/core/images/archive/read.ts';
export type { ImageSet } from '../src/core/images/imageSet.ts';
export type { Progress, Pulse } from '../src/core/pulse.ts';
export type { Column, NumberColumn, Table, TextColumn } from '../src/core/table/table.ts';
export { verifyArchive, type ArchiveVerification } from '../src/core/verify.ts';
export { openArchiveFile, type ArchiveFile } from './archiveFile.ts';
