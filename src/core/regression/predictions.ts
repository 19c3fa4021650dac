/** What a model says of each record of a design matrix. */
import { probabilities, trueClasses } from './classification.ts';
import type { DesignMatrix } from './design.ts';
import type { TargetTask } from './targets.ts';

/** The predicted target of every record, or the probabilities of all classes, rows × classes. */
export function predict(matrix: DesignMatrix, theta: Float64Array, task: TargetTask): Float64Array {
  if (task === 'classification') return probabilities(matrix, theta);
  const { rows, width, x } = matrix;
  const predicted = new Float64Array(rows);
  for (let i = 0, at = 0; i < rows; i++) {
    for (let j = 0; j < width; j++) predicted[i] += x[at++] * theta[j];
  }
  return predicted;
}

/** The target of every record, or its class. */
export function trueTargets(matrix: DesignMatrix, task: TargetTask): Float64Array {
  return task === 'classification' ? Float64Array.from(trueClasses(matrix)) : matrix.y.slice();
}

/** Some rows of a design matrix, by their numbers. */
export function pickRows(matrix: DesignMatrix, rows: Uint32Array): DesignMatrix {
  const { width, outputs, x, y, weights } = matrix;
  const picked = {
    ...{ rows: rows.length, width, outputs },
    ...{ x: new Float64Array(rows.length * width), y: new Float64Array(rows.length * outputs) },
    weights: weights && Float64Array.from(rows, (row) => weights[row]),
  };
  for (let k = 0; k < rows.length; k++) {
    picked.x.set(x.subarray(rows[k] * width, (rows[k] + 1) * width), k * width);
    picked.y.set(y.subarray(rows[k] * outputs, (rows[k] + 1) * outputs), k * outputs);
  }
  return picked;
}
