/**
 * How a worker that trains asks another one for pictures: messages over a port. The worker that holds the pictures or
 * reads the archive serves one port until the other side ends it; requests are answered in their order, one at a time.
 */
import type { ErrorReport } from '../core/errors.ts';
import type { Fidelity, ImageSettings, ImageSource, ResidentBytes } from './images.ts';

/** What is served: an archive in the browser's store, or pictures that are open or can be opened. */
export type ServedPictures =
  | { kind: 'archive'; archiveId: string }
  | { kind: 'raw'; source: ImageSource; settings: ImageSettings };

/** First message of the serving side, before it is asked anything. */
export interface ServedFacts {
  datasetId: string;
  width: number;
  height: number;
  channels: 1 | 3;
  classNames: string[];
  /** Class of every record, and which records are training and which test pictures. */
  labels: Uint16Array;
  train: Uint32Array;
  test: Uint32Array;
  /** Mean and standard deviation of every channel over the training pictures, in levels of 0 … 1; null of an archive
   * that does not know them. */
  statistics: { mean: number[]; deviation: number[] } | null;
  /** Bytes of the training pixels. */
  rawBytes: number;
  /** Bytes of the archive's training part, or null of raw pictures. */
  storedBytes: number | null;
  fidelity: Fidelity | null;
  /** Bytes of training pixels that the serving side holds for as long as it serves: all of them, or none. */
  heldBytes: number;
}

/** Pictures as they were asked for, in that order. The arrays change hands. */
export interface ServedSubset {
  /** NHWC. */
  pixels: Uint8Array;
  labels: Uint16Array;
  resident: ResidentBytes;
  bytesRead: number;
  seconds: number;
}

export type ToServer =
  | { kind: 'fetch'; number: number; records: Uint32Array }
  /** The answer to this number is not needed any more. */
  | { kind: 'stop'; number: number }
  | { kind: 'end' };

export type FromServer =
  | { kind: 'facts'; facts: ServedFacts }
  | { kind: 'subset'; number: number; subset: ServedSubset }
  /** A request that failed (number) or, with null, everything: the pictures could not be opened. */
  | { kind: 'failed'; number: number | null; error: ErrorReport };
