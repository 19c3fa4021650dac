/**
 * Logistic regression to its optimum by Newton's method: θ ← θ − H⁻¹g with H = Σ w Σ_k … x xᵀ. The exact counterpart of
 * gradient descent, as the closed form is for least squares. Of more than two classes the first is the reference with
 * coefficients 0: only differences of outputs matter.
 */
import type { WeightedSamples } from '../condense/clusters.ts';
import { LabError } from '../errors.ts';
import { SILENT_PULSE, type Pulse } from '../pulse.ts';
import { solveSymmetric } from './cholesky.ts';
import { crossEntropyPass, sigmoid, softmax } from './logistic.ts';

/** Most unknowns: their number squared is kept, and its cube is computed at every step. */
const MAX_UNKNOWNS = 600;
const MAX_STEPS = 50;
/** Relative change of the loss below which the optimum is reached. */
const ENOUGH = 1e-12;
/** Multiplications between two looks at the clock. */
const CHUNK = 4_000_000;

export interface NewtonFit {
  /** width coefficients per output. */
  theta: Float64Array;
  steps: number;
  /** Whether the loss had stopped falling. */
  converged: boolean;
  /** Largest ridge added to a singular Hessian, else 0. */
  ridge: number;
}

/** The first class of more than two has no coefficients of its own. */
function unknownsOf({ width, outputs }: WeightedSamples): number {
  return outputs === 1 ? width : width * (outputs - 1);
}

/** Whether a model is too wide for Newton's method. */
export function isTooWide(samples: WeightedSamples): boolean {
  return unknownsOf(samples) > MAX_UNKNOWNS;
}

/** Adds the Hessian's part of samples first … end − 1; `hessian` is unknowns², its lower triangle is filled. */
function addCurvature(
  samples: WeightedSamples,
  theta: Float64Array,
  first: number,
  end: number,
  hessian: Float64Array,
): void {
  const { width: d, outputs, x, weights } = samples;
  const blocks = outputs === 1 ? 1 : outputs - 1;
  const size = blocks * d;
  const p = new Float64Array(outputs);
  for (let i = first; i < end; i++) {
    const row = i * d;
    for (let k = 0, t = 0; k < outputs; k++) {
      let z = 0;
      for (let j = 0; j < d; j++) z += x[row + j] * theta[t++];
      p[k] = z;
    }
    if (outputs === 1) p[0] = sigmoid(p[0]);
    else softmax(p);
    for (let a = 0; a < blocks; a++) {
      const pa = p[outputs === 1 ? 0 : a + 1];
      for (let b = 0; b <= a; b++) {
        const pb = p[outputs === 1 ? 0 : b + 1];
        const curve = weights[i] * (a === b ? pa * (1 - pa) : -pa * pb);
        if (curve === 0) continue;
        for (let j = 0; j < d; j++) {
          const cx = curve * x[row + j];
          if (cx === 0) continue;
          const to = (a * d + j) * size + b * d;
          const last = a === b ? j : d - 1;
          for (let l = 0; l <= last; l++) hessian[to + l] += cx * x[row + l];
        }
      }
    }
  }
}

/**
 * Fits weighted samples of a classification; a model that is too wide takes memory and time beyond all bounds.
 *
 * @throws MODEL_OVERFLOW
 */
export async function solveNewton(samples: WeightedSamples, pulse: Pulse = SILENT_PULSE): Promise<NewtonFit> {
  const { rows, width: d, outputs } = samples;
  const unknowns = unknownsOf(samples);
  // The first class's coefficients stay 0.
  const fixed = d * outputs - unknowns;
  const theta = new Float64Array(d * outputs);
  const trial = new Float64Array(d * outputs);
  const gradient = new Float64Array(d * outputs);
  const hessian = new Float64Array(unknowns * unknowns);
  const chunk = Math.max(1, Math.ceil(CHUNK / (unknowns * unknowns)));
  let loss = crossEntropyPass(samples, theta, gradient);
  let ridge = 0;
  let steps = 0;
  let converged = false;
  while (!converged && steps < MAX_STEPS) {
    hessian.fill(0);
    for (let first = 0; first < rows; first += chunk) {
      addCurvature(samples, theta, first, Math.min(rows, first + chunk), hessian);
      if (pulse.due()) {
        await pulse.beat({ phase: "Newton's method", done: steps, total: null, unit: 'steps' });
      }
    }
    const step = solveSymmetric(hessian, gradient.subarray(fixed));
    ridge = Math.max(ridge, step.ridge);
    steps++;
    // A full step may overshoot where the curvature is small; half of it, and half again, goes downhill in the end.
    let next = Infinity;
    for (let scale = 1; scale > 1e-6; scale /= 2) {
      trial.set(theta);
      for (let j = 0; j < unknowns; j++) trial[fixed + j] -= scale * step.solution[j];
      next = crossEntropyPass(samples, trial, gradient);
      if (next <= loss) break;
    }
    if (Number.isNaN(next)) {
      throw new LabError('MODEL_OVERFLOW', 'The numbers of the features are too large to calculate with.');
    }
    converged = !(next <= loss); // no step goes down: this is the optimum to the last digit
    if (converged) break;
    const gain = loss - next;
    theta.set(trial);
    loss = next;
    converged = gain <= ENOUGH * Math.max(loss, 1e-300) || loss / rows < 1e-10;
  }
  return { theta, steps, converged, ridge };
}
