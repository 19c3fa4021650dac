/** Which columns may be features and target, and which are features unless someone says otherwise. */
import { LabError } from '../errors.ts';
import type { Variables } from '../regression/design.ts';
import { chooseTask, MAX_CLASSES, targetTask } from '../regression/targets.ts';
import { isCategory, MAX_CATEGORIES, type Column, type Table } from '../table/table.ts';
import { isRowNumber } from './identifiers.ts';
import type { ExperimentSettings } from './settings.ts';

export interface Eligibility {
  feature: boolean;
  target: boolean;
  /** Why it is not offered as one or both, or null. */
  reason: string | null;
}

function isConstant(column: Column): boolean {
  if (column.kind === 'text') return column.dictionary.length < 2;
  const { values, missing } = column;
  let first: number | null = null;
  for (let i = 0; i < values.length; i++) {
    if (missing !== null && missing[i] === 1) continue;
    if (first === null) first = values[i];
    else if (!Object.is(values[i], first)) return false;
  }
  return true;
}

/** What a column can be used for. */
export function eligibility(column: Column): Eligibility {
  if (isConstant(column)) {
    return {
      feature: false,
      target: false,
      reason: 'It has one value throughout, so there is nothing to learn.',
    };
  }
  if (column.kind === 'number') return { feature: true, target: true, reason: null };
  const target = targetTask(column) !== null;
  if (isCategory(column)) {
    return {
      feature: true,
      target,
      reason: target ? null : `As a target it would have more than ${MAX_CLASSES} classes.`,
    };
  }
  return {
    feature: false,
    target: false,
    reason: `Text with ${column.dictionary.length} different values is kept losslessly; only up to ${MAX_CATEGORIES} enter a model.`,
  };
}

/**
 * Column indices of target and features.
 *
 * @returns null when there is no target: the experiment compresses only
 * @throws TARGET_UNKNOWN, TARGET_CONSTANT, TARGET_NOT_CLASSES, TARGET_NOT_NUMBER, COLUMN_UNKNOWN, FEATURES_NONE
 */
export function resolveVariables(table: Table, settings: ExperimentSettings): Variables | null {
  if (settings.target === null) return null;
  const indexOf = (name: string): number => table.columns.findIndex((column) => column.name === name);
  const target = indexOf(settings.target);
  if (target < 0)
    throw new LabError('TARGET_UNKNOWN', `The table has no column "${settings.target}" to be the target.`);
  const targetColumn = table.columns[target];
  if (isConstant(targetColumn)) {
    throw new LabError('TARGET_CONSTANT', `Target "${targetColumn.name}" has one value throughout.`);
  }
  const task = chooseTask(targetColumn, settings.model);
  const weight = settings.weight === null ? undefined : indexOf(settings.weight);
  if (weight !== undefined && weight < 0)
    throw new LabError('COLUMN_UNKNOWN', `The table has no column "${settings.weight}" to hold weights.`);
  if (weight === target)
    throw new LabError('TARGET_UNKNOWN', `Column "${targetColumn.name}" holds the weights: it is no target.`);
  let features: number[];
  if (settings.features === null) {
    features = table.columns.flatMap((column, index) =>
      index !== target && index !== weight && eligibility(column).feature && !isRowNumber(column)
        ? [index]
        : [],
    );
  } else {
    const chosen = new Set<number>();
    for (const name of settings.features) {
      const index = indexOf(name);
      if (index < 0)
        throw new LabError('COLUMN_UNKNOWN', `The table has no column "${name}" to be a feature.`);
      if (!eligibility(table.columns[index]).feature) {
        throw new LabError(
          'COLUMN_UNKNOWN',
          `Column "${name}" cannot be a feature: ${eligibility(table.columns[index]).reason}`,
        );
      }
      if (index !== target && index !== weight) chosen.add(index);
    }
    features = [...chosen].sort((a, b) => a - b);
  }
  if (features.length === 0)
    throw new LabError('FEATURES_NONE', 'There is no feature column besides the target.');
  return { features, target, task, weight };
}

/** What is wrong with the table rather than with the settings. */
const NOTHING_TO_LEARN = new Set([
  'FEATURES_NONE',
  'TARGET_CONSTANT',
  'TARGET_NOT_CLASSES',
  'TARGET_NOT_NUMBER',
]);

/**
 * The same, or null where the table offers nothing to learn.
 *
 * @throws TARGET_UNKNOWN, COLUMN_UNKNOWN for names that the table does not have
 */
export function usableVariables(table: Table, settings: ExperimentSettings): Variables | null {
  try {
    return resolveVariables(table, settings);
  } catch (thrown) {
    if (thrown instanceof LabError && NOTHING_TO_LEARN.has(thrown.code)) return null;
    throw thrown;
  }
}
