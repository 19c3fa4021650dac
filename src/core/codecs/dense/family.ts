/**
 * What tables and pictures each bring to the dense codec: a model that is fitted to all training records of an archive
 * and shared by its groups, and streams of records coded under it, each of which opens alone.
 */
import type { Layout } from '../../bits/lanes.ts';
import type { Pulse } from '../../pulse.ts';
import type { ArchiveTraining, CodedRecords, Effort, PictureShape, RecordGroup } from '../codec.ts';

/** What the records of an archive are like, as far as a model needs to know. */
export interface RecordForm {
  layout: Layout;
  /** Of pictures whose columns are their pixels; else null. */
  picture: PictureShape | null;
}

export interface DenseFamily {
  /** Fits a model. @returns its bytes */
  fit(training: ArchiveTraining, effort: Effort, pulse: Pulse): Promise<Uint8Array>;
  /** @throws ARCHIVE_CORRUPT for bytes that are no model of such records */
  open(model: Uint8Array, form: RecordForm): DenseModel;
}

export interface DenseModel {
  /** Records that a stream holds; the last one of a group may hold fewer. */
  recordsPerStream: number;
  /** Bytes that it keeps, its decoders apart. */
  residentBytes: number;
  encoder(group: RecordGroup): StreamEncoder;
  decoder(): StreamDecoder;
  meter(records: CodedRecords): StreamMeter;
}

/**
 * @param first of the records
 * @returns their stream, which is the caller's
 */
export type StreamEncoder = (first: number, count: number) => Uint8Array;

/**
 * Adds what the codes of each lane take in a stream of records, in units of `log2Units`.
 *
 * @param first of the records
 */
export type StreamMeter = (first: number, count: number, units: Float64Array) => void;

export interface StreamDecoder {
  /** Bytes that it keeps. */
  residentBytes: number;
  /**
   * Codes of the records decoded last: of record r and lane l at r × recordStride + l × laneStride.
   */
  codes: Uint8Array | Uint32Array;
  recordStride: number;
  laneStride: number;
  /**
   * Decodes the stream that is `bytes` from index `from` up to `to`.
   *
   * @param count records that it holds
   * @throws ARCHIVE_CORRUPT for what no stream can be
   */
  decode(bytes: Uint8Array, from: number, to: number, count: number): void;
}
