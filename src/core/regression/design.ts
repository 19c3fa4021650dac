/**
 * From a table to what a linear model sees: a bias, standardised numeric features, one-hot categories, and the target.
 * Standardisation is by the training records' mean and standard deviation, before anything is condensed, so that full
 * and condensed training see the same coordinates.
 */
import { LabError } from '../errors.ts';
import type { MissingPolicy } from '../experiment/settings.ts';
import type { Split } from '../random.ts';
import { isCategory, type Column, type NumberColumn, type Table, type TextColumn } from '../table/table.ts';

export interface DesignMatrix {
  rows: number;
  width: number;
  /** rows × width, row-major; column 0 is the bias. */
  x: Float64Array;
  y: Float64Array;
}

export interface Design {
  train: DesignMatrix;
  test: DesignMatrix;
  /** Name of each design column: "bias", "carat", "cut = Ideal", "depth missing". */
  names: string[];
  /** Records of the training split that take part, as positions in split.train. */
  used: Uint32Array;
  /** Records left out, or filled, because of missing or non-finite cells: training and test. */
  incomplete: { train: number; test: number };
}

/** One design column, written for a list of records into every width-th place from `at`. */
type Term = { name: string; write(rows: Uint32Array, out: Float64Array, at: number, width: number): void };

/** Most design columns: the closed form keeps their square. */
const MAX_WIDTH = 2_000;

/** Indices of the feature columns and of the target. */
export interface Variables {
  features: number[];
  target: number;
}

/** Whether a cell is there and finite. */
function present(column: Column, row: number): boolean {
  if (column.missing !== null && column.missing[row] === 1) return false;
  if (column.kind === 'text') return true;
  const v = column.values[row];
  return v - v === 0;
}

function numericTerms(column: NumberColumn, filled: number | null): Term[] {
  const value: Term = {
    name: column.name,
    write: (rows, out, at, width) => {
      for (let k = 0, to = at; k < rows.length; k++, to += width) {
        const row = rows[k];
        out[to] = filled === null || present(column, row) ? column.values[row] : filled;
      }
    },
  };
  if (filled === null) return [value];
  return [value, missingTerm(column)];
}

function missingTerm(column: Column): Term {
  return {
    name: `${column.name} missing`,
    write: (rows, out, at, width) => {
      for (let k = 0, to = at; k < rows.length; k++, to += width) out[to] = present(column, rows[k]) ? 0 : 1;
    },
  };
}

function categoryTerms(column: TextColumn, fill: boolean): Term[] {
  const terms = column.dictionary.map((entry, code): Term => ({
    name: `${column.name} = ${entry}`,
    write: (rows, out, at, width) => {
      for (let k = 0, to = at; k < rows.length; k++, to += width) {
        const row = rows[k];
        out[to] = column.codes[row] === code && present(column, row) ? 1 : 0;
      }
    },
  }));
  return fill ? [...terms, missingTerm(column)] : terms;
}

/** Mean of the present values among `rows`. */
function presentMean(column: NumberColumn, rows: Uint32Array): number {
  let sum = 0;
  let count = 0;
  for (let k = 0; k < rows.length; k++) {
    if (!present(column, rows[k])) continue;
    sum += column.values[rows[k]];
    count++;
  }
  return count === 0 ? 0 : sum / count;
}

/** Subtracts the mean and divides by the (population) standard deviation of the training rows, column by column. */
function standardise(train: DesignMatrix, test: DesignMatrix): void {
  const { width } = train;
  for (let j = 1; j < width; j++) {
    let sum = 0;
    let constant = true;
    for (let i = 0, at = j; i < train.rows; i++, at += width) {
      sum += train.x[at];
      if (train.x[at] !== train.x[j]) constant = false;
    }
    const mean = sum / train.rows;
    let squares = 0;
    for (let i = 0, at = j; i < train.rows; i++, at += width) {
      const d = train.x[at] - mean;
      squares += d * d;
    }
    const deviation = Math.sqrt(squares / train.rows);
    // A constant column has nothing to scale; it becomes 0 throughout. Its deviation need not be 0: the mean of many
    // 0.1 is not 0.1.
    if (constant || deviation === 0) {
      for (const { rows, x } of [train, test]) for (let i = 0, at = j; i < rows; i++, at += width) x[at] = 0;
      continue;
    }
    const scale = 1 / deviation;
    for (const { rows, x } of [train, test]) {
      for (let i = 0, at = j; i < rows; i++, at += width) x[at] = (x[at] - mean) * scale;
    }
  }
}

/**
 * Builds the design matrices of both splits.
 *
 * @throws TARGET_CONSTANT, FEATURES_NONE, ROWS_TOO_FEW, CSV_TOO_WIDE
 */
export function buildDesign(
  table: Table,
  { features, target }: Variables,
  split: Split,
  missing: MissingPolicy,
): Design {
  const targetColumn = table.columns[target];
  if (targetColumn.kind !== 'number') {
    throw new LabError(
      'TARGET_UNKNOWN',
      `Column ${targetColumn.name} is text; a linear model predicts a number.`,
    );
  }
  if (features.length === 0) throw new LabError('FEATURES_NONE', 'There is no feature column to learn from.');
  const fill = missing === 'fill';
  const columns = features.map((index) => table.columns[index]);
  const gappy = columns.filter(
    (column) =>
      !split.train.every((row) => present(column, row)) || !split.test.every((row) => present(column, row)),
  );

  // A record without target teaches nothing under either policy.
  const keep = (rows: Uint32Array): { used: Uint32Array; incomplete: number } => {
    const used: number[] = [];
    let incomplete = 0;
    for (let k = 0; k < rows.length; k++) {
      const row = rows[k];
      const hasTarget = present(targetColumn, row);
      const complete = hasTarget && gappy.every((column) => present(column, row));
      if (!complete) incomplete++;
      if (complete || (fill && hasTarget)) used.push(k);
    }
    return { used: Uint32Array.from(used), incomplete };
  };
  const train = keep(split.train);
  const test = keep(split.test);
  if (train.used.length < 2 || test.used.length < 1) {
    throw new LabError(
      'ROWS_TOO_FEW',
      `Only ${train.used.length} training and ${test.used.length} test records have all cells that the model needs.`,
    );
  }

  const terms: Term[] = [
    {
      name: 'bias',
      write: (rows, out, at, width) => {
        for (let k = 0, to = at; k < rows.length; k++, to += width) out[to] = 1;
      },
    },
  ];
  for (const column of columns) {
    const filled = fill && gappy.includes(column);
    if (column.kind === 'number')
      terms.push(...numericTerms(column, filled ? presentMean(column, split.train) : null));
    else if (isCategory(column)) terms.push(...categoryTerms(column, filled));
    else
      throw new LabError(
        'COLUMN_UNKNOWN',
        `Column ${column.name} is text with too many values to be a feature.`,
      );
  }
  if (terms.length > MAX_WIDTH) {
    throw new LabError(
      'CSV_TOO_WIDE',
      `The features make ${terms.length} design columns; the limit is ${MAX_WIDTH}.`,
    );
  }

  const matrix = (rows: Uint32Array, used: Uint32Array): DesignMatrix => {
    const originals = used.map((k) => rows[k]);
    const width = terms.length;
    const x = new Float64Array(used.length * width);
    terms.forEach((term, j) => term.write(originals, x, j, width));
    const y = Float64Array.from(originals, (row) => targetColumn.values[row]);
    return { rows: used.length, width, x, y };
  };
  const design = {
    train: matrix(split.train, train.used),
    test: matrix(split.test, test.used),
    names: terms.map((term) => term.name),
    used: train.used,
    incomplete: { train: train.incomplete, test: test.incomplete },
  };
  const { y } = design.train;
  if (y.every((value) => value === y[0])) {
    throw new LabError(
      'TARGET_CONSTANT',
      `Target ${targetColumn.name} has the value ${y[0]} in every training record.`,
    );
  }
  standardise(design.train, design.test);
  return design;
}
