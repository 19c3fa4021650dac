/**
 * Cross products of all design columns and targets: with them the least squares of any few columns are a small system,
 * and its error needs no further pass over the records.
 */
import type { Pulse } from '../pulse.ts';
import type { DesignMatrix } from '../regression/design.ts';

export interface Moments {
  rows: number;
  /** Design columns and targets. */
  size: number;
  /** size × size, row-major: sums of products. */
  cross: Float64Array;
}

/** Mean of each target and what it is divided by, so that no target's unit decides the precision. */
export function targetScale({ rows, outputs, y }: DesignMatrix): {
  means: Float64Array;
  deviations: Float64Array;
} {
  const means = new Float64Array(outputs);
  const deviations = new Float64Array(outputs);
  for (let at = 0; at < rows * outputs; at++) means[at % outputs] += y[at] / rows;
  for (let at = 0; at < rows * outputs; at++) {
    deviations[at % outputs] += (y[at] - means[at % outputs]) ** 2 / rows;
  }
  return { means, deviations: deviations.map((variance) => (variance > 0 ? Math.sqrt(variance) : 1)) };
}

/** @param picks places in `rows` of the records to take */
export async function moments(
  { width, outputs, x, y }: DesignMatrix,
  picks: Uint32Array,
  rows: Uint32Array,
  { means, deviations }: ReturnType<typeof targetScale>,
  pulse: Pulse,
): Promise<Moments> {
  const size = width + outputs;
  const cross = new Float64Array(size * size);
  const cells = new Float64Array(size);
  for (let k = 0; k < picks.length; k++) {
    const row = rows[picks[k]];
    for (let j = 0; j < width; j++) cells[j] = x[row * width + j];
    for (let o = 0; o < outputs; o++) cells[width + o] = (y[row * outputs + o] - means[o]) / deviations[o];
    for (let j = 0; j < size; j++) {
      const value = cells[j];
      if (value === 0) continue;
      for (let i = 0, to = j * size; i <= j; i++) cross[to + i] += value * cells[i];
    }
    if (pulse.due()) {
      await pulse.beat({ phase: 'Looking for leaks', done: k, total: picks.length, unit: 'records' });
    }
  }
  for (let j = 0; j < size; j++) for (let i = 0; i < j; i++) cross[i * size + j] = cross[j * size + i];
  return { rows: picks.length, size, cross };
}

/** Σ (y − xθ)² = yᵀy − 2 θᵀXᵀy + θᵀXᵀXθ. */
export function squaredError(
  { size, cross }: Moments,
  columns: readonly number[],
  theta: Float64Array,
  output: number,
): number {
  let sum = cross[output * size + output];
  for (let j = 0; j < columns.length; j++) {
    const row = columns[j] * size;
    let product = -2 * cross[row + output];
    for (let i = 0; i < columns.length; i++) product += cross[row + columns[i]] * theta[i];
    sum += theta[j] * product;
  }
  return Math.max(0, sum);
}

/** Σ (y − ȳ)²; the bias, column 0, has the sum of the targets. */
export function squaresAboutMean({ rows, size, cross }: Moments, output: number): number {
  return cross[output * size + output] - cross[output] ** 2 / rows;
}
