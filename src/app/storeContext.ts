/** What the slices share: the state, the services that the page gives them, and the messages. */
import type { CodecClient } from '../contracts/calls.ts';
import type { SweepCell, SweepPart } from '../contracts/codec.ts';
import type { DatasetSource, ExperimentSettings, Method, Openings } from '../contracts/codec.ts';
import type { DroppedFile } from '../contracts/images.ts';
import type { ContestReport, ContestRequest, Trial } from '../contracts/contest.ts';
import type { LabError } from '../contracts/errors.ts';
import type { RecordedResult } from '../contracts/results.ts';
import type { KindOfFiles } from '../platform/fileKind.ts';
import type { TrainingClient } from '../contracts/trainingCalls.ts';
import type { RunStore } from '../platform/runStore.ts';
import type { VisibilityWatch } from '../platform/visibility.ts';
import type { ImageSweepStore, TableSweepStore } from '../platform/storedSweep.ts';
import type { Lab, LabState } from '../stations/lab.ts';

/** One part of a training of a sweep: of its method, with its settings and split. */
export interface SweepJob {
  source: DatasetSource;
  settings: ExperimentSettings;
  method: Method;
  part: SweepPart;
}

export interface SweepEvents<J extends SweepJob> {
  signal: AbortSignal;
  onCell: (job: J, cell: SweepCell) => void;
  /** A training that failed by itself, such as one whose steps are too long; the others go on. */
  onFailed: (job: J, error: LabError) => void;
}

export interface ContestEvents {
  signal: AbortSignal;
  /** Every trial once it is judged; those of a contest that starts again come again. */
  onTrial: (job: ContestRequest, trial: Trial) => void;
}

/** The outside world; tests give a small one of their own. */
export interface LabServices {
  client: CodecClient;
  /** A second worker for long training, so that the first stays free. Started on first use. */
  background: () => CodecClient;
  /**
   * A worker for archives that are checked, saved and taken in. They wait for many small reads and writes, and in a
   * worker that trains every wait would last as long as a piece of its training. Started on first use.
   */
  carrier: () => CodecClient;
  /** Runs jobs over a pool of workers, in an order that suits them; rejects with CANCELLED on abort. */
  sweep: <J extends SweepJob>(jobs: readonly J[], events: SweepEvents<J>) => Promise<void>;
  /** Runs contests over the same pool; resolves with a report for each, rejects with CANCELLED on abort. */
  contest: (jobs: readonly ContestRequest[], events: ContestEvents) => Promise<ContestReport[]>;
  /** Ports to workers that encode classes of pictures for another one; they end with the signal, or when told to. */
  encodeHelpers: (signal: AbortSignal) => EncodeHelpers;
  /** What was dropped: pictures, one table or several, or an archive. By what the files hold, not by their names. */
  kindOfFiles: (files: readonly DroppedFile[]) => Promise<KindOfFiles>;
  /** The tables among files without pictures; rejects where a zip or tar is damaged. */
  tablesOfFiles: (files: readonly DroppedFile[]) => Promise<Openings>;
  /** Ids of the samples that are made on demand and are there. Never fails. */
  extraSamples: () => Promise<string[]>;
  /** Results of trainings that come with the lab. Never fails. */
  shippedResults: () => Promise<RecordedResult[]>;
  sweepStore: TableSweepStore;
  imageSweepStore: ImageSweepStore;
  /** The worker that trains networks. Started on first use. */
  trainer: () => TrainingClient;
  /** Ends the worker that trains, with all that it holds on its device: the next use starts a fresh one. */
  renewTrainer: () => void;
  /** A worker that reads samples from an archive while another one trains. Started on first use. */
  feeder: () => CodecClient;
  runStore: RunStore;
  estimateStorage: () => Promise<LabState['storage']>;
  /** Looks from now on whether the page is hidden. */
  watchVisibility: () => VisibilityWatch;
  /** Whether this browser has never been shown the opening; from now on it has. */
  takeFirstVisit: () => boolean;
  /** Whether the answer waits for a press, and to keep that. */
  isAnswerAsked: () => boolean;
  keepIsAnswerAsked: (isAsked: boolean) => void;
  /** Deletes what embeds of this site have kept. Never fails. */
  forgetEmbeds: () => Promise<void>;
  /** The page's address without its hash. */
  pageAddress: string;
  appVersion: string;
}

export interface EncodeHelpers {
  /** New ports, one to each helper. */
  ports: () => MessagePort[];
  end: () => void;
}

export interface StoreContext {
  services: LabServices;
  get: () => Lab;
  set: (change: Partial<Lab>) => void;
}
