/** Runs of training for tests: 1,000 training pictures of 28 × 28 grey pixels, 100 test pictures, in two classes. */
import {
  type BackendName,
  DEFAULT_TRAINING_SETTINGS,
  type EpochReport,
  fractionOf,
  type TrainingRun,
  type TrainingSettings,
} from '../../contracts/training.ts';
import { readsArchive } from '../training/plan.ts';

/** What a test says of a run besides its settings; the rest follows. */
export interface RunWords {
  id?: string;
  /** After the last epoch. */
  accuracy?: number;
  /** Of one epoch: fetching, waiting, training, and one look at the test pictures. */
  seconds?: { fetch?: number; wait?: number; train?: number; evaluate?: number };
  /** Epochs done; all of them unless it is said. */
  epochs?: number;
  backend?: BackendName;
  /** Peak of training data. */
  bytes?: number;
}

const TRAIN_RECORDS = 1_000;
const PIXELS = 28 * 28;

/** A run of these settings, done unless it has too few epochs. */
export function runWith(
  settings: Partial<TrainingSettings> = {},
  words: RunWords = {},
  change: Partial<TrainingRun> = {},
): TrainingRun {
  const all: TrainingSettings = { ...DEFAULT_TRAINING_SETTINGS, epochs: 10, ...settings };
  const epochs = words.epochs ?? all.epochs;
  const isDone = epochs >= all.epochs;
  const accuracy = words.accuracy ?? 0.9;
  const spent = { fetch: 0.1, wait: 0, train: 1, evaluate: 0.05, select: 0, ...words.seconds };
  const pictures = Math.round(TRAIN_RECORDS * fractionOf(all));
  const steps = Math.ceil(pictures / all.batch);
  const isOfArchive = readsArchive(all.method);
  const rawBytes = TRAIN_RECORDS * PIXELS;
  const total = words.bytes ?? Math.round(rawBytes * fractionOf(all));
  const report = (epoch: number): EpochReport => ({
    ...{ epoch, steps, pictures, rate: all.rate, loss: 1 / epoch, trainAccuracy: accuracy },
    distinctRecords: Math.min(TRAIN_RECORDS, pictures * epoch),
    seconds: spent,
    test: { accuracy, loss: 1 / epoch },
  });
  return {
    id: words.id ?? `${all.network} ${all.method} ${all.fraction} ${all.seed}`,
    ...{ datasetId: 'a'.repeat(64), datasetName: 'Pets', createdAt: 1_000, settings: all },
    archiveId: isOfArchive ? 'archive' : null,
    status: isDone ? 'done' : 'paused',
    error: null,
    backend: {
      ...{ name: words.backend ?? 'wasm', device: 'WebAssembly SIMD', forced: false },
      ...{ reason: 'It is the fastest here.', trials: [] },
    },
    parameters: 61_706,
    facts: {
      ...{ width: 28, height: 28, channels: 1, classes: 2, trainRecords: TRAIN_RECORDS, testRecords: 100 },
      ...{ subsetRecords: pictures, stepsPerEpoch: steps, rawBytes },
      storageRatio: isOfArchive ? 0.27 : null,
      pixels: isOfArchive ? 'archive' : 'raw',
      testPixels: 'raw',
      fidelity: isOfArchive ? { kind: 'exact' } : null,
      ...{ mean: [0.13], deviation: [0.31] },
    },
    epochs: Array.from({ length: epochs }, (_, k) => report(k + 1)),
    seconds: {
      fetch: spent.fetch * epochs,
      wait: spent.wait * epochs,
      train: spent.train * epochs,
      evaluate: spent.evaluate * epochs,
      select: 0,
      warmup: 2,
    },
    steps: steps * epochs,
    bytes: { subsets: total, archive: 0, rawSet: 0, total },
    ...{ tensorBytes: 1_000_000, testBytes: 100 * PIXELS, tensors: 40 },
    distinctRecords: Math.min(TRAIN_RECORDS, pictures * epochs),
    selection: null,
    evaluation: isDone ? evaluationOf(accuracy, epochs) : null,
    ...{ checkpoint: epochs, notices: [] },
    ...change,
  };
}

function evaluationOf(accuracy: number, epoch: number): NonNullable<TrainingRun['evaluation']> {
  const right = Math.round(50 * accuracy);
  return {
    ...{ epoch, accuracy, loss: 1 / epoch, records: 100, seconds: 0.05 },
    confusion: Uint32Array.of(right, 50 - right, 50 - right, right),
    worst: {
      pictures: {
        ...{ width: 28, height: 28, channels: 1 },
        ...{ records: new Uint32Array(0), labels: new Uint16Array(0), pixels: new Uint8Array(0) },
      },
      ...{ predicted: new Uint16Array(0), confidence: new Float32Array(0), truth: new Float32Array(0) },
    },
  };
}
