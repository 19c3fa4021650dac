/** Columns for tests of the stations. */
import type { ColumnSummary } from '../../contracts/codec.ts';

export function columnOf(name: string, change: Partial<ColumnSummary> = {}): ColumnSummary {
  return {
    name,
    kind: 'number',
    time: null,
    min: 0,
    max: 1,
    mean: 0.5,
    distinct: 2,
    top: [],
    missing: 0,
    mapping: { kind: 'decimal', label: 'integer, 1 bit', bits: 1 },
    histogram: [],
    featureEligible: true,
    featureByDefault: true,
    targetEligible: true,
    targetTask: 'regression',
    reason: null,
    ...change,
  };
}
