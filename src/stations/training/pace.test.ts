import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { METHOD_METAS, type MethodMeta } from '../../contracts/methods.ts';
import type { SelectionReport } from '../../contracts/training.ts';
import { runWith } from '../testing/training.ts';
import { epochInProgress, pretrainingLeft, secondsLeft, shareDone } from './pace.ts';

const meta = (name: string, change: Partial<MethodMeta>): MethodMeta => ({
  ...{ name, label: name, family: name, draw: name, sentence: '', sweepSentence: '', archiveSentence: null },
  ...{ source: 'raw', isFixed: false, usesFraction: true, needsNetwork: true, options: [] },
  look: { colour: 'var(--series-5)', stroke: 'dotted', marks: 'hollow', shape: 'triangle' },
  ...change,
});

let removals: (() => void)[] = [];
beforeEach(() => {
  removals = [
    METHOD_METAS.add(meta('again', { options: ['reselect'] })),
    METHOD_METAS.add(meta('once', { options: ['pretrain'], usual: { pretrain: 4 } })),
  ];
});
afterEach(() => removals.forEach((remove) => remove()));

const report = (change: Partial<SelectionReport>): SelectionReport => ({
  ...{ refreshes: 0, seconds: { features: 0, pick: 0, pretrain: 0 }, pretrained: 0, seen: 1_000, bytes: 1 },
  ...{ distinctRead: 1_000, filled: 0, weights: null },
  ...change,
});

describe('the time that is left', () => {
  it('is that of the epochs and looks to come, at the pace of the last ones', () => {
    const run = runWith({ epochs: 20 }, { epochs: 10, seconds: { wait: 0.5, train: 1, evaluate: 0.5 } });
    expect(secondsLeft(run)).toBeCloseTo(20, 6);
    expect(secondsLeft(run, { share: 0.5, clock: null })).toBeCloseTo(19.25, 6);
    const seldom = runWith(
      { epochs: 20, evaluateEvery: 5 },
      { epochs: 10, seconds: { train: 0, evaluate: 1 } },
    );
    expect(secondsLeft(seldom)).toBeCloseTo(2, 6);
  });

  it('does not follow one epoch that was disturbed, nor the first', () => {
    const run = runWith({ epochs: 20 }, { epochs: 6, seconds: { train: 1, evaluate: 0 } });
    const epochs = run.epochs.map((one, k) =>
      k === 0 || k === 4 ? { ...one, seconds: { ...one.seconds, train: 30 } } : one,
    );
    expect(secondsLeft({ ...run, epochs })).toBeCloseTo(14, 6);
  });

  it('is told by the clock in the first epoch, and not before', () => {
    const run = runWith({ epochs: 20 }, { epochs: 0 });
    expect(secondsLeft(run)).toBeNull();
    expect(secondsLeft(run, { share: 0.25, clock: 2 })).toBeCloseTo(39.5, 6);
  });

  it('foresees the selections to come', () => {
    const selection = report({ refreshes: 1, seconds: { features: 2, pick: 3, pretrain: 0 } });
    const run = runWith(
      { method: 'again', epochs: 30, reselect: 10 },
      { epochs: 15, seconds: { train: 1, evaluate: 0 } },
      { selection },
    );
    // One before epoch 21.
    expect(secondsLeft(run)).toBeCloseTo(15 + 5, 6);
    // Before the first of them, every picture goes through the network as the test pictures do: ten times as many.
    const fresh = runWith(
      { method: 'again', epochs: 30, reselect: 10 },
      { epochs: 5, seconds: { train: 1, evaluate: 0.1 } },
    );
    expect(secondsLeft(fresh)).toBeCloseTo(25 + 25 * 0.1 + 2, 6);
  });

  it('foresees the epochs on every picture', () => {
    const before = { method: 'once', epochs: 10, fraction: 0.1 };
    const run = runWith(
      before,
      { epochs: 0 },
      {
        selection: report({ pretrained: 2, seconds: { features: 0, pick: 0, pretrain: 20 } }),
      },
    );
    expect(pretrainingLeft(run)).toBe(2);
    // Two of 10 s, half of one done, and ten of the run of a tenth of the pictures.
    expect(secondsLeft(run, { share: 0.5, clock: null })).toBeCloseTo(15 + 10, 6);
    const first = runWith(before, { epochs: 0 });
    expect(secondsLeft(first, { share: 0.5, clock: 8 })).toBeCloseTo(3.5 * 8 + 8, 6);
  });
});

describe('the share that is done', () => {
  it('counts epochs, and those on every picture by what they see', () => {
    const run = runWith({ epochs: 10 }, { epochs: 4 });
    expect(shareDone(run)).toBeCloseTo(0.4, 6);
    expect(shareDone(run, { share: 0.5, clock: null })).toBeCloseTo(0.45, 6);
    const once = { method: 'once', epochs: 10, fraction: 0.1 };
    const learning = runWith(once, { epochs: 0 }, { selection: report({ pretrained: 2 }) });
    expect(shareDone(learning, { share: 0.5, clock: null })).toBeCloseTo(25 / 50, 6);
    const trained = runWith(once, { epochs: 5 }, { selection: report({ pretrained: 4 }) });
    expect(shareDone(trained)).toBeCloseTo(45 / 50, 6);
  });

  it('names the epoch in progress, not the ones done', () => {
    expect(epochInProgress(runWith({ epochs: 20 }, { epochs: 4 }))).toBe(5);
    expect(epochInProgress(runWith({ epochs: 20 }))).toBe(20);
  });
});
