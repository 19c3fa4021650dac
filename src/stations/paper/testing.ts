/** Results and runs as the tests of the paper's page need them. */
import type { RecordedResult } from '../../contracts/results.ts';
import { nothingReached, type TrainingResult, type TrainingRun } from '../../contracts/training.ts';
import { paperTraining } from './sets.ts';

/** A shipped result on MNIST as the paper trained it; a tenth of the pictures in two minutes. */
export function shippedResult(change: Partial<RecordedResult> = {}): RecordedResult {
  const result: TrainingResult = {
    ...{ dataset: 'MNIST', model: 'lenet5', width: null, method: 'random', fraction: 0.1, seed: 1 },
    ...{ epochs: 100, backend: 'wasm', accuracy: 0.99 },
    seconds: { fetch: 1, wait: 2, train: 110, evaluate: 10, select: 8, warmup: 1 },
    ...{ residentBytes: 1e6, tensorBytes: 1e6, distinctRecordsRead: 60_000, storageRatio: null },
    ...{ trainRecords: 60_000, subsetRecords: 6_000, rawBytes: 47_040_000, selection: null },
  };
  return {
    ...result,
    ...{ date: '2026-11-29', machine: '2 cores', command: 'npm run -s reproduce -- mnist', curve: [] },
    ...change,
  };
}

/** A finished run of this browser on MNIST with the paper's settings. */
export function ownRun(
  settings: Partial<TrainingRun['settings']> = {},
  change: Partial<TrainingRun> = {},
): TrainingRun {
  return {
    ...{ id: JSON.stringify(settings), datasetId: 'a'.repeat(64), datasetName: 'MNIST', createdAt: 0 },
    ...{ archiveId: null, status: 'done', parameters: 61_706 },
    ...nothingReached(),
    settings: { ...paperTraining('mnist', { method: 'random', fraction: 0.1, seed: 1 }), ...settings },
    backend: { name: 'wasm', device: 'WebAssembly SIMD', forced: false, reason: '', trials: [] },
    seconds: { fetch: 1, wait: 10, train: 220, evaluate: 10, select: 0, warmup: 1 },
    facts: {
      ...{ width: 28, height: 28, channels: 1, classes: 10, trainRecords: 60_000, testRecords: 10_000 },
      ...{ subsetRecords: 6_000, stepsPerEpoch: 47, rawBytes: 47_040_000, storageRatio: null },
      ...{ pixels: 'raw', testPixels: 'raw', fidelity: null, mean: [0], deviation: [1] },
    },
    distinctRecords: 60_000,
    evaluation: {
      ...{ epoch: 100, accuracy: 0.985, loss: 0.1, records: 10_000, seconds: 1 },
      confusion: new Uint32Array(100),
      worst: {
        pictures: {
          ...{ width: 28, height: 28, channels: 1 },
          ...{ records: new Uint32Array(), labels: new Uint16Array(), pixels: new Uint8Array() },
        },
        ...{ predicted: new Uint16Array(), confidence: new Float32Array(), truth: new Float32Array() },
      },
    },
    ...change,
  };
}
