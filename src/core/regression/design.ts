/**
 * From a table to what a model sees: a bias, standardised numeric features, one-hot categories, and the target.
 * Standardisation is by the training records' mean and standard deviation, before anything is condensed, so that full
 * and condensed training see the same coordinates.
 */
import { LabError } from '../errors.ts';
import type { Split } from '../random.ts';
import type { Column, Table } from '../table/table.ts';
import { DesignMap } from './designMap.ts';
import { classCoding, present, type ClassCoding, type TargetTask } from './targets.ts';
import { checkWeighs, weightsOf, type Weighted } from './weights.ts';

/** What training does with a record that has a missing cell in a used column. */
export type MissingPolicy = 'leave-out' | 'fill';

export interface DesignMatrix extends Weighted {
  width: number;
  /** rows × width, row-major; column 0 is the bias. */
  x: Float64Array;
  /** Columns of y: 1, or for more than two classes one each. */
  outputs: number;
  /** rows × outputs: the number, 1 for the positive one of two classes, or one-hot classes. */
  y: Float64Array;
}

export interface Design {
  task: TargetTask;
  train: DesignMatrix;
  test: DesignMatrix;
  map: DesignMap;
  /** Name of each output: the target, "y = yes" for two classes, "kind = a", "kind = b"… for more. */
  outputNames: string[];
  /** Names of the classes, the second of two being the positive one; null for a regression. */
  labels: string[] | null;
  /** Targets of records of a table of the same schema, rows × outputs. */
  targets(columns: readonly Column[], rows: Uint32Array): Float64Array;
  /** Records of the training split that take part, as positions in split.train. */
  used: Uint32Array;
  /** Records of the test split that judge, as positions in split.test. */
  tested: Uint32Array;
  /** Records left out, or filled, because of missing or non-finite cells: training and test. */
  incomplete: { train: number; test: number };
}

/** Indices of the feature columns and of the target, and what it asks for. */
export interface Variables {
  features: number[];
  target: number;
  task: TargetTask;
  /** Column of weights, if there is one. */
  weight?: number;
}

function outputCount(coding: ClassCoding | null): number {
  return coding === null || coding.labels.length === 2 ? 1 : coding.labels.length;
}

/** Writes the targets of `rows` of a column; a class column by its own dictionary or values. */
function targetsOf(column: Column, coding: ClassCoding | null, rows: Uint32Array): Float64Array {
  const outputs = outputCount(coding);
  const y = new Float64Array(rows.length * outputs);
  for (let k = 0; k < rows.length; k++) {
    if (coding === null) y[k] = column.kind === 'number' ? column.values[rows[k]] : 0;
    else if (outputs === 1) y[k] = coding.classOf(rows[k]);
    else y[k * outputs + coding.classOf(rows[k])] = 1;
  }
  return y;
}

/** Class of a value that may be none of the training classes: the nearest number, else the first class. */
function foreignCoding(labels: readonly string[], column: Column): ClassCoding {
  if (column.kind === 'text') {
    const place = column.dictionary.map((entry) => Math.max(0, labels.indexOf(entry)));
    return { labels: [...labels], classOf: (row) => place[column.codes[row]] };
  }
  const values = labels.map(Number);
  return {
    labels: [...labels],
    classOf: (row) => {
      let best = 0;
      for (let k = 1; k < values.length; k++) {
        if (Math.abs(values[k] - column.values[row]) < Math.abs(values[best] - column.values[row])) best = k;
      }
      return best;
    },
  };
}

/**
 * Builds the design matrices of both splits.
 *
 * @throws TARGET_CONSTANT, TARGET_NOT_NUMBER, TARGET_NOT_CLASSES, FEATURES_NONE, ROWS_TOO_FEW, COLUMN_UNKNOWN, CSV_TOO_WIDE,
 * WEIGHTS_INVALID
 */
export function buildDesign(
  table: Table,
  { features, target, task, weight }: Variables,
  split: Split,
  missing: MissingPolicy,
): Design {
  const targetColumn = table.columns[target];
  const coding = task === 'classification' ? classCoding(targetColumn) : null;
  if (task === 'classification' && coding === null) {
    throw new LabError('TARGET_NOT_CLASSES', `Column ${targetColumn.name} names no classes.`);
  }
  if (task === 'regression' && targetColumn.kind === 'text') {
    throw new LabError(
      'TARGET_NOT_NUMBER',
      `Column ${targetColumn.name} is text; a linear model predicts a number.`,
    );
  }
  if (features.length === 0) throw new LabError('FEATURES_NONE', 'There is no feature column to learn from.');
  const fill = missing === 'fill';
  const gappy = features.filter((index) => {
    const column = table.columns[index];
    return (
      !split.train.every((row) => present(column, row)) || !split.test.every((row) => present(column, row))
    );
  });

  const weights = weightsOf(table, weight);
  // A record without target teaches nothing under either policy, nor does one that stands for no record.
  const keep = (rows: Uint32Array): { used: Uint32Array; incomplete: number } => {
    const used: number[] = [];
    let incomplete = 0;
    for (let k = 0; k < rows.length; k++) {
      const row = rows[k];
      const hasTarget = present(targetColumn, row);
      const complete = hasTarget && gappy.every((index) => present(table.columns[index], row));
      if (!complete) incomplete++;
      if ((complete || (fill && hasTarget)) && (weights === undefined || weights[row] > 0)) used.push(k);
    }
    return { used: Uint32Array.from(used), incomplete };
  };
  const train = keep(split.train);
  const test = keep(split.test);
  checkWeighs(weights, split.train, 'training');
  checkWeighs(weights, split.test, 'test');
  if (train.used.length < 2 || test.used.length < 1) {
    throw new LabError(
      'ROWS_TOO_FEW',
      `Only ${train.used.length} training and ${test.used.length} test records have all cells that the model needs.`,
    );
  }

  const map = new DesignMap(table, features, new Set(fill ? gappy : []), split.train, weights);
  const outputs = outputCount(coding);
  const matrix = (rows: Uint32Array, used: Uint32Array): DesignMatrix => {
    const originals = used.map((k) => rows[k]);
    return {
      rows: used.length,
      width: map.width,
      x: map.raw(table.columns, originals),
      outputs,
      y: targetsOf(targetColumn, coding, originals),
      weights: weights && Float64Array.from(originals, (row) => weights[row]),
    };
  };
  const design: Design = {
    task,
    train: matrix(split.train, train.used),
    test: matrix(split.test, test.used),
    map,
    outputNames: outputNames(targetColumn.name, coding),
    labels: coding?.labels ?? null,
    targets: (columns, rows) =>
      targetsOf(
        columns[target],
        coding === null ? null : foreignCoding(coding.labels, columns[target]),
        rows,
      ),
    used: train.used,
    tested: test.used,
    incomplete: { train: train.incomplete, test: test.incomplete },
  };
  checkVaries(design.train, targetColumn.name);
  map.fit(design.train.x, design.train.rows, design.train.weights);
  map.standardise(design.train.x);
  map.standardise(design.test.x);
  return design;
}

function outputNames(target: string, coding: ClassCoding | null): string[] {
  if (coding === null) return [target];
  const { labels } = coding;
  return (labels.length === 2 ? labels.slice(1) : labels).map((label) => `${target} = ${label}`);
}

/** @throws TARGET_CONSTANT when every training record has the same target */
function checkVaries({ y, outputs, rows }: DesignMatrix, name: string): void {
  for (let at = 0; at < rows * outputs; at++) if (y[at] !== y[at % outputs]) return;
  throw new LabError('TARGET_CONSTANT', `Target ${name} has the same value in every training record.`);
}
