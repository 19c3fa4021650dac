/** Errors of a linear model on a design matrix. */
import type { DesignMatrix } from './design.ts';

/** Mean squared error of θ. */
export function meanSquaredError({ rows, width, x, y }: DesignMatrix, theta: Float64Array): number {
  let sum = 0;
  for (let i = 0, at = 0; i < rows; i++) {
    let r = -y[i];
    for (let j = 0; j < width; j++) r += x[at++] * theta[j];
    sum += r * r;
  }
  return sum / rows;
}

/** R² = 1 − MSE / variance of the targets; NaN when they do not vary. */
export function coefficientOfDetermination(mse: number, y: Float64Array): number {
  let mean = 0;
  for (let i = 0; i < y.length; i++) mean += y[i];
  mean /= y.length;
  let variance = 0;
  for (let i = 0; i < y.length; i++) variance += (y[i] - mean) ** 2;
  variance /= y.length;
  return variance === 0 ? NaN : 1 - mse / variance;
}

/** Test MSE of always predicting the training mean: the floor that any model has to beat. */
export function floorError(train: DesignMatrix, test: DesignMatrix): number {
  let mean = 0;
  for (let i = 0; i < train.rows; i++) mean += train.y[i];
  mean /= train.rows;
  let sum = 0;
  for (let i = 0; i < test.rows; i++) sum += (test.y[i] - mean) ** 2;
  return sum / test.rows;
}
