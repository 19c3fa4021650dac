/** Results for the tests of this folder. */
import type { RecordedResult } from '../../src/contracts/results.ts';

/** A run on MNIST at 1 %, 100 epochs. */
export function recordedResult(change: Partial<RecordedResult> = {}): RecordedResult {
  return {
    ...{ dataset: 'mnist', model: 'lenet5', width: null, method: 'random', fraction: 0.01, seed: 1 },
    ...{ epochs: 100, backend: 'wasm', accuracy: 0.98, selection: null },
    seconds: { fetch: 1, wait: 0.5, train: 19.5, evaluate: 3, select: 0, warmup: 2 },
    ...{ residentBytes: 470_400, tensorBytes: 1e6, distinctRecordsRead: 38_000, storageRatio: null },
    ...{ trainRecords: 60_000, subsetRecords: 600, rawBytes: 47_040_000 },
    ...{ date: '2026-11-29', machine: '2 cores', command: 'npm run -s reproduce -- mnist' },
    curve: [{ epoch: 100, accuracy: 0.98 }],
    ...change,
  };
}
