/** The calls of the training worker, in the form of those of the codec worker (calls.ts). */
import type { MadeFile } from './codec.ts';
import type { BackendChoice, BackendWish, EpochReport, ImportedModel, TrainingRun } from './training.ts';
import type { CallForms, ClientCalls, WorkerApi, WorkerCalls } from './workerCalls.ts';

export interface TrainRequest {
  /** The run as the page has it; the worker goes on from its own state, else from the kept checkpoint, else starts. */
  run: TrainingRun;
  wish: BackendWish;
  /** Forgets what was reached and starts at the initial weights. */
  fresh: boolean;
  /** Epochs to do in this call; Infinity trains to the end. */
  budget: number;
  /** Ports (transferred) to whoever serves the training pixels and the test pixels; null: the first serves both. */
  pixels: MessagePort;
  testPixels: MessagePort | null;
}

/** What a training run tells on its way. */
export type TrainingEvent =
  /** The run as it stands: at the start, once its facts are known, and after every epoch. */
  | { kind: 'run'; run: TrainingRun }
  /** An epoch that has ended, before it is part of the next 'run'. */
  | { kind: 'epoch'; id: string; epoch: EpochReport };

export interface TrainingCalls {
  /** Opens the backend that is wished for, or the best one that passes its self-test. */
  chooseBackend: { request: { wish: BackendWish }; result: BackendChoice };
  /**
   * Trains until the run is done, its budget is used, or the call is cancelled: then it resolves with the run as far
   * as it came, within one batch, status "paused". A failure is a run of status "failed" with its error.
   */
  train: { request: TrainRequest; result: TrainingRun; told: TrainingEvent };
  /** The network of a run as a zip of tfjs files: model.json and weights.bin. @throws TRAINING_NO_CHECKPOINT */
  exportModel: { request: { runId: string }; result: MadeFile };
  /** Evaluates a tfjs layers model (a zip, or its two files) on the served test pictures. */
  evaluateModel: {
    request: { files: File[]; wish: BackendWish; testPixels: MessagePort };
    result: ImportedModel;
  };
  /** Lets go of what the worker holds for a run: its weights on the device. */
  release: { request: { runId: string }; result: null };
  /** For tests: makes the device as good as lost, where the backend has one. */
  loseDevice: { request: undefined; result: boolean };
}

/** The names of all calls, and what is special of each. */
export const TRAINING_CALLS: CallForms<TrainingCalls> = {
  chooseBackend: {},
  train: {
    tells: true,
    answersCancel: true,
    ports: {
      of: ({ pixels, testPixels }) => (testPixels === null ? [pixels] : [pixels, testPixels]),
      lost: 'The worker that trained had to be replaced.',
    },
  },
  exportModel: {},
  evaluateModel: {
    ports: {
      of: ({ testPixels }) => [testPixels],
      lost: 'The worker that looked at the model had to be replaced.',
    },
  },
  release: {},
  loseDevice: { asks: false },
};

/** The worker's side. */
export type TrainingWorkerApi = WorkerApi & WorkerCalls<TrainingCalls>;

/** The page's side. */
export type TrainingClient = ClientCalls<TrainingCalls>;
