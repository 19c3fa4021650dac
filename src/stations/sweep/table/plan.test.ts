import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../contracts/codec.ts';
import { axisDomain, SWEEP_AXES, type SweepAxis, type SweepPlan } from '../../../contracts/link.ts';
import { usualValues } from './axes.ts';
import { betasAround, countRuns, differences, fullKey, plannedRuns, runKey } from './plan.ts';

const settings = { ...DEFAULT_SETTINGS, target: 'y' };

const axis: fc.Arbitrary<SweepAxis> = fc
  .tuple(fc.constantFrom(...SWEEP_AXES), fc.integer({ min: 0, max: 4 }))
  .map(([name, count]) => ({ name, values: usualValues(name, 13, 40).slice(0, count) }));

const plan: fc.Arbitrary<SweepPlan> = fc.record({
  axes: fc.uniqueArray(axis, { minLength: 1, maxLength: 2, selector: ({ name }) => name }),
  splits: fc.subarray([1, 2, 3]),
});

describe('plannedRuns', () => {
  it('has as many trainings as are counted, each once, with full training for every one', () => {
    fc.assert(
      fc.property(plan, (one) => {
        const runs = plannedRuns(one, settings);
        const condensed = runs.filter(({ method }) => method === 'condensed');
        const full = runs.filter(({ method }) => method === 'full');
        expect({ full: full.length, condensed: condensed.length }).toEqual(countRuns(one));
        const keys = runs.map(({ method, point, split }) => runKey(one, method, point, split));
        expect(new Set(keys).size).toBe(runs.length);
        const known = new Set(full.map(({ point, split }) => fullKey(one, point, split)));
        for (const { point, split } of condensed) expect(known).toContain(fullKey(one, point, split));
      }),
    );
  });

  it('puts the values of a point into the settings', () => {
    const [full, first] = plannedRuns(
      {
        axes: [
          { name: 'codec', values: ['greedygd'] },
          { name: 'learningRate', values: [0.01] },
        ],
        splits: [7],
      },
      settings,
    );
    expect(full).toMatchObject({ method: 'full', split: 7 });
    expect(first.settings).toEqual({ ...settings, codec: 'greedygd', learningRate: 0.01, split: 7 });
  });

  it('has every axis as a field of the settings with values of its kind', () => {
    for (const name of SWEEP_AXES) {
      const domain = axisDomain(name);
      for (const value of usualValues(name, 13, 40)) {
        expect(typeof value).toBe(typeof DEFAULT_SETTINGS[name]);
        if (domain.kind === 'number') expect(value).toBeLessThanOrEqual(domain.max);
      }
    }
  });
});

describe('betasAround', () => {
  it('has the current β in its middle where there is room, and always within', () => {
    expect(betasAround(24, 60)).toEqual([18, 20, 22, 24, 26, 28, 30]);
    expect(betasAround(3, 60)).toEqual([1, 3, 5, 7, 9, 11, 13]);
    expect(betasAround(16, 17)).toEqual([4, 6, 8, 10, 12, 14, 16]);
    expect(betasAround(5, 8)).toEqual([2, 3, 4, 5, 6, 7, 8]);
    expect(betasAround(9, 4)).toEqual([1, 2, 3, 4]);
    expect(betasAround(13, 0)).toEqual([1]);
  });
});

describe('differences', () => {
  const over = (...axes: SweepAxis[]) => ({ settings, plan: { axes, splits: [1] } });
  const byBeta = over({ name: 'beta', values: [8] });

  it('leaves out what the sweep decides by itself', () => {
    expect(differences(byBeta, { ...settings, beta: 3, split: 9, samples: 'stored' })).toEqual([]);
    expect(differences(over({ name: 'tau', values: [8] }), { ...settings, tau: 3, beta: 4 })).toEqual([
      { field: 'beta', was: 13, is: 4 },
    ]);
  });

  it('minds the seed only where it is drawn on', () => {
    const seeded = { ...settings, seed: 5 };
    expect(differences(byBeta, seeded)).toEqual([]);
    expect(differences(over({ name: 'order', values: ['layered', 'random'] }), seeded)).toHaveLength(1);
  });

  it('takes the codec’s own samples for what they are made of', () => {
    const named = { ...settings, condenser: 'clusters' as const };
    expect(differences(byBeta, named)).toEqual([]);
    expect(differences(over({ name: 'codec', values: ['greedygd'] }), named)).toHaveLength(1);
  });
});
