/** Pictures that are open, at every station. */
import type {
  CondensedImages,
  ImageArchiveReport,
  ImageBitsReport,
  ImageInspection,
  ImagePeerResult,
  ImagePeersReport,
  ImageSettings,
  ImageSource,
  ImageSummary,
  Pictures,
  RandomSampleReport,
} from '../../contracts/images.ts';
import type { ImagePart } from '../../contracts/settings.ts';
import type { ImageSweepState } from './sweep.ts';
import type { Task } from './task.ts';
import type { TrainingState } from './training.ts';
import type { HeldWork } from './work.ts';

/** Everything about an open image dataset. */
export interface ImagesState {
  source: ImageSource | null;
  /** What was tried to be opened last and failed: its labels may have to be asked for. */
  tried?: ImageSource | null;
  settings: ImageSettings;
  dataset: Task<ImageSummary>;
  /** Class whose table Bits shows; 0 where there is one table. */
  table: number;
  bits: Task<ImageBitsReport>;
  archive: Task<ImageArchiveReport>;
  /** Subset fraction that Learn draws, 0 … 1, and the sample drawn last. */
  fraction: number;
  sample: Task<RandomSampleReport>;
  condensed: Task<CondensedImages>;
  inspection: Task<ImageInspection>;
  peers: { task: Task<ImagePeersReport>; rows: ImagePeerResult[] };
  sweep: ImageSweepState;
  /** A page of pictures of one class, or null while the preview is enough. */
  page: Task<Pictures>;
  training: TrainingState;
  held: HeldWork<ImagePart>[];
}

export interface ImagesActions {
  changeImages: (settings: Partial<ImageSettings>) => void;
  /** Shows the bits of another class. */
  showTable: (table: number) => void;
  /** Fetches pictures of one class for the grid, from its record `from` on. */
  showPictures: (label: number, from: number) => Promise<void>;
  /** Fetches one picture; null: one whose base many share. */
  inspectImage: (record: number | null) => Promise<void>;
  measureImagePeers: () => Promise<void>;
  cancelImagePeers: () => void;
  /** Draws a fresh sample from the archive: another seed every time unless one is given. */
  drawSample: (change?: { fraction?: number; seed?: number }) => Promise<void>;
  /** Whether someone looks at what an epoch sees: the sample and the means are computed only then. */
  watchEpoch: (isWatched: boolean) => void;
  /** Tries a failed image task again, or computes it for the first time. */
  computeImages: (task: 'bits' | 'archive' | 'condensed') => void;
  cancelImages: (task: 'bits' | 'archive' | 'condensed' | 'sample') => void;
}
