import { describe, expect, it } from 'vitest';
import { DEFAULT_TRAINING_SETTINGS, type TrainingResult } from '../../src/contracts/training.ts';
import { isResult, tableOfResults } from './report.ts';

function result(change: Partial<TrainingResult>): TrainingResult {
  return {
    ...{ dataset: 'MNIST', model: 'lenet5', width: null, method: 'dreamlearning', fraction: 0.01, seed: 1 },
    ...{ epochs: 10, backend: 'wasm', accuracy: 0.98, residentBytes: 2_500_000, tensorBytes: 4_000_000 },
    ...{ distinctRecordsRead: 5_712, storageRatio: 0.48 },
    ...{ trainRecords: 60_000, subsetRecords: 600, rawBytes: 47_040_000, selection: null },
    seconds: { fetch: 1, wait: 0.5, train: 4.5, evaluate: 2, select: 0, warmup: 3 },
    ...change,
  };
}

describe('the table of results', () => {
  it('has the mean and the sample standard deviation over the seeds', () => {
    const table = tableOfResults([
      result({ accuracy: 0.98 }),
      result({ accuracy: 0.982, seed: 2 }),
      result({ method: 'full', fraction: 1, accuracy: 0.9912, storageRatio: null }),
    ]);
    const [header, subset, full] = table.split('\n').map((line) => line.split(/\s{2,}/));
    expect(header.slice(0, 5)).toEqual(['method', 'fraction', 'runs', 'accuracy %', 'epoch s']);
    // √(2 · 0.1²) = 0.1414; (0.5 + 4.5) s in 10 epochs.
    expect(subset.slice(0, 5)).toEqual(['dreamlearning', '0.01', '2', '98.10 ± 0.14', '0.500']);
    expect(full.slice(0, 4)).toEqual(['full', '1', '1', '99.12']);
    expect(full.at(-1)).toBe('–');
  });
});

describe('a saved result', () => {
  it('is told from other JSON', () => {
    const saved = {
      ...result({}),
      ...{ device: 'WebAssembly SIMD', curve: [], settings: DEFAULT_TRAINING_SETTINGS, unusual: {} },
    };
    expect(isResult(JSON.parse(JSON.stringify(saved)))).toBe(true);
    for (const other of [
      null,
      3,
      'text',
      {},
      { ...saved, accuracy: null },
      { ...saved, seconds: 1 },
      { ...saved, curve: null },
    ])
      expect(isResult(other)).toBe(false);
  });
});
