import { describe, expect, it } from 'vitest';
import { readResults, type SavedResult } from '../../src/contracts/results.ts';
import { DEFAULT_TRAINING_SETTINGS } from '../../src/contracts/training.ts';
import { readReproduction } from './plan.ts';
import { recorded, subjectOf } from './record.ts';
import { recordedResult } from './testing.ts';

function saved(change: Partial<SavedResult> = {}): SavedResult {
  const { date: _, machine: __, command: ___, ...result } = recordedResult();
  return {
    ...result,
    ...{ dataset: 'MNIST', device: 'WebAssembly SIMD', unusual: {} },
    settings: { ...DEFAULT_TRAINING_SETTINGS, epochs: 100, evaluateEvery: 100 },
    ...change,
  };
}

/** What a command's arguments are. */
const argumentsOf = (command: string): string[] => command.split(' -- ')[1].split(' ');

describe('a recorded result', () => {
  const sample = subjectOf({ kind: 'sample', id: 'mnist' });

  it('has its day, its machine and the command that makes it alone', () => {
    const result = recorded(saved(), sample, { now: new Date('2026-11-29T23:00:00Z') });
    expect(result).toMatchObject({ dataset: 'mnist', date: '2026-11-29' });
    expect(result).not.toHaveProperty('settings');
    expect(result).not.toHaveProperty('untimed');
    expect(result.machine).toMatch(/^\d+ cores?, (?:.+, )?WebAssembly SIMD$/);
    expect(result.command).toBe(
      'npm run -s reproduce -- mnist --methods random --fractions 0.01 --seeds 1 --model lenet5 --epochs 100 --backend wasm',
    );
    expect(readResults({ version: 1, results: [result] })).toEqual([result]);
  });

  it('has a command that asks for every setting which is not as usual', () => {
    const unusual = { batch: 16, nesterov: false, decay: 'none', holdOut: false, byClass: true } as const;
    const settings = { ...saved().settings, ...unusual, evaluateEvery: 10 };
    const result = recorded(saved({ unusual, settings }), sample);
    expect(result.settings).toEqual(unusual);
    const plan = readReproduction(argumentsOf(result.command));
    expect(plan.training).toEqual({ ...unusual, network: 'lenet5', epochs: 100, evaluateEvery: 10 });
    expect(plan.grid).toEqual({ methods: ['random'], fractions: [0.01], seeds: [1] });
  });

  it('says that other work ran beside it', () => {
    const result = recorded(saved(), sample, { isTimed: false });
    expect(readResults({ version: 1, results: [result] })).toMatchObject([{ untimed: true }]);
  });

  it('names no folder, and quotes what a shell would take apart', () => {
    const subject = subjectOf({ kind: 'files', paths: ['/home/me/my pictures.zip', 'b.bin'] });
    const { dataset, command } = recorded(saved({ dataset: 'my pictures.zip' }), subject);
    expect(dataset).toBe('my pictures.zip');
    expect(command).toContain("-- 'my pictures.zip' b.bin --methods");
  });

  it('has numbers with the digits that say something', () => {
    const result = recorded(
      saved({
        accuracy: 0.98765432109,
        seconds: { fetch: 0.123456, wait: 0, train: 25.1249, evaluate: 1, select: 2.005, warmup: 3 },
        curve: [{ epoch: 100, accuracy: 1 / 3 }],
        selection: {
          ...{ refreshes: 4, pretrained: 0, seen: 54_000, bytes: 1000.4, distinctRead: 60_000, filled: 3 },
          seconds: { features: 1.23456, pick: 2, pretrain: 0 },
          weights: { least: 0.0123456789, most: 123.456789, effective: 0.5 },
        },
      }),
      sample,
    );
    expect(result.accuracy).toBe(0.987654);
    expect(result.seconds).toMatchObject({ fetch: 0.12, train: 25.12 });
    expect(result.curve).toEqual([{ epoch: 100, accuracy: 0.333333 }]);
    expect(result.selection).toMatchObject({
      ...{ bytes: 1000, seconds: { features: 1.23, pick: 2, pretrain: 0 } },
      weights: { least: 0.0123457, most: 123.457, effective: 0.5 },
    });
  });
});
