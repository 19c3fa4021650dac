/** Weights of records: how many records each row of a table stands for. */
import { LabError } from '../errors.ts';
import type { Table } from '../table/table.ts';
import { present } from './targets.ts';

/** Rows, with a weight each where they have any. */
export interface Weighted {
  rows: number;
  /** How many records each row stands for; where there are none, each is one. */
  weights?: Float64Array;
}

/** How many records the rows stand for: as many as they are, or the sum of their weights. */
export function totalWeight({ rows, weights }: Weighted): number {
  return weights === undefined ? rows : sumOf(weights);
}

export function sumOf(weights: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < weights.length; i++) sum += weights[i];
  return sum;
}

/**
 * Weights of all records of a table.
 *
 * @param weight index of the column that holds them
 * @returns undefined without such a column
 * @throws WEIGHTS_INVALID for one that is missing, negative, infinite or no number, and where their sum is none
 */
export function weightsOf(table: Table, weight: number | undefined): Float64Array | undefined {
  if (weight === undefined) return undefined;
  const column = table.columns[weight];
  if (column.kind !== 'number')
    throw new LabError('WEIGHTS_INVALID', `Column "${column.name}" is text and holds no weights.`);
  for (let row = 0; row < table.rows; row++) {
    if (present(column, row) && column.values[row] >= 0) continue;
    const cell = column.missing?.[row] === 1 ? 'missing' : String(column.values[row]);
    throw new LabError(
      'WEIGHTS_INVALID',
      `The weight of record ${row + 1}, column "${column.name}", is ${cell}.`,
    );
  }
  if (!Number.isFinite(sumOf(column.values)))
    throw new LabError('WEIGHTS_INVALID', `The weights of column "${column.name}" are too large to add up.`);
  return column.values;
}

/** @throws WEIGHTS_INVALID where all of some records weigh 0 */
export function checkWeighs(weights: Float64Array | undefined, rows: Uint32Array, which: string): void {
  if (weights === undefined || rows.length === 0 || rows.some((row) => weights[row] > 0)) return;
  throw new LabError('WEIGHTS_INVALID', `All weights of the ${which} records are 0.`);
}
