import { describe, expect, it } from 'vitest';
import { METHOD_METAS } from '../../src/contracts/methods.ts';
import { DEFAULT_TRAINING_SETTINGS, type TrainingSettings } from '../../src/contracts/training.ts';
import { expectedSeconds } from './estimate.ts';
import { recordedResult } from './testing.ts';

const run = (change: Partial<TrainingSettings> = {}): TrainingSettings => ({
  ...DEFAULT_TRAINING_SETTINGS,
  ...{ method: 'random', fraction: 0.01, epochs: 100, evaluateEvery: 100 },
  ...change,
});
/** 5 steps an epoch, 500 in all: 0.04 s each; one look of 3 s; 2 s before. */
const measured = [recordedResult()];
const seconds = (change: Partial<TrainingSettings>, results = measured) =>
  expectedSeconds('mnist', run(change), 'auto', results);

describe('the expected time of a run', () => {
  it('grows with pictures, epochs and looks', () => {
    expect(seconds({})).toBeCloseTo(2 + 20 + 3);
    expect(seconds({ epochs: 10, evaluateEvery: 1 })).toBeCloseTo(2 + 2 + 30);
    // 6,000 pictures are 47 steps; all of them 469.
    expect(seconds({ fraction: 0.1 })).toBeCloseTo(2 + 4_700 * 0.04 + 3);
    expect(seconds({ method: 'full', fraction: 1 })).toBeCloseTo(2 + 46_900 * 0.04 + 3);
  });

  it('is not known of other pictures, networks, batches or backends', () => {
    expect(expectedSeconds('cifar10', run(), 'auto', measured)).toBeNull();
    expect(expectedSeconds('mnist', run(), 'webgpu', measured)).toBeNull();
    expect(seconds({ network: 'softmax' })).toBeNull();
    expect(seconds({ batch: 16 })).toBeNull();
    const wide = recordedResult({ model: 'resnet18', width: 64 });
    expect(seconds({ network: 'resnet18', width: 8 }, [wide])).toBeNull();
  });

  it('is by the machine that measured last', () => {
    const slow = { ...recordedResult().seconds, train: 199.5 };
    const before = recordedResult({ date: '2026-11-01', machine: 'another', seconds: slow });
    expect(seconds({}, [before, ...measured])).toBeCloseTo(25);
    expect(seconds({}, [before])).toBeCloseTo(2 + 200 + 3);
  });

  it('is by those that had the machine to themselves, where there are any', () => {
    const slow = { ...recordedResult().seconds, train: 199.5 };
    const disturbed = recordedResult({ seed: 2, seconds: slow, untimed: true });
    expect(seconds({}, [...measured, disturbed])).toBeCloseTo(25);
    expect(seconds({}, [disturbed])).toBeCloseTo(2 + 200 + 3);
  });

  const selecting = METHOD_METAS.all.find(
    ({ needsNetwork, isFixed, options }) => needsNetwork && !isFixed && options.includes('reselect'),
  );

  it.runIf(selecting !== undefined)('has what selecting takes apart', () => {
    const method = selecting?.name ?? '';
    // Four looks at everything, each a third of 469 steps.
    expect(seconds({ method })).toBeCloseTo(25 + (4 * 469 * 0.04) / 3);
    const own = recordedResult({
      method,
      selection: {
        ...{ refreshes: 2, pretrained: 0, seen: 54_000, bytes: 1, distinctRead: 1, filled: 0, weights: null },
        seconds: { features: 10, pick: 4, pretrain: 0 },
      },
    });
    expect(seconds({ method }, [own])).toBeCloseTo(25 + 4 * 7);
    expect(seconds({ method, fraction: 0.02 }, [own])).toBeCloseTo(5 + 1_000 * 0.04 + 4 * (5 + 4));
  });
});
