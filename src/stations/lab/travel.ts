/** What leaves the lab as a file, from whatever station, and archives that are checked and taken in. */
import type { SamplesOutline, TableFormat, VerificationReport } from '../../contracts/codec.ts';
import type { PictureFormat, PictureTableFormat } from '../../contracts/images.ts';
import type { Task } from './task.ts';

export interface TravelState {
  /** Checks of archives by id, since the page was opened. */
  verifications: Record<string, Task<VerificationReport>>;
  /** The file that is being made to be saved, or the archive that is being taken in; null when none. */
  transfer: { what: string; task: Task<null> } | null;
  /** What a file of the condensed samples holds, where someone has asked. */
  outline: Task<SamplesOutline>;
}

export interface TransferActions {
  verifyArchive: (id: string) => Promise<void>;
  cancelVerification: (id: string) => void;
  /** Saves the archive as a file. */
  exportArchive: (id: string) => Promise<void>;
  /** Takes an archive file in, checks it whole, and opens it; `anySize` where it may take what memory it claims. */
  importArchive: (file: File, anySize?: boolean) => Promise<void>;
  /** Saves the decoded table of an archive; `withPart` with a column that says train or test. */
  exportTable: (id: string, format: TableFormat, withPart?: boolean) => Promise<void>;
  /** Saves the pictures of an archive. */
  exportImages: (id: string, format: PictureFormat) => Promise<void>;
  /** Saves the random sample that was drawn last. */
  exportRandomSample: (format: PictureTableFormat) => Promise<void>;
  /** Saves the condensed samples with their weights; `withTest` with the test records behind them. */
  exportSamples: (format: TableFormat, withTest?: boolean) => Promise<void>;
  /** Saves both models' coefficients. */
  exportCoefficients: () => Promise<void>;
  /** Saves what both models predict of the test records. */
  exportPredictions: () => Promise<void>;
  cancelTransfer: () => void;
}

export interface OutlineActions {
  /** Finds out what the file of the condensed samples would hold. */
  outlineSamples: () => Promise<void>;
}

export interface TravelActions extends TransferActions, OutlineActions {}
