/** Training and testing of one method within an experiment. */
import type { WeightedSamples } from '../condense/clusters.ts';
import { LabError } from '../errors.ts';
import { SILENT_PULSE, type Pulse } from '../pulse.ts';
import { classFloor, classify, classReport } from '../regression/classification.ts';
import { solveClosedForm } from '../regression/closedForm.ts';
import type { Design } from '../regression/design.ts';
import { coefficientOfDetermination, floorError, meanSquaredError } from '../regression/metrics.ts';
import { isTooWide, solveNewton } from '../regression/newton.ts';
import { solveQuasiNewton } from '../regression/quasiNewton.ts';
import type { Metrics, ModelScore } from '../regression/scores.ts';
import type { ExperimentSettings, Method } from './settings.ts';
import type { Workbench } from './workbench.ts';

/**
 * What θ is worth on the records of both splits (never on the condensed samples).
 *
 * @throws MODEL_OVERFLOW when its errors are no finite numbers
 */
export function score(design: Design, theta: Float64Array): ModelScore {
  const made = design.labels === null ? regressionScore(design, theta) : classScore(design, theta);
  errorOf(made.test);
  return made;
}

/**
 * The error on the test records that ratios are of, without the rest of the score.
 *
 * @throws MODEL_OVERFLOW when it is no finite number
 */
export function testError({ labels, test }: Design, theta: Float64Array): number {
  return errorOf(
    labels === null ? { mse: meanSquaredError(test, theta) } : classify(test, theta, false).metrics,
  );
}

function errorOf({ mse, logLoss }: Metrics): number {
  const error = mse ?? logLoss ?? NaN;
  if (Number.isFinite(error)) return error;
  throw new LabError(
    'MODEL_OVERFLOW',
    'The numbers of the features or of the target are too large to calculate with.',
  );
}

function regressionScore({ train, test }: Design, theta: Float64Array): ModelScore {
  const mse = meanSquaredError(test, theta);
  const trainMse = meanSquaredError(train, theta);
  const floor = floorError(train, test);
  return {
    task: 'regression',
    test: { mse, r2: coefficientOfDetermination(mse, test) },
    train: { mse: trainMse, r2: coefficientOfDetermination(trainMse, train) },
    floor: { mse: floor, r2: coefficientOfDetermination(floor, test) },
    classes: null,
  };
}

function classScore(design: Design, theta: Float64Array): ModelScore {
  const test = classify(design.test, theta, true);
  return {
    task: 'classification',
    test: test.metrics,
    train: classify(design.train, theta, false).metrics,
    floor: classFloor(design.train, design.test),
    classes: classReport(design.labels ?? [], test),
  };
}

/** What a method trains on. */
export function samplesOf(
  bench: Workbench,
  settings: ExperimentSettings,
  method: Method,
): Promise<WeightedSamples> {
  return method === 'full' ? bench.full(settings) : bench.condensed(settings);
}

/** How an optimum is found: wide logistic models by L-BFGS. */
export type ExactSolver = 'closed-form' | 'newton' | 'quasi-newton';

type Solved = Pick<ExactRun, 'solver' | 'theta' | 'iterations' | 'converged' | 'gradientNorm' | 'ridge'>;

/** The optimum, untested. @throws MODEL_OVERFLOW */
export async function solve(design: Design, samples: WeightedSamples, pulse: Pulse): Promise<Solved> {
  if (design.task === 'regression') {
    const { theta, ridge } = await solveClosedForm(samples, pulse);
    return { solver: 'closed-form', theta, iterations: 1, converged: true, gradientNorm: null, ridge };
  }
  if (isTooWide(samples)) {
    const { steps, ...fit } = await solveQuasiNewton(samples, pulse);
    return { solver: 'quasi-newton', iterations: steps, ridge: 0, ...fit };
  }
  const { steps, ...fit } = await solveNewton(samples, pulse);
  return { solver: 'newton', iterations: steps, gradientNorm: null, ...fit };
}

export interface ExactRun {
  score: ModelScore;
  solver: ExactSolver;
  iterations: number;
  /** Whether the optimum was reached; if not, this is the best that was. */
  converged: boolean;
  /** Norm of the mean loss's gradient where it ended, of the quasi-Newton method. */
  gradientNorm: number | null;
  theta: Float64Array;
  samples: number;
  width: number;
  ridge: number;
  /** Seconds of the solve alone. */
  seconds: number;
}

/**
 * Solves for the optimum, in closed form or by Newton's or the quasi-Newton method, and tests.
 *
 * @throws MODEL_OVERFLOW
 */
export async function runExact(
  design: Design,
  samples: WeightedSamples,
  pulse: Pulse = SILENT_PULSE,
): Promise<ExactRun> {
  const started = performance.now();
  const solved = await solve(design, samples, pulse);
  const seconds = (performance.now() - started) / 1000;
  return {
    ...solved,
    score: score(design, solved.theta),
    samples: samples.rows,
    width: samples.width,
    seconds,
  };
}
