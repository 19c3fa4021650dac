/** Sweep: a grid of settings of a table, or of encodings of pictures. That of trainings is with training. */
import type { ExperimentSettings, SweepCell } from '../../contracts/codec.ts';
import type { ContestReport } from '../../contracts/contest.ts';
import type { ErrorReport } from '../../contracts/errors.ts';
import type { ImageSettings, ImageSweepCell } from '../../contracts/images.ts';
import type { ImageSweepPlan } from '../../contracts/imageSweep.ts';
import type { AxisValue, SweepPlan } from '../../contracts/link.ts';
import type { TaskProgress } from './task.ts';

/** One run of the sweep with its place in the grid: one value per axis of the plan. */
export interface SweepRun {
  point: AxisValue[];
  cell: SweepCell;
}

/** What stands in for all records beside the condensed samples, at every β of a sweep on one split. */
export type SweepContest = Pick<ContestReport, 'split' | 'metric' | 'full' | 'floor' | 'trials'>;

/** A sweep over plans `P` with settings `S`. */
export interface GridSweep<P, S> {
  plan: P;
  /** "paused" keeps what is done and knows what is left, also after a reload. */
  status: 'idle' | 'running' | 'paused' | 'done' | 'failed' | 'cancelled';
  /** Settings and plan that the results were computed with; null before the first. The lab's own may have moved on. */
  ran: { settings: S; plan: P } | null;
  progress: TaskProgress | null;
  error: ErrorReport | null;
  stale: boolean;
}

export interface SweepResults {
  /** Training on all rows: once for each split and each axis value that changes it. */
  full: SweepRun[];
  runs: SweepRun[];
  contests: SweepContest[];
}

export interface SweepState extends GridSweep<SweepPlan, ExperimentSettings>, SweepResults {}

export interface ImageSweepResults {
  cells: ImageSweepCell[];
}

export interface ImageSweepState extends GridSweep<ImageSweepPlan, ImageSettings>, ImageSweepResults {}

export interface SweepActions {
  planSweep: (plan: Partial<SweepPlan>) => void;
  /** Runs the plan from its start. */
  runSweep: () => Promise<void>;
  pauseSweep: () => void;
  /** Goes on with the runs that are left. */
  resumeSweep: () => Promise<void>;
  cancelSweep: () => void;
  /** Holds the contests that the sweep that has run lacks, perhaps with contenders that take long. */
  addContenders: (isCostly: boolean) => Promise<void>;
  /** Forgets the results kept with the dataset. */
  clearSweep: () => void;
}

export interface ImageSweepActions {
  planImageSweep: (plan: Partial<ImageSweepPlan>) => void;
  runImageSweep: () => Promise<void>;
  pauseImageSweep: () => void;
  /** Goes on with the points that are left. */
  resumeImageSweep: () => Promise<void>;
  cancelImageSweep: () => void;
  clearImageSweep: () => void;
}
