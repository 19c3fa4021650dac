/** Training results for tests: a regression or a classification of two classes with given numbers. */
import type { ClosedFormResult, DescentState, Method, ModelScore } from '../../../contracts/codec.ts';

export function errorScore(mse: number): ModelScore {
  return {
    ...{ task: 'regression', test: { mse, r2: 0.6 }, train: { mse: 0.5, r2: 0.6 } },
    ...{ floor: { mse: 1.3, r2: 0 }, classes: null },
  };
}

/**
 * The score of a model on a test split.
 *
 * @param confusion [no taken for no, no for yes, yes for no, yes for yes]
 */
export function classScore(confusion: readonly [number, number, number, number]): ModelScore {
  const [nn, ny, yn, yy] = confusion;
  const total = nn + ny + yn + yy;
  const test = {
    accuracy: (nn + yy) / total,
    balancedAccuracy: (nn / (nn + ny) + yy / (yn + yy)) / 2,
    logLoss: 0.3,
    rocArea: 0.9,
  };
  const larger = Math.max(nn + ny, yn + yy) / total;
  return {
    ...{ task: 'classification', test, train: test },
    floor: { accuracy: larger, balancedAccuracy: 0.5, logLoss: 0.69 },
    classes: {
      labels: ['no', 'yes'],
      confusion: Uint32Array.from(confusion),
      roc: { falsePositiveRate: Float64Array.of(0, 0.1, 1), truePositiveRate: Float64Array.of(0, 0.8, 1) },
    },
  };
}

function rowsOf(method: Method): number {
  return method === 'full' ? 16_512 : 82;
}

export function exact(method: Method, score: ModelScore, seconds: number): ClosedFormResult {
  const isLinear = score.task === 'regression';
  return {
    ...{ method, score, seconds, samples: rowsOf(method), leftOut: 0, filled: 0, width: 9, ridge: 0 },
    weights: { least: 1, most: 900 },
    ...{ converged: true, gradientNorm: null },
    ...{ solver: isLinear ? 'closed-form' : 'newton', iterations: isLinear ? 1 : 6 },
  };
}

export function descent(
  method: Method,
  score: ModelScore,
  stop: DescentState['stop'] = 'limit',
): DescentState {
  const samples = rowsOf(method);
  return {
    ...{
      method,
      score,
      samples,
      stop,
      width: 9,
      iteration: 10_000,
      learningRate: 0.001,
      theta: new Float64Array(9),
    },
    ...{ lossAt: [0, 5_000, 10_000], losses: [5, 0.6, 0.5], windowLoss: 0.5, windowIteration: 9_900 },
    ...{ touched: 10_000 * samples, seconds: method === 'full' ? 8 : 0.05 },
  };
}
