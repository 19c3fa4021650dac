/**
 * The lab's state and actions as every station sees them. The store is assembled in src/app from one slice per
 * station; views read it through `useLab` and change it only through the actions here.
 */
import type {
  ArchiveListing,
  ArchiveReport,
  BitsReport,
  ClosedFormResult,
  DatasetSource,
  DatasetSummary,
  DescentState,
  ExperimentSettings,
  Method,
  RecordInspection,
  SweepCell,
} from '../contracts/codec.ts';
import type { ErrorReport } from '../contracts/errors.ts';
import type { StationName, SweepPlan } from '../contracts/link.ts';
import type { Progress } from '../contracts/progress.ts';

export type { StationName } from '../contracts/link.ts';

/** A long task's progress with the clock it needs for rate and time left. */
export interface TaskProgress extends Progress {
  /** When this phase began, in milliseconds, and what was done by then. */
  startedAt: number;
  startedFrom: number;
  updatedAt: number;
  /** Share of the work, 0…1, where it is not done / total: runs of unequal length. */
  share?: number;
}

/** A result that is computed in a worker: the last good value stays visible while a new one is made. */
export interface Task<T> {
  status: 'idle' | 'running' | 'done' | 'failed' | 'cancelled';
  value: T | null;
  /** Something upstream changed since `value` was computed. */
  stale: boolean;
  progress: TaskProgress | null;
  error: ErrorReport | null;
}

export interface LearnRun {
  method: Method;
  closedForm: Task<ClosedFormResult>;
  /** Gradient descent: `playing` says whether a worker is at it now; paused runs keep their state. */
  descent: Task<DescentState>;
  playing: boolean;
}

/** One β over its splits. */
export interface SweepPoint {
  beta: number;
  cells: SweepCell[];
}

export interface SweepState {
  plan: SweepPlan;
  status: 'idle' | 'running' | 'done' | 'failed' | 'cancelled';
  /** What the cells were computed with; null before the first run. The lab's own settings may have moved on. */
  settings: ExperimentSettings | null;
  /** Full-data training, one cell per split done so far. */
  full: SweepCell[];
  points: SweepPoint[];
  progress: TaskProgress | null;
  error: ErrorReport | null;
  stale: boolean;
}

/** A message to the user that is not tied to one task; errors carry their code. */
export interface Message {
  id: number;
  tone: 'info' | 'warning' | 'error';
  /** Error code for errors, else null. */
  code: string | null;
  what: string;
  todo: string | null;
  /** Undo of what just happened, or null. */
  undo: (() => void) | null;
}

/** A link that names a dataset which has to be dropped before it can be restored. */
export interface AwaitedFile {
  fileName: string;
  datasetId: string;
  /** A file that was dropped for it and holds another dataset; the user may go on with it. */
  other: { source: DatasetSource; summary: DatasetSummary } | null;
}

export interface LabState {
  station: StationName;
  settings: ExperimentSettings;
  source: DatasetSource | null;
  dataset: Task<DatasetSummary>;
  bits: Task<BitsReport>;
  archive: Task<ArchiveReport>;
  archives: ArchiveListing[];
  storage: { usage: number; quota: number; persisted: boolean } | null;
  inspection: Task<RecordInspection>;
  learn: Record<Method, LearnRun>;
  sweep: SweepState;
  messages: Message[];
  awaited: AwaitedFile | null;
  /** Stations whose controls a link hides. */
  hidden: StationName[];
  /** One station without header and rail, for slides. */
  embed: boolean;
}

export interface LabActions {
  goTo: (station: StationName) => void;
  /** Loads a dataset and runs the pipeline down to closed form and condensed GD; full GD follows by itself. */
  load: (source: DatasetSource) => Promise<void>;
  cancelLoad: () => void;
  /** Changes settings, marks what is stale, and re-runs the cheap parts. */
  change: (settings: Partial<ExperimentSettings>) => void;
  inspect: (record: number) => Promise<void>;
  keepArchive: (id: string, kept: boolean) => Promise<void>;
  /** Deletion can be undone for some seconds: it is carried out when the message goes. */
  deleteArchive: (id: string) => void;
  deleteEverything: () => Promise<void>;
  refreshArchives: () => Promise<void>;
  play: (method: Method) => void;
  pause: (method: Method) => void;
  /** A hundred iterations, then pause. */
  step: (method: Method) => void;
  /** Back to θ = 0, the same start. */
  rewind: (method: Method) => void;
  planSweep: (plan: Partial<SweepPlan>) => void;
  runSweep: () => Promise<void>;
  cancelSweep: () => void;
  /** Tries a failed task again. Learn and Sweep are played and run again, a dataset is opened again. */
  retry: (task: 'bits' | 'archive') => void;
  /** Stops a task; what was there before stays. */
  cancel: (task: 'bits' | 'archive') => void;
  /** Shows a message; returns its id. */
  say: (message: Omit<Message, 'id' | 'undo'> & { undo?: (() => void) | null }) => number;
  /** Takes the message away, with what it still held open carried out. */
  dismiss: (messageId: number) => void;
  /** Goes on with the file that was dropped in place of the awaited one. */
  acceptOther: () => void;
  /** No longer waits for the file that a link names. */
  forgetAwaited: () => void;
  /** The experiment as a link; copied by Share. */
  link: () => string;
}

export type Lab = LabState & LabActions;

/** An empty task, not started. */
export function idleTask<T>(): Task<T> {
  return { status: 'idle', value: null, stale: false, progress: null, error: null };
}
