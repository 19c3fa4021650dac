/** What crosses between the page and the training worker: plain data both ways; the calls are in trainingCalls.ts. */
import type { ErrorReport } from '../core/errors.ts';
import type { NetworkWidth, WeightValues } from '../core/networks/network.ts';
import type { SelectionState } from '../core/selection/method.ts';
import type { Fidelity, Pictures } from './images.ts';
import {
  fractionOf,
  widthOf,
  type NetworkName,
  type SubsetMethod,
  type TrainingSettings,
} from './trainingSettings.ts';

export {
  DEFAULT_TRAINING_SETTINGS,
  epochsOf,
  fractionOf,
  methodSettingsOf,
  picturesOf,
  pretrainEpochsOf,
  skippedEpochsOf,
  TRAINING_SETTINGS,
  usesFraction,
  usualTraining,
  widthOf,
  type NetworkName,
  type SubsetMethod,
  type TrainingSettings,
} from './trainingSettings.ts';

/** In the order in which they are tried. */
export const BACKEND_NAMES = ['webgpu', 'webgl', 'wasm', 'cpu'] as const;
export type BackendName = (typeof BACKEND_NAMES)[number];
/** What the user asks for. */
export type BackendWish = 'auto' | BackendName;

/** What became of one backend while one was being chosen. */
export interface BackendTrial {
  name: BackendName;
  verdict: 'chosen' | 'not here' | 'emulated' | 'failed' | 'not tried';
  /** A sentence: "WebGPU is emulated in software here, which is slower than WebAssembly." */
  reason: string;
  /** Largest relative difference of a gradient from the CPU's in the self-test, or null where none was run. */
  gradientError: number | null;
}

export interface BackendChoice {
  name: BackendName;
  /** What computes: "NVIDIA H100", "SwiftShader", "WebAssembly SIMD"; never empty. */
  device: string;
  forced: boolean;
  /** A sentence on why it is this one. */
  reason: string;
  trials: BackendTrial[];
}

/** Bytes of training data that a run held at its peak. */
export interface TrainingBytes {
  /** Pixels of subsets as bytes: this epoch's, and those of the next ones that are fetched ahead. */
  subsets: number;
  /** Packed base tables, labels and places, and blocks in flight in the worker that reads the archive. */
  archive: number;
  /** The raw set, where pixels come from an open file: it lies in the memory of the worker that read it. */
  rawSet: number;
  /** Peak of the sum; not the sum of the peaks. */
  total: number;
}

export interface TrainingSeconds {
  /** Fetching and decoding subsets, in the other worker. */
  fetch: number;
  /** What training stood waiting for them. */
  wait: number;
  /** Steps, upload included. */
  train: number;
  evaluate: number;
  /** Choosing pictures by what the network makes of them: forward passes, picking, and epochs on everything before. */
  select: number;
  /** Before the first step: backend, self-test, compiling, test pictures. */
  warmup: number;
}

export interface EpochReport {
  /** From 1. */
  epoch: number;
  steps: number;
  /** Pictures seen. */
  pictures: number;
  rate: number;
  /** Mean over the pictures of the epoch, as they were met. */
  loss: number;
  trainAccuracy: number;
  /** Distinct training pictures read since the start. */
  distinctRecords: number;
  seconds: Omit<TrainingSeconds, 'warmup'>;
  /** Null in epochs that are not evaluated. */
  test: { accuracy: number; loss: number } | null;
}

/** What choosing the pictures took in a run, of a method that looks at them. */
export interface SelectionReport {
  /** Selections made by what the network made of the pictures; a first one that is random is none. */
  refreshes: number;
  seconds: {
    /** Fetching pictures and passing them through the network. */
    features: number;
    pick: number;
    /** Epochs on every picture before the first selection. */
    pretrain: number;
  };
  /** Epochs on every picture that are done. */
  pretrained: number;
  /** Most different training pictures that one selection, the epochs before it included, has seen. */
  seen: number;
  /** Most bytes that one held: gradients, features, arrays of the method; pixels in flight not counted. */
  bytes: number;
  /** Different training pictures read in the whole run, to select or to train. */
  distinctRead: number;
  /** Of the last selection: pictures that were filled up at random, and the spread of its weights; null where all weigh alike. */
  filled: number;
  weights: WeightSpread | null;
}

/** Weights of a selection, divided by their mean. */
export interface WeightSpread {
  least: number;
  most: number;
  /** (Σ w)² ÷ Σ w², as a share of their number: 1 where all weigh alike. */
  effective: number;
}

/** A look at the test pictures through the network. */
export interface Evaluation {
  /** Epoch after which it was made; 0 of an imported model. */
  epoch: number;
  accuracy: number;
  loss: number;
  records: number;
  /** confusion[actual × classes + predicted]. */
  confusion: Uint32Array;
  /** The test pictures that were classified worst, the greatest loss first, at most 24. */
  worst: {
    pictures: Pictures;
    predicted: Uint16Array;
    /** Probability that the network gave to the predicted class and to the true one. */
    confidence: Float32Array;
    truth: Float32Array;
  };
  seconds: number;
}

/** What a run learns from, as found when it began. */
export interface TrainingFacts {
  width: number;
  height: number;
  channels: 1 | 3;
  classes: number;
  trainRecords: number;
  testRecords: number;
  /** Pictures of an epoch. */
  subsetRecords: number;
  stepsPerEpoch: number;
  /** Bytes of the training pixels. */
  rawBytes: number;
  /** Bytes of the archive's training part ÷ rawBytes; null where no archive takes part. */
  storageRatio: number | null;
  /** Where the training pixels come from: "decoded" of a method that asks for raw ones which are not there. */
  pixels: 'raw' | 'archive' | 'decoded';
  testPixels: 'raw' | 'archive';
  /** What the archive gives back, null where none takes part. */
  fidelity: Fidelity | null;
  /** Normalisation by channel, in levels of 0 … 1. */
  mean: number[];
  deviation: number[];
}

/** Everything that is known of a run, as the page shows it and the browser keeps it. */
export interface TrainingRun {
  id: string;
  /** The pictures' dataset id; runs are listed with the pictures that they are of. */
  datasetId: string;
  datasetName: string;
  createdAt: number;
  settings: TrainingSettings;
  /** Whether a sweep asked for it. */
  isOfSweep?: true;
  /** Settings of the archive that was trained from, as words that tell archives apart; null without one. */
  archiveId: string | null;
  /** Training and test pictures as drawn when the run began; missing before, and where the pictures bring their own. */
  division?: { split: number; testFraction: number };
  status: 'waiting' | 'running' | 'paused' | 'done' | 'failed' | 'cancelled';
  error: ErrorReport | null;
  backend: BackendChoice | null;
  parameters: number;
  facts: TrainingFacts | null;
  epochs: EpochReport[];
  seconds: TrainingSeconds;
  steps: number;
  bytes: TrainingBytes;
  /** Peak of tensors on the device, weights included, and bytes of the test pictures. */
  tensorBytes: number;
  testBytes: number;
  /** Tensors alive at the end of the last epoch. */
  tensors: number;
  distinctRecords: number;
  /** Null of methods that look at no picture. */
  selection: SelectionReport | null;
  evaluation: Evaluation | null;
  /** Epoch of the kept checkpoint; 0 where there is none. */
  checkpoint: number;
  /** Sentences on what is not as usual: "The subset is smaller than a batch …" */
  notices: string[];
}

/** What a run has reached before its first step; arrays of its own in every call. */
export function nothingReached() {
  return {
    error: null,
    facts: null,
    epochs: [],
    seconds: { fetch: 0, wait: 0, train: 0, evaluate: 0, select: 0, warmup: 0 },
    steps: 0,
    bytes: { subsets: 0, archive: 0, rawSet: 0, total: 0 },
    tensorBytes: 0,
    testBytes: 0,
    tensors: 0,
    distinctRecords: 0,
    selection: null,
    evaluation: null,
    checkpoint: 0,
    notices: [],
  } satisfies Partial<TrainingRun>;
}

/** A model file of another lab, or of this one, looked at. */
export interface ImportedModel {
  name: string;
  parameters: number;
  layers: number;
  evaluation: Evaluation;
}

/** What a file of a network says about the pictures that it was trained on. */
export interface TrainedPictures {
  datasetName: string;
  width: number;
  height: number;
  channels: 1 | 3;
  classNames: string[];
  /** Normalisation by channel, in levels of 0 … 1. */
  mean: number[];
  deviation: number[];
}

/** Everything that training goes on from, bit for bit, beside the run itself. */
export interface Checkpoint {
  runId: string;
  /** Epochs done. */
  epoch: number;
  /** The run's settings; a run with other settings does not go on from it. */
  settings: TrainingSettings;
  pictures: TrainedPictures;
  weights: WeightValues[];
  /** Velocities of the optimiser, by the names of the weights. */
  velocities: { name: string; values: Float32Array }[];
  /** One bit per record of the dataset: read in some epoch; bit i of byte i >> 3. */
  seen: Uint8Array;
  /** Epochs on every picture that are done, before the first selection; missing where there are none. */
  pretrained?: number;
  /** What the method goes on from; missing where settings and epoch say everything. */
  selection?: SelectionState;
  /** What selecting had taken by then, of a method that looks at pictures. */
  account?: {
    report: SelectionReport;
    /** One bit per record, as in `seen`: read to select or to train. */
    read: Uint8Array;
  };
}

/** Bytes that a checkpoint takes at least: weight and velocity of every parameter, as float32. */
export function leastCheckpointBytes(parameters: number): number {
  return 8 * parameters;
}

/** A run in numbers: what a table, a sweep and the reproduction print of it. */
export interface TrainingResult {
  dataset: string;
  model: NetworkName;
  /** Null of a network without widths. */
  width: NetworkWidth | null;
  method: SubsetMethod;
  fraction: number;
  seed: number;
  epochs: number;
  backend: BackendName;
  /** 0 … 1, after the last epoch. */
  accuracy: number;
  seconds: TrainingSeconds;
  /** Peak bytes of training data. */
  residentBytes: number;
  tensorBytes: number;
  distinctRecordsRead: number;
  storageRatio: number | null;
  /** Training pictures, and those of an epoch. */
  trainRecords: number;
  subsetRecords: number;
  /** Bytes of the training pixels. */
  rawBytes: number;
  selection: SelectionReport | null;
}

/** The result of a run that is done, else null. */
export function resultOf(run: TrainingRun): TrainingResult | null {
  const { settings, backend, evaluation } = run;
  if (run.status !== 'done' || backend === null || evaluation === null) return null;
  return {
    dataset: run.datasetName,
    model: settings.network,
    width: widthOf(settings),
    method: settings.method,
    fraction: fractionOf(settings),
    seed: settings.seed,
    epochs: settings.epochs,
    backend: backend.name,
    accuracy: evaluation.accuracy,
    seconds: run.seconds,
    residentBytes: run.bytes.total,
    tensorBytes: run.tensorBytes,
    distinctRecordsRead: run.distinctRecords,
    storageRatio: run.facts?.storageRatio ?? null,
    trainRecords: run.facts?.trainRecords ?? 0,
    subsetRecords: run.facts?.subsetRecords ?? 0,
    rawBytes: run.facts?.rawBytes ?? 0,
    selection: run.selection,
  };
}
