import { describe, expect, it } from 'vitest';
import { METHOD_METAS } from './methods.ts';
import { readResults, unusualSettings, type RecordedResult } from './results.ts';
import { DEFAULT_TRAINING_SETTINGS, usualTraining, type TrainingSettings } from './training.ts';

const RESULT: RecordedResult = {
  ...{ dataset: 'mnist', model: 'lenet5', width: null, method: 'random', fraction: 0.01, seed: 1 },
  ...{ epochs: 100, backend: 'wasm', accuracy: 0.98, selection: null },
  seconds: { fetch: 1, wait: 0.1, train: 20, evaluate: 3, select: 0, warmup: 1 },
  ...{ residentBytes: 470_400, tensorBytes: 1e6, distinctRecordsRead: 38_000, storageRatio: null },
  ...{ trainRecords: 60_000, subsetRecords: 600, rawBytes: 47_040_000 },
  ...{ date: '2026-11-29', machine: '2 cores', command: 'npm run -s reproduce -- mnist' },
  curve: [{ epoch: 100, accuracy: 0.98 }],
};
const file = (result: object) => ({ version: 1, results: [result] });

describe('results as a file', () => {
  it('are read with the settings that are not as usual, where there are any', () => {
    expect(readResults(file(RESULT))).toEqual([RESULT]);
    const unusual = { ...RESULT, settings: { batch: 16, nesterov: false, decay: 'none' } };
    expect(readResults(file(unusual))).toEqual([unusual]);
    expect(readResults(file({ ...RESULT, settings: { batch: { size: 16 } } }))).toBeNull();
    const many = Object.fromEntries(Array.from({ length: 101 }, (_, k) => [`s${k}`, k]));
    expect(readResults(file({ ...RESULT, settings: many }))).toBeNull();
  });
});

describe('settings that are not as usual', () => {
  const of = (settings: Partial<TrainingSettings>, channels = 1) =>
    unusualSettings({ ...DEFAULT_TRAINING_SETTINGS, ...usualTraining(channels), ...settings }, channels);

  it('are none of those that a result says itself, and none that change no result', () => {
    const said = { network: 'softmax', width: 64, fraction: 0.3, seed: 9, epochs: 7 } as const;
    expect(of({ ...said, evaluateEvery: 7 })).toEqual({});
    expect(of({ batch: 16, prefetch: false })).toEqual({ batch: 16, prefetch: false });
  });

  it('depend on the pictures', () => {
    expect(of({}, 3)).toEqual({});
    expect(of({ augment: 'none' }, 3)).toEqual({ augment: 'none' });
    expect(of({ augment: 'none' })).toEqual({});
  });

  it('are no options of another method', () => {
    const selecting = METHOD_METAS.all.find(({ options }) => options.length > 0);
    const drawing = METHOD_METAS.all.find(({ options }) => options.length === 0);
    const changed = { reselect: 5, holdOut: false, bins: 3, pretrain: 2, greedy: 'naive' } as const;
    expect(of({ ...changed, method: drawing?.name ?? '' })).toEqual({});
    if (selecting === undefined) return;
    const named = Object.keys(of({ ...changed, method: selecting.name }));
    expect(named.every((name) => selecting.options.some((option) => option === name))).toBe(true);
    expect(named).not.toEqual([]);
  });
});
