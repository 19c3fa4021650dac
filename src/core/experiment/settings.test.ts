import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, TABLE_PARTS, TABLE_SETTINGS, type ExperimentSettings } from './settings.ts';

const before: ExperimentSettings = { ...DEFAULT_SETTINGS, target: 'y' };

function outdated(change: Partial<ExperimentSettings>, from: Partial<ExperimentSettings> = {}): string[] {
  const start = { ...before, ...from };
  const parts = TABLE_SETTINGS.outdated(start, { ...start, ...change });
  return TABLE_PARTS.filter((part) => parts.has(part));
}

describe('what a change puts out of date', () => {
  it('is nothing when nothing changed', () => {
    expect(outdated({ target: 'y', drop: [], features: null })).toEqual([]);
    expect(outdated({ features: ['a'] }, { features: ['a'] })).toEqual([]);
  });

  it.each([
    ['split', { split: 2 }],
    ['test share', { testFraction: 0.3 }],
    ['target', { target: 'x' }],
    ['features', { features: ['a'] }],
    ['left-out columns', { drop: ['a'] }],
    ['missing cells', { missing: 'fill' as const }],
    ['model', { model: 'logistic' as const }],
  ])('is everything for the %s', (_name, change) => {
    expect(outdated(change)).toEqual([...TABLE_PARTS]);
  });

  it.each([
    ['τ', { tau: 8 }],
    ['objective', { objective: 'equation1' as const }],
    ['ratio mapping', { ratio: false }],
  ])('is the encoding, but no training, for the %s', (_name, change) => {
    expect(outdated(change)).toEqual(['bits', 'archive', 'sweep']);
  });

  it.each([
    ['order', { order: 'descending' as const }],
    ['code', { code: 'linear' as const }],
    ['target in clusters', { targetInClusters: true }],
    ['codec', { codec: 'other' }],
    ['condenser', { condenser: 'bases-mean' as const }],
  ])('is what depends on condensed samples, but not full training, for the %s', (_name, change) => {
    expect(outdated(change)).toEqual(['bits', 'archive', 'condensedClosedForm', 'condensedDescent', 'sweep']);
  });

  it('is the samples too for the encoding, where they are made of bases', () => {
    for (const from of [{ codec: 'greedygd' }, { condenser: 'bases-zero' as const }]) {
      expect(outdated({ tau: 8 }, from)).toContain('condensedDescent');
      expect(outdated({ tau: 8 }, from)).not.toContain('fullDescent');
    }
  });

  it('is the archive alone when a condenser is named that the codec brings anyway', () => {
    expect(outdated({ condenser: 'clusters' })).toEqual(['archive']);
    expect(outdated({ condenser: 'bases-zero' }, { codec: 'greedygd' })).toEqual(['archive']);
  });

  it('is the samples for β, and the bits only where the order depends on β', () => {
    expect(outdated({ beta: 9 })).toEqual(['archive', 'condensedClosedForm', 'condensedDescent']);
    expect(outdated({ beta: 9 }, { order: 'pool' })).toContain('bits');
  });

  it('is the archive alone for the storage of samples', () => {
    expect(outdated({ samples: 'stored' })).toEqual(['archive']);
  });

  it('is gradient descent for its settings, and the archive that carries them', () => {
    const parts = ['archive', 'condensedDescent', 'fullDescent', 'sweep'];
    expect(outdated({ learningRate: 0.1 })).toEqual(parts);
    expect(outdated({ iterations: 10 })).toEqual(parts);
  });

  it('is no result for the seed unless something is drawn with it', () => {
    expect(outdated({ seed: 5 })).toEqual(['archive']);
    expect(outdated({ seed: 5 }, { order: 'random' })).toContain('condensedDescent');
  });
});
