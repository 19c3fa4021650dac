/**
 * Batch gradient descent on weighted samples (paper Eq. 5): θ ← θ − (α/n) Σ w_j (x_jᵀθ − y_j) x_j, n = Σ w_j, for
 * least squares; the same loop with σ(x_jᵀθ) in place of x_jᵀθ for logistic regression.
 * Every iteration passes over all samples; a Gram-matrix shortcut would give the same iterates and a false timing. Only
 * descents that nobody times take it (quadratic.ts).
 */
import type { WeightedSamples } from '../condense/clusters.ts';
import { LabError } from '../errors.ts';
import { crossEntropyPass } from './logistic.ts';
import type { TargetTask } from './targets.ts';

/** Iterations between the two losses that the stop rule compares. */
export const STOP_WINDOW = 100;
/** Relative change of the loss over the window below which the descent has converged. */
const STOP_CHANGE = 1e-5;

export interface DescentProgress {
  theta: Float64Array;
  iteration: number;
  /** Loss at θ before the last iteration: ½ Σ w r² / n, or the mean cross-entropy; NaN before the first. */
  loss: number;
  /** The stop rule's window: the loss at `windowIteration`. */
  windowLoss: number;
  windowIteration: number;
  stop: 'running' | 'converged' | 'limit';
}

/** The common start: θ = 0, width coefficients per output. */
export function startDescent({ width, outputs }: { width: number; outputs: number }): DescentProgress {
  return {
    theta: new Float64Array(width * outputs),
    iteration: 0,
    loss: NaN,
    windowLoss: Infinity,
    windowIteration: 0,
    stop: 'running',
  };
}

/** Gradient of the summed loss at θ into `gradient`, the summed loss as result. */
type Pass = (samples: WeightedSamples, theta: Float64Array, gradient: Float64Array) => number;

/**
 * Weighted gradient Σ w_j r_j x_j into `gradient` and ½ Σ w_j r_j² as result. Four rows at a time, so that θ and the
 * gradient are loaded once for four rows.
 */
function squaredPass(samples: WeightedSamples, theta: Float64Array, gradient: Float64Array): number {
  const { rows, width, x, y, weights } = samples;
  gradient.fill(0);
  let loss = 0;
  let i = 0;
  let a = 0;
  for (; i + 3 < rows; i += 4, a += 4 * width) {
    const b = a + width;
    const c = b + width;
    const d = c + width;
    let ra = 0;
    let rb = 0;
    let rc = 0;
    let rd = 0;
    for (let j = 0; j < width; j++) {
      const t = theta[j];
      ra += x[a + j] * t;
      rb += x[b + j] * t;
      rc += x[c + j] * t;
      rd += x[d + j] * t;
    }
    ra -= y[i];
    rb -= y[i + 1];
    rc -= y[i + 2];
    rd -= y[i + 3];
    const wa = weights[i] * ra;
    const wb = weights[i + 1] * rb;
    const wc = weights[i + 2] * rc;
    const wd = weights[i + 3] * rd;
    loss += wa * ra + wb * rb + wc * rc + wd * rd;
    for (let j = 0; j < width; j++) {
      gradient[j] += wa * x[a + j] + wb * x[b + j] + wc * x[c + j] + wd * x[d + j];
    }
  }
  for (; i < rows; i++, a += width) {
    let r = -y[i];
    for (let j = 0; j < width; j++) r += x[a + j] * theta[j];
    const w = weights[i] * r;
    loss += w * r;
    for (let j = 0; j < width; j++) gradient[j] += w * x[a + j];
  }
  return loss / 2;
}

const PASSES: Record<TargetTask, Pass> = { regression: squaredPass, classification: crossEntropyPass };

/** What a descent minimises. */
export interface Objective {
  /** Sum of the weights, n: what is minimised is the summed loss ÷ n. */
  weight: number;
  /** Gradient of the summed loss at θ into `gradient`, the summed loss as result. */
  pass: (theta: Float64Array, gradient: Float64Array) => number;
}

/** The loss on samples, which every pass reads all of. */
export function objectiveOf(task: TargetTask, samples: WeightedSamples): Objective {
  const { weights, rows } = samples;
  const pass = PASSES[task];
  let weight = 0;
  for (let i = 0; i < rows; i++) weight += weights[i];
  return { weight, pass: (theta, gradient) => pass(samples, theta, gradient) };
}

/**
 * Goes on for up to `budget` iterations, changing `progress` in place.
 *
 * @param learningRate step size α
 * @param limit iterations in all after which the descent stops
 * @throws MODEL_DIVERGED when the loss is no finite number
 */
export function descend(
  task: TargetTask,
  samples: WeightedSamples,
  progress: DescentProgress,
  learningRate: number,
  limit: number,
  budget: number,
): void {
  descendOn(objectiveOf(task, samples), progress, learningRate, limit, budget);
}

/** The same on any objective. @throws MODEL_DIVERGED */
export function descendOn(
  { weight: n, pass }: Objective,
  progress: DescentProgress,
  learningRate: number,
  limit: number,
  budget: number,
): void {
  const { theta } = progress;
  const gradient = new Float64Array(progress.theta.length);
  const step = learningRate / n;
  for (let k = 0; k < budget && progress.stop === 'running'; k++) {
    if (progress.iteration >= limit) {
      progress.stop = 'limit';
      break;
    }
    const loss = pass(theta, gradient) / n;
    if (!(loss < Infinity)) {
      throw new LabError(
        'MODEL_DIVERGED',
        `Gradient descent diverged at iteration ${progress.iteration} with learning rate ${learningRate}.`,
      );
    }
    progress.loss = loss;
    if (progress.iteration - progress.windowIteration >= STOP_WINDOW || progress.iteration === 0) {
      const change =
        Math.abs(progress.windowLoss - loss) / Math.max(Math.abs(progress.windowLoss), Number.MIN_VALUE);
      if (progress.iteration > 0 && change < STOP_CHANGE) {
        progress.stop = 'converged';
        break;
      }
      progress.windowLoss = loss;
      progress.windowIteration = progress.iteration;
    }
    for (let j = 0; j < theta.length; j++) theta[j] -= step * gradient[j];
    progress.iteration++;
    if (progress.iteration >= limit) progress.stop = 'limit';
  }
}
