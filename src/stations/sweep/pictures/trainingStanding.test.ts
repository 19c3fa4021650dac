import { describe, expect, it } from 'vitest';
import { METHOD_METAS } from '../../../contracts/methods.ts';
import { DEFAULT_TRAINING_SETTINGS, type TrainingSettings } from '../../../contracts/training.ts';
import { runWith } from '../../testing/training.ts';
import { idleTraining } from '../../training/state.ts';
import { standingOf, standingWords, type TrainingGround } from './trainingStanding.ts';

const settings: TrainingSettings = { ...DEFAULT_TRAINING_SETTINGS, epochs: 10, batch: 100 };
const ground: TrainingGround = { trainRecords: 1_000, division: null, archiveId: 'archive' };
const plan = { fractions: [0.1, 0.5], methods: ['full' as const, 'random' as const], seeds: [1] };
const trained = (change: Partial<TrainingSettings>, words: Parameters<typeof runWith>[1] = {}) =>
  runWith({ ...settings, ...change }, words);

describe('the standing of a plan', () => {
  it('finds a run for every combination', () => {
    const training = idleTraining({
      ...{ plan, settings },
      runs: [
        trained({ method: 'full' }, { id: 'done' }),
        // The same training again: the finished one stands for it.
        trained({ method: 'full' }, { id: 'again', epochs: 2 }),
        trained({ method: 'random', fraction: 0.1 }, { id: 'active', epochs: 5 }),
        trained({ method: 'random', fraction: 0.5, rate: 0.1 }, { id: 'other' }),
      ],
      active: 'active',
      queue: ['again'],
    });
    const standing = standingOf(training, ground);
    expect(standing.trainings.map(({ stage, run }) => [stage, run?.id ?? null])).toEqual([
      ['done', 'done'],
      ['running', 'active'],
      ['open', null],
    ]);
    // Steps: 10 × 10 of full done, 5 × 1 of 10 × 1, none of 10 × 5.
    expect(standing.share).toBeCloseTo(105 / 160, 12);
    expect(standingWords(standing)).toBe('1 of 3 runs done');
  });

  it('says what waits, what stopped and what failed', () => {
    const failed = runWith(
      { ...settings, method: 'random', fraction: 0.5 },
      { id: 'failed', epochs: 1 },
      { status: 'failed' },
    );
    const training = idleTraining({
      ...{ plan, settings, queue: ['waiting'] },
      runs: [
        trained({ method: 'full' }, { id: 'stopped', epochs: 4 }),
        trained({ method: 'random', fraction: 0.1 }, { id: 'waiting', epochs: 0 }),
        failed,
      ],
    });
    const standing = standingOf(training, ground);
    expect(standing.trainings.map(({ stage }) => stage)).toEqual(['stopped', 'waiting', 'failed']);
    expect(standing.counts).toMatchObject({ done: 0, stopped: 1, waiting: 1, failed: 1 });
    expect(standingWords(standing)).toBe('0 of 3 runs done, 1 failed');
  });

  it('tells the time left by what a step and a look took', () => {
    // Steps of 0.2 s (2 s for 10), looks of 0.05 s, 2 s of warming up.
    const run = trained({ method: 'full' }, { seconds: { train: 1.5, wait: 0.5, evaluate: 0.05 } });
    const training = idleTraining({ plan, settings: { ...settings, evaluateEvery: 5 }, runs: [run] });
    const { secondsLeft } = standingOf(training, ground);
    // 10 epochs of 1 step and 10 of 5; two looks and a warm-up each.
    expect(secondsLeft).toBeCloseTo(60 * 0.2 + 2 * (2 * 0.05 + 2), 9);
  });

  it('counts the epochs on every picture that come before those of a method', () => {
    const first = METHOD_METAS.all.find(({ usual }) => usual !== undefined)!.name;
    const run = trained({ method: first, fraction: 0.1, pretrain: 3 }, { epochs: 0 });
    run.selection = {
      ...{ refreshes: 0, seconds: { features: 0, pick: 0, pretrain: 1 }, pretrained: 1, seen: 1_000 },
      ...{ bytes: 0, distinctRead: 1_000, filled: 0, weights: null },
    };
    const training = idleTraining({
      ...{ plan: { fractions: [0.1], methods: [first], seeds: [1] }, runs: [run] },
      settings: { ...settings, pretrain: 3 },
    });
    // 3 epochs of 10 steps, of which one is done, and 10 epochs of 1.
    expect(standingOf(training, ground).share).toBeCloseTo(10 / 40, 12);
  });

  it('tells no time before a run of the network was measured where it is asked for', () => {
    const runs = [trained({ method: 'full' })];
    const left = (change: Partial<ReturnType<typeof idleTraining>>) =>
      standingOf(idleTraining({ plan, settings, runs, ...change }), ground).secondsLeft;
    expect(left({})).not.toBeNull();
    expect(left({ runs: [] })).toBeNull();
    expect(left({ settings: { ...settings, network: 'softmax' } })).toBeNull();
    expect(left({ settings: { ...settings, batch: 10 } })).toBeNull();
    expect(left({ wish: 'webgpu' })).toBeNull();
    expect(left({ wish: 'wasm' })).not.toBeNull();
    expect(left({ runs: [trained({ method: 'full' }, { epochs: 0 })] })).toBeNull();
  });

  it('counts what was learnt from the same archive and the same division only', () => {
    const training = idleTraining({
      ...{ settings, plan: { fractions: [0.1], methods: ['random', 'dreamlearning'], seeds: [1] } },
      runs: [
        trained({ method: 'random', fraction: 0.1 }),
        trained({ method: 'dreamlearning', fraction: 0.1 }),
      ],
    });
    const stages = (change: Partial<TrainingGround>) =>
      standingOf(training, { ...ground, ...change }).trainings.map(({ stage }) => stage);
    expect(stages({})).toEqual(['done', 'done']);
    expect(stages({ archiveId: 'another' })).toEqual(['done', 'open']);
    expect(stages({ archiveId: null })).toEqual(['done', 'open']);
    expect(stages({ archiveId: undefined })).toEqual(['done', 'done']);
    expect(stages({ division: { split: 1, testFraction: 0.2 } })).toEqual(['open', 'open']);
  });

  it('of nothing is nothing', () => {
    const standing = standingOf(idleTraining({ plan: { ...plan, seeds: [] } }), ground);
    expect(standing).toMatchObject({ trainings: [], share: 0, secondsLeft: null });
    expect(standingWords(standing)).toBe('No runs planned');
  });
});
