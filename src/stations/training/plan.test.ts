import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { METHOD_METAS } from '../../contracts/methods.ts';
import { DEFAULT_TRAINING_SETTINGS } from '../../contracts/training.ts';
import { countTrainings, settingsOfPlan, trainingKey } from './plan.ts';

const settings = DEFAULT_TRAINING_SETTINGS;

describe('the trainings of a plan', () => {
  it('are every combination, full training once for each seed', () => {
    const plan = { fractions: [0.01, 0.1], methods: ['full', 'random'] as const, seeds: [1, 2] };
    const all = settingsOfPlan({ ...plan, methods: [...plan.methods] }, settings);
    expect(all.map(({ seed, method, fraction }) => [seed, method, fraction])).toEqual([
      ...[
        [1, 'full', 1],
        [1, 'random', 0.01],
        [1, 'random', 0.1],
      ],
      ...[
        [2, 'full', 1],
        [2, 'random', 0.01],
        [2, 'random', 0.1],
      ],
    ]);
    expect(all.every(({ network, epochs }) => network === 'lenet5' && epochs === settings.epochs)).toBe(true);
  });

  it('are counted without being listed, and all of them differ', () => {
    const some = <T>(of: readonly T[]) => fc.subarray([...of]);
    fc.assert(
      fc.property(
        some([0.01, 0.1, 1]),
        some(METHOD_METAS.names),
        some([1, 2, 7]),
        (fractions, methods, seeds) => {
          const plan = { fractions, methods, seeds };
          const all = settingsOfPlan(plan, settings);
          expect(all).toHaveLength(countTrainings(plan));
          expect(new Set(all.map(trainingKey)).size).toBe(all.length);
        },
      ),
    );
  });
});

describe('the same training', () => {
  it('does not depend on what its method does not use', () => {
    const full = { ...settings, method: 'full' } as const;
    expect(trainingKey({ ...full, fraction: 0.2, sampling: 'stratified' })).toBe(trainingKey(full));
    expect(trainingKey({ ...settings, width: 64, evaluateEvery: 3 })).toBe(trainingKey(settings));
    expect(trainingKey({ ...settings, network: 'resnet18', width: 64 })).not.toBe(
      trainingKey({ ...settings, network: 'resnet18' }),
    );
    for (const change of [{ fraction: 0.2 }, { seed: 2 }, { rate: 0.1 }, { prefetch: false }]) {
      expect(trainingKey({ ...settings, ...change })).not.toBe(trainingKey(settings));
    }
  });
});
