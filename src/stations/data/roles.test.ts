import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, type ColumnSummary } from '../../contracts/codec.ts';
import { featuresInUse, rolesOf } from './roles.ts';

function column(name: string, featureEligible = true): ColumnSummary {
  return {
    name,
    kind: 'number',
    min: 0,
    max: 1,
    mean: 0.5,
    distinct: 2,
    top: [],
    missing: 0,
    mapping: { kind: 'decimal', label: 'integer, 1 bit', bits: 1 },
    histogram: [],
    featureEligible,
    featureByDefault: featureEligible,
    targetEligible: true,
    reason: featureEligible ? null : 'too many values',
  };
}

const columns = [column('a'), column('b'), column('c'), column('id', false)];

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
