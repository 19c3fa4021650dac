/** The calls of the training worker, in the form of those of the codec worker (calls.ts). */
import type { CallContext, CallOptions, Outcome, WorkerSetup } from './calls.ts';
import type { MadeFile } from './codec.ts';
import type { BackendChoice, BackendWish, EpochReport, ImportedModel, TrainingRun } from './training.ts';

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
  train: { request: TrainRequest; result: TrainingRun };
  /** The network of a run as a zip of tfjs files: model.json and weights.bin. @throws RUN_NO_CHECKPOINT */
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

export type TrainingCallName = keyof TrainingCalls;

export interface TrainingWorkerApi {
  start(setup: WorkerSetup): Promise<boolean>;
  cancel(callId: number): void;
  chooseBackend(call: CallContext, request: { wish: BackendWish }): Promise<Outcome<BackendChoice>>;
  train(call: CallContext, request: TrainRequest): Promise<Outcome<TrainingRun>>;
  exportModel(call: CallContext, request: { runId: string }): Promise<Outcome<MadeFile>>;
  evaluateModel(
    call: CallContext,
    request: TrainingCalls['evaluateModel']['request'],
  ): Promise<Outcome<ImportedModel>>;
  release(call: CallContext, request: { runId: string }): Promise<Outcome<null>>;
  loseDevice(call: CallContext): Promise<Outcome<boolean>>;
}

/** The page's side: plain promises that reject with LabError. */
export interface TrainingClient {
  chooseBackend(request: { wish: BackendWish }, options?: CallOptions): Promise<BackendChoice>;
  /** Aborting the signal pauses: the promise then resolves with the run as far as it came. */
  train(
    request: TrainRequest,
    onEvent: (event: TrainingEvent) => void,
    options?: CallOptions,
  ): Promise<TrainingRun>;
  exportModel(request: { runId: string }, options?: CallOptions): Promise<MadeFile>;
  evaluateModel(
    request: TrainingCalls['evaluateModel']['request'],
    options?: CallOptions,
  ): Promise<ImportedModel>;
  release(request: { runId: string }, options?: CallOptions): Promise<null>;
  loseDevice(options?: CallOptions): Promise<boolean>;
}
