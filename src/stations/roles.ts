import type { ColumnSummary, ExperimentSettings } from '../contracts/codec.ts';

export type ColumnRole = 'target' | 'feature' | 'weight' | 'stored' | 'left-out';

/** The features that the settings stand for: all that are one by default, unless some are named. */
export function featuresInUse(columns: readonly ColumnSummary[], settings: ExperimentSettings): string[] {
  const dropped = new Set(settings.drop);
  const named = settings.features === null ? null : new Set(settings.features);
  return columns
    .filter(
      ({ name, featureEligible, featureByDefault }) =>
        featureEligible &&
        name !== settings.target &&
        name !== settings.weight &&
        !dropped.has(name) &&
        (named === null ? featureByDefault : named.has(name)),
    )
    .map(({ name }) => name);
}

/** What each column is used for, in the order of the columns. */
export function rolesOf(columns: readonly ColumnSummary[], settings: ExperimentSettings): ColumnRole[] {
  const features = new Set(featuresInUse(columns, settings));
  const dropped = new Set(settings.drop);
  return columns.map(({ name }) => {
    if (dropped.has(name)) return 'left-out';
    if (name === settings.target) return 'target';
    if (name === settings.weight) return 'weight';
    return features.has(name) ? 'feature' : 'stored';
  });
}

/** Features as the settings name them: null where they are those that a table has by itself. */
export function namedFeatures(
  columns: readonly ColumnSummary[],
  settings: Pick<ExperimentSettings, 'target' | 'weight' | 'drop'>,
  features: readonly string[],
): string[] | null {
  const dropped = new Set(settings.drop);
  const chosen = new Set(features);
  const free = columns.filter(
    ({ name, featureEligible }) =>
      featureEligible && name !== settings.target && name !== settings.weight && !dropped.has(name),
  );
  if (free.every(({ name, featureByDefault }) => chosen.has(name) === featureByDefault)) return null;
  return free.flatMap(({ name }) => (chosen.has(name) ? [name] : []));
}

/** The change of settings that gives these columns this role; a column that cannot have it stays as it is. */
export function withRole(
  columns: readonly ColumnSummary[],
  settings: ExperimentSettings,
  names: readonly string[],
  role: ColumnRole,
): Pick<ExperimentSettings, 'target' | 'weight' | 'features' | 'drop'> {
  const able = new Set(columns.filter((column) => canBe(column, role)).map(({ name }) => name));
  const moved = new Set(names.filter((name) => able.has(name)));
  const isLeftOut = role === 'left-out';
  const dropped = new Set(settings.drop);
  const drop = columns
    .map(({ name }) => name)
    .filter((name) => (moved.has(name) ? isLeftOut : dropped.has(name)));
  // An archive holds one column at least.
  if (drop.length === columns.length) drop.pop();
  let { target, weight } = settings;
  if (role === 'weight') weight = [...moved].at(-1) ?? weight;
  else if (weight !== null && moved.has(weight)) weight = null;
  if (role === 'target') target = [...moved].at(-1) ?? target;
  else if (target !== null && moved.has(target)) target = null;
  // What a table has by itself stays so: the former target is a feature like the others.
  if (settings.features === null && (role === 'target' || role === 'weight' || isLeftOut))
    return { target, weight, drop, features: null };
  const features = featuresInUse(columns, settings).filter((name) => !moved.has(name));
  if (role === 'feature') features.push(...moved);
  return { target, weight, drop, features: namedFeatures(columns, { target, weight, drop }, features) };
}

export function canBe(column: ColumnSummary, role: ColumnRole): boolean {
  if (role === 'target') return column.targetEligible;
  if (role === 'weight') return column.kind === 'number';
  return role !== 'feature' || column.featureEligible;
}
