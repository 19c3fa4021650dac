import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, type ExperimentSettings } from '../contracts/codec.ts';
import { featuresInUse, rolesOf, withRole, type ColumnRole } from './roles.ts';
import { columnOf } from './testing/columns.ts';

const columns = [
  columnOf('a'),
  columnOf('b'),
  columnOf('c'),
  columnOf('id', { featureEligible: false, featureByDefault: false }),
];

describe('roles of columns', () => {
  it('takes every eligible column but the target by default', () => {
    expect(rolesOf(columns, { ...DEFAULT_SETTINGS, target: 'b' })).toEqual([
      'feature',
      'target',
      'feature',
      'stored',
    ]);
  });

  it('follows named features and left-out columns', () => {
    const settings = { ...DEFAULT_SETTINGS, target: 'b', features: ['a', 'id'], drop: ['c'] };
    expect(rolesOf(columns, settings)).toEqual(['feature', 'target', 'left-out', 'stored']);
    expect(featuresInUse(columns, settings)).toEqual(['a']);
  });
});

describe('giving a column a role', () => {
  const base: ExperimentSettings = { ...DEFAULT_SETTINGS, target: 'b' };
  const after = (settings: ExperimentSettings, names: string[], role: ColumnRole) => {
    const change = withRole(columns, settings, names, role);
    return [rolesOf(columns, { ...settings, ...change }).join(' '), change.features] as const;
  };

  it('moves the target, and the former one is a feature', () => {
    expect(after(base, ['a'], 'target')).toEqual(['target feature feature stored', null]);
  });

  it('names features only where they are others than by default', () => {
    expect(after(base, ['a'], 'stored')).toEqual(['stored target feature stored', ['c']]);
    const without = { ...base, features: ['c'] };
    expect(after(without, ['a'], 'feature')).toEqual(['feature target feature stored', null]);
  });

  it('takes the target away with its other role', () => {
    expect(after(base, ['b'], 'left-out')).toEqual(['feature left-out feature stored', null]);
    expect(after(base, ['b'], 'feature')).toEqual(['feature feature feature stored', null]);
  });

  it('moves the weight, which has no other role, and is one column of numbers', () => {
    const weighted = { ...base, weight: 'c' };
    expect(rolesOf(columns, weighted).join(' ')).toBe('feature target weight stored');
    expect(featuresInUse(columns, weighted)).toEqual(['a']);
    expect(after(base, ['c'], 'weight')).toEqual(['feature target weight stored', null]);
    expect(after(weighted, ['a'], 'weight')).toEqual(['weight target feature stored', null]);
    expect(after(weighted, ['b'], 'weight')[0]).toBe('feature weight feature stored');
    for (const role of ['feature', 'stored', 'left-out', 'target'] as const)
      expect(withRole(columns, weighted, ['c'], role).weight).toBeNull();
    expect(
      withRole([columnOf('a'), columnOf('w', { kind: 'text' })], base, ['w'], 'weight').weight,
    ).toBeNull();
  });

  it('brings a left-out column back', () => {
    const dropped = { ...base, drop: ['a', 'c'] };
    expect(after(dropped, ['a'], 'feature')[0]).toBe('feature target left-out stored');
    expect(after(dropped, ['a'], 'target')[0]).toBe('target feature left-out stored');
  });

  it('leaves a column that cannot have it, and one column in the archive', () => {
    expect(after(base, ['id'], 'feature')[0]).toBe('feature target feature stored');
    expect(withRole(columns, base, ['a', 'b', 'c', 'id'], 'left-out').drop).toEqual(['a', 'b', 'c']);
  });

  it('of many at once', () => {
    expect(after(base, ['a', 'b', 'c', 'id'], 'stored')[0]).toBe('stored stored stored stored');
  });
});
