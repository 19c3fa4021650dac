import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, type DatasetSummary, type ExperimentSettings } from './codec.ts';
import { followingRate, rateAfter, unsaidRate } from './tableFitting.ts';

const column = (name: string, targetTask: 'regression' | 'classification') => ({ name, targetTask });
const summary = {
  columns: [column('price', 'regression'), column('answer', 'classification')],
} as unknown as DatasetSummary;
const settings = (change: Partial<ExperimentSettings>): ExperimentSettings => ({
  ...DEFAULT_SETTINGS,
  target: 'price',
  ...change,
});

describe('the step size', () => {
  it('follows the model as long as nobody chose it', () => {
    const before = settings({});
    const classes = followingRate(before, settings({ target: 'answer' }), summary);
    expect(classes.learningRate).toBe(0.01);
    expect(followingRate(classes, { ...classes, target: 'price' }, summary).learningRate).toBe(0.001);
    expect(followingRate(classes, { ...classes, model: 'linear' }, summary).learningRate).toBe(0.001);
  });

  it('stays as it was chosen, also where it is the usual one of another model', () => {
    const classes = settings({ target: 'answer', learningRate: 0.01 });
    const chosen = followingRate(classes, { ...classes, learningRate: 0.001 }, summary);
    expect(chosen.learningRate).toBe(0.001);
    expect(followingRate(chosen, { ...chosen, beta: 5 }, summary).learningRate).toBe(0.001);
    const own = settings({ learningRate: 0.5 });
    expect(followingRate(own, { ...own, target: 'answer' }, summary).learningRate).toBe(0.5);
  });

  it('is automatic in another dataset, unless it was chosen', () => {
    expect([0.001, 0.01, 'auto' as const].map(rateAfter)).toEqual(['auto', 'auto', 'auto']);
    expect(rateAfter(0.5)).toBe(0.5);
    const automatic = settings({ learningRate: 'auto' });
    expect(followingRate(automatic, { ...automatic, target: 'answer' }, summary).learningRate).toBe('auto');
  });

  it('of a link that says none is what it has always been', () => {
    expect(unsaidRate({ target: 'price', model: 'auto' }, summary)).toBe(0.001);
    expect(unsaidRate({ target: 'answer', model: 'auto' }, summary)).toBe(0.01);
  });
});
