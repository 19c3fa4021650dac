/** Data: what is open, by whatever way it came, the settings that go with it, and what is asked about it. */
import type {
  DatasetSource,
  DatasetSummary,
  Examination,
  ExperimentSettings,
  Openings,
  ReadingOptions,
} from '../../contracts/codec.ts';
import type { DroppedFile, ImageReading, ImageSource } from '../../contracts/images.ts';
import type { Task } from './task.ts';

/** A link that names a dataset which has to be dropped before it can be restored. */
export interface AwaitedFile {
  fileName: string;
  datasetId: string;
  /** Whether the link is of a version that read some files in another way. */
  isOfFormerReading: boolean;
  /** A file that was dropped for it and holds another dataset; the user may go on with it. */
  other: { source: DatasetSource; summary: DatasetSummary } | null;
}

/** Tables that were given together: one is opened, or two as training and test records. */
export interface TableChoice {
  files: readonly DroppedFile[];
  found: Openings;
}

export interface DataState {
  /** What is open: stations show the one or the other. */
  kind: 'table' | 'images';
  settings: ExperimentSettings;
  /** Whether it is asked what should be predicted: of a table of one's own, until it is answered, and when it is asked for. */
  asksTarget: boolean;
  source: DatasetSource | null;
  dataset: Task<DatasetSummary>;
  /** Leaks, identifiers and missing cells among the columns that the settings use; idle without a target. */
  examined: Task<Examination>;
  /** Samples that are made on demand and are there, by id. */
  extraSamples: string[];
  awaited: AwaitedFile | null;
  /** What was given and is not open yet, since there is a choice; null when nothing is asked. */
  choice: TableChoice | null;
}

export interface DataActions {
  /** Loads a dataset and runs the pipeline down to closed form and condensed GD; full GD follows by itself. */
  load: (source: DatasetSource) => Promise<void>;
  cancelLoad: () => void;
  /** Opens pictures, whatever way they come, and runs the pipeline on them. */
  loadImages: (source: ImageSource) => Promise<void>;
  /** Files dropped or chosen together: one of them may be a table or an archive, several are pictures. */
  loadFiles: (files: DroppedFile[]) => Promise<void>;
  /** Opens a table of the choice, perhaps with another one as its test records: by their numbers. */
  openFound: (table: number, test?: number) => Promise<void>;
  /** Opens nothing of the choice. */
  forgetChoice: () => void;
  /** Goes on with the file that was dropped in place of the awaited one. */
  acceptOther: () => void;
  /** No longer waits for the file that a link names. */
  forgetAwaited: () => void;
  /** Reads the open file or sample again in another way. */
  readAs: (reading: ReadingOptions) => Promise<void>;
  /** Reads the open pictures again in another way. */
  readImagesAs: (reading: ImageReading) => Promise<void>;
  /** Changes settings, marks what is stale, and re-runs the cheap parts. */
  change: (settings: Partial<ExperimentSettings>) => void;
  /** Answers what should be predicted; null compresses only. Can be undone for some seconds. */
  answerTarget: (target: string | null) => void;
  /** Asks what should be predicted, at Data; the target stays until it is answered. */
  askTarget: () => void;
  /** Takes the question back: the target stays as it is. */
  keepTarget: () => void;
  /** The experiment as a link; copied by Share. A run that is shown is part of it: following it trains nothing yet. */
  link: () => string;
}
