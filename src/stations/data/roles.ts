import type { ColumnSummary, ExperimentSettings } from '../../contracts/codec.ts';

export type ColumnRole = 'target' | 'feature' | 'stored' | 'left-out';

/** The features that the settings stand for: all that are one by default, unless some are named. */
export function featuresInUse(columns: readonly ColumnSummary[], settings: ExperimentSettings): string[] {
  return columns
    .filter(
      ({ name, featureEligible, featureByDefault }) =>
        featureEligible &&
        name !== settings.target &&
        !settings.drop.includes(name) &&
        (settings.features === null ? featureByDefault : settings.features.includes(name)),
    )
    .map(({ name }) => name);
}

/** What each column is used for, in the order of the columns. */
export function rolesOf(columns: readonly ColumnSummary[], settings: ExperimentSettings): ColumnRole[] {
  const features = new Set(featuresInUse(columns, settings));
  return columns.map(({ name }) => {
    if (settings.drop.includes(name)) return 'left-out';
    if (name === settings.target) return 'target';
    return features.has(name) ? 'feature' : 'stored';
  });
}
