/** Training networks on the open pictures: the runs, their sweep, and models from elsewhere. */
import type {
  BackendChoice,
  BackendWish,
  ImportedModel,
  SubsetMethod,
  TrainingRun,
  TrainingSettings,
} from '../../contracts/training.ts';
import type { Task, TaskProgress } from './task.ts';

/** A grid of trainings: every combination is a run with the other settings as they are. */
export interface TrainingPlan {
  fractions: number[];
  methods: SubsetMethod[];
  seeds: number[];
}

/** Training networks on the open pictures. */
export interface TrainingState {
  /** Of the next run. */
  settings: TrainingSettings;
  wish: BackendWish;
  backend: Task<BackendChoice>;
  /** Runs of the open pictures, the oldest first; those of earlier visits too. */
  runs: TrainingRun[];
  /** The run that a worker is at now, and how far its epoch or phase is. */
  active: string | null;
  progress: TaskProgress | null;
  /** Runs that wait for their turn: one is trained at a time, so that none disturbs another's clock. */
  queue: string[];
  /** Runs that the sweep asked for since the page was opened. */
  ofSweep: readonly string[];
  /** The run whose details are shown. */
  selected: string | null;
  plan: TrainingPlan;
  /** Whether the sweep is on hold: its runs stand in the queue and are not taken. */
  isHeld: boolean;
  imported: Task<ImportedModel>;
}

export interface TrainingRunActions {
  /** Changes the settings of the next run. */
  planTraining: (change: Partial<TrainingSettings>) => void;
  /** Asks for a backend; the next run uses it. */
  wishBackend: (wish: BackendWish) => void;
  /** Finds out which backend would be used. */
  probeBackend: () => Promise<void>;
  /** Makes a run of the settings and plays it, after those that wait. */
  startTraining: () => void;
  playRun: (id: string) => void;
  pauseRun: (id: string) => void;
  /** One epoch, then pause. */
  stepRun: (id: string) => void;
  /** Back to the same initial weights; what was reached can be had back for some seconds. */
  rewindRun: (id: string) => void;
  /** Back to the start with another seed. */
  reseedRun: (id: string) => void;
  /** Stops a run for good, or takes it out of the queue. */
  cancelRun: (id: string) => void;
  /** Deletes a run and its checkpoint; can be undone for some seconds. */
  deleteRun: (id: string) => void;
  selectRun: (id: string | null) => void;
  /** The runs of a dataset that this browser keeps, the oldest first. */
  keptRuns: (datasetId: string) => Promise<TrainingRun[]>;
}

export interface ModelActions {
  /** Saves the network of a run as tfjs files in a zip. */
  exportModel: (id: string) => Promise<void>;
  /** Looks at the test pictures through a tfjs layers model. */
  evaluateModel: (files: File[]) => Promise<void>;
  cancelEvaluation: () => void;
}

export interface TrainingSweepActions {
  planTrainingSweep: (plan: Partial<TrainingPlan>) => void;
  /** Queues every combination of the plan that has no finished run with the same settings. */
  runTrainingSweep: () => void;
  /** Puts the sweep on hold: the run at work is paused. */
  holdTrainingSweep: () => void;
  resumeTrainingSweep: () => void;
  /** Takes what waits out of the queue and stops the run at work. */
  cancelTrainingSweep: () => void;
}

export interface TrainingActions extends TrainingRunActions, ModelActions, TrainingSweepActions {}
