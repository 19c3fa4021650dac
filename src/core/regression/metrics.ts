/** Errors of a linear model on a design matrix; a row counts as many times as its weight says. */
import type { DesignMatrix } from './design.ts';
import { totalWeight } from './weights.ts';

/** Mean squared error of θ. */
export function meanSquaredError(matrix: DesignMatrix, theta: Float64Array): number {
  const { rows, width, x, y, weights } = matrix;
  let sum = 0;
  for (let i = 0, at = 0; i < rows; i++) {
    let r = -y[i];
    for (let j = 0; j < width; j++) r += x[at++] * theta[j];
    sum += weights === undefined ? r * r : weights[i] * r * r;
  }
  return sum / totalWeight(matrix);
}

/** Mean of the targets. */
function meanTarget(matrix: DesignMatrix): number {
  const { rows, y, weights } = matrix;
  let sum = 0;
  for (let i = 0; i < rows; i++) sum += weights === undefined ? y[i] : weights[i] * y[i];
  return sum / totalWeight(matrix);
}

/** Mean squared distance of the targets from a number. */
function meanSquareFrom(matrix: DesignMatrix, number: number): number {
  const { rows, y, weights } = matrix;
  let sum = 0;
  for (let i = 0; i < rows; i++) sum += (weights === undefined ? 1 : weights[i]) * (y[i] - number) ** 2;
  return sum / totalWeight(matrix);
}

/** R² = 1 − MSE / variance of the targets; NaN when they do not vary. */
export function coefficientOfDetermination(mse: number, matrix: DesignMatrix): number {
  const variance = meanSquareFrom(matrix, meanTarget(matrix));
  return variance === 0 ? NaN : 1 - mse / variance;
}

/** Test MSE of always predicting the training mean: the floor that any model has to beat. */
export function floorError(train: DesignMatrix, test: DesignMatrix): number {
  return meanSquareFrom(test, meanTarget(train));
}
