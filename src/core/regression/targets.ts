/** What a target column asks of a model: a number, or one of a few classes. */
import { LabError } from '../errors.ts';
import type { Column } from '../table/table.ts';

/** Most classes of a target. */
export const MAX_CLASSES = 20;

/** Linear regression, or logistic regression (softmax beyond two classes); "auto" goes by the target. */
export type ModelChoice = 'auto' | 'linear' | 'logistic';

export type TargetTask = 'regression' | 'classification';

/** Whether a cell is there and finite. */
export function present(column: Column, row: number): boolean {
  if (column.missing !== null && column.missing[row] === 1) return false;
  if (column.kind === 'text') return true;
  const v = column.values[row];
  return v - v === 0;
}

/** The classes of a target in the order of their values, with the class of every record. */
export interface ClassCoding {
  labels: string[];
  /** Class per row of the table; meaningless where the cell is missing. */
  classOf(row: number): number;
}

/** Classes of a numeric column, ascending, or null beyond `most` different values. */
function numberClasses(values: Float64Array, column: Column, most: number): number[] | null {
  const seen = new Set<number>();
  for (let i = 0; i < values.length; i++) {
    if (seen.has(values[i]) || !present(column, i)) continue;
    if (seen.size === most) return null;
    seen.add(values[i]);
  }
  return [...seen].sort((a, b) => a - b);
}

/**
 * The classes of a column: 2 to MAX_CLASSES different values, numbers ascending, words in code point order, so that of
 * 0 and 1, of −1 and +1, of "no" and "yes" the second is the positive one.
 *
 * @returns null when it has fewer or more
 */
export function classCoding(column: Column): ClassCoding | null {
  if (column.kind === 'text') {
    const k = column.dictionary.length;
    if (k < 2 || k > MAX_CLASSES) return null;
    const sorted = Array.from({ length: k }, (_, code) => code).sort((a, b) =>
      column.dictionary[a] < column.dictionary[b] ? -1 : 1,
    );
    const rank = new Uint8Array(k);
    sorted.forEach((code, place) => (rank[code] = place));
    return {
      labels: sorted.map((code) => column.dictionary[code]),
      classOf: (row) => rank[column.codes[row]],
    };
  }
  const { values } = column;
  const classes = numberClasses(values, column, MAX_CLASSES);
  if (classes === null || classes.length < 2) return null;
  // A Map knows no difference between 0 and −0, nor should a class.
  const place = new Map(classes.map((value, index) => [value, index]));
  return { labels: classes.map(String), classOf: (row) => place.get(values[row]) ?? 0 };
}

/** What "auto" makes of a target, or null where it can be none. */
export function targetTask(column: Column): TargetTask | null {
  if (column.kind === 'text') return classCoding(column) === null ? null : 'classification';
  const classes = numberClasses(column.values, column, 2);
  if (classes === null) return 'regression';
  return classes.length === 2 ? 'classification' : null;
}

/**
 * The task that a model choice makes of a target.
 *
 * @throws TARGET_NOT_NUMBER for text under a linear model, TARGET_NOT_CLASSES under a logistic one
 */
export function chooseTask(column: Column, model: ModelChoice): TargetTask {
  if (model === 'linear') {
    if (column.kind === 'text') {
      throw new LabError(
        'TARGET_NOT_NUMBER',
        `Column "${column.name}" is text; a linear model predicts a number.`,
      );
    }
    return 'regression';
  }
  const task = model === 'auto' ? targetTask(column) : classCoding(column) === null ? null : 'classification';
  if (task === null) {
    throw new LabError(
      'TARGET_NOT_CLASSES',
      `Column "${column.name}" has not between 2 and ${MAX_CLASSES} different values, so it names no classes.`,
    );
  }
  return task;
}
