/**
 * From a table's columns to design columns: a bias, numbers, one-hot categories, indicators of what is missing. The
 * same map serves training and test records, and condensed records that are in no table.
 */
import { LabError } from '../errors.ts';
import { isCategory, type Column, type NumberColumn, type Table } from '../table/table.ts';
import { present } from './targets.ts';
import { totalWeight } from './weights.ts';

/** Most design columns: the closed form keeps their square. */
const MAX_WIDTH = 2_000;

/** How a feature enters the design. */
export interface FeaturePlan {
  column: number;
  /** Present mean that stands for a missing number. */
  mean: number;
  /** Whether missing cells are filled and have an indicator. */
  filled: boolean;
}

/** Mean of the present values among `rows`. */
function presentMean(column: NumberColumn, rows: Uint32Array, weights?: Float64Array): number {
  let sum = 0;
  let count = 0;
  for (let k = 0; k < rows.length; k++) {
    if (!present(column, rows[k])) continue;
    const weight = weights === undefined ? 1 : weights[rows[k]];
    sum += weight * column.values[rows[k]];
    count += weight;
  }
  return count === 0 ? 0 : sum / count;
}

export class DesignMap {
  /** Name of each design column: "bias", "carat", "cut = Ideal", "depth missing". */
  readonly names: string[] = ['bias'];
  /** Index of the table's column that each design column is made of; −1 for the bias. */
  readonly sources: number[] = [-1];
  /** Subtracted and multiplied when standardising; the bias keeps 0 and 1. */
  readonly means: Float64Array;
  readonly scales: Float64Array;
  /** The features in the order of their design columns. */
  readonly features: readonly FeaturePlan[];

  /**
   * @param features indices of the feature columns
   * @param filled those of them whose missing cells are filled
   * @param trainRows rows whose mean fills them
   * @param weights of all rows of the table, where they have any
   * @throws COLUMN_UNKNOWN, CSV_TOO_WIDE
   */
  constructor(
    table: Table,
    features: readonly number[],
    filled: ReadonlySet<number>,
    trainRows: Uint32Array,
    weights?: Float64Array,
  ) {
    this.features = features.map((index) => {
      const column = table.columns[index];
      const isFilled = filled.has(index);
      if (column.kind === 'number') this.names.push(column.name);
      else if (isCategory(column)) {
        for (const entry of column.dictionary) this.names.push(`${column.name} = ${entry}`);
      } else {
        throw new LabError(
          'COLUMN_UNKNOWN',
          `Column ${column.name} is text with too many values to be a feature.`,
        );
      }
      if (isFilled) this.names.push(`${column.name} missing`);
      while (this.sources.length < this.names.length) this.sources.push(index);
      const mean = isFilled && column.kind === 'number' ? presentMean(column, trainRows, weights) : 0;
      return { column: index, mean, filled: isFilled };
    });
    if (this.names.length > MAX_WIDTH) {
      throw new LabError(
        'CSV_TOO_WIDE',
        `The features make ${this.names.length} design columns; the limit is ${MAX_WIDTH}.`,
      );
    }
    this.means = new Float64Array(this.names.length);
    this.scales = new Float64Array(this.names.length).fill(1);
  }

  get width(): number {
    return this.names.length;
  }

  /**
   * Design rows in the data's own units.
   *
   * @param columns columns of a table of the same schema as the one that the map was made for
   * @returns rows × width, row-major
   */
  raw(columns: readonly Column[], rows: Uint32Array): Float64Array {
    const { width } = this;
    const out = new Float64Array(rows.length * width);
    for (let k = 0; k < rows.length; k++) out[k * width] = 1;
    let at = 1;
    for (const { column: index, mean, filled } of this.features) {
      const column = columns[index];
      if (column.kind === 'number') {
        const { values } = column;
        for (let k = 0, to = at; k < rows.length; k++, to += width) {
          const row = rows[k];
          out[to] = filled && !present(column, row) ? mean : values[row];
        }
        at++;
      } else {
        const { codes, dictionary } = column;
        for (let k = 0, to = at; k < rows.length; k++, to += width) {
          if (present(column, rows[k])) out[to + codes[rows[k]]] = 1;
        }
        at += dictionary.length;
      }
      if (!filled) continue;
      for (let k = 0, to = at; k < rows.length; k++, to += width) out[to] = present(column, rows[k]) ? 0 : 1;
      at++;
    }
    return out;
  }

  /** Takes means and (population) standard deviations from the training rows, so that they standardise anything. */
  fit(x: Float64Array, rows: number, weights?: Float64Array): void {
    const { width, means, scales } = this;
    const total = totalWeight({ rows, weights });
    for (let j = 1; j < width; j++) {
      let sum = 0;
      let constant = true;
      for (let i = 0, at = j; i < rows; i++, at += width) {
        sum += weights === undefined ? x[at] : weights[i] * x[at];
        if (x[at] !== x[j]) constant = false;
      }
      const mean = sum / total;
      let squares = 0;
      for (let i = 0, at = j; i < rows; i++, at += width) {
        const d = x[at] - mean;
        squares += weights === undefined ? d * d : weights[i] * d * d;
      }
      const deviation = Math.sqrt(squares / total);
      means[j] = mean;
      // A constant column has nothing to scale; it becomes 0 throughout. Its deviation need not be 0: the mean of many
      // 0.1 is not 0.1. Numbers that overflow give no scale at all, and the scores say so.
      if (constant || deviation === 0) scales[j] = 0;
      else scales[j] = deviation < Infinity ? 1 / deviation : NaN;
    }
  }

  /** Standardises raw design rows in place. */
  standardise(x: Float64Array): Float64Array {
    const { width, means, scales } = this;
    for (let j = 1; j < width; j++) {
      const mean = means[j];
      const scale = scales[j];
      for (let at = j; at < x.length; at += width) x[at] = scale === 0 ? 0 : (x[at] - mean) * scale;
    }
    return x;
  }
}
