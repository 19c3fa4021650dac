/**
 * Logistic regression to its optimum by L-BFGS, where Newton's method would need too large a Hessian: the last few steps
 * and differences of gradients stand for the curvature (Liu and Nocedal 1989). Its line search brackets a step that
 * satisfies the Wolfe conditions, so that every difference is one of positive curvature.
 */
import type { WeightedSamples } from '../condense/clusters.ts';
import { LabError } from '../errors.ts';
import { SILENT_PULSE, type Pulse } from '../pulse.ts';
import { crossEntropyPass } from './logistic.ts';
import { add, dot } from './vectors.ts';

/** Steps that are remembered. */
const MEMORY = 20;
const MAX_STEPS = 2_000;
/** Norm of the mean loss's gradient below which the optimum is reached; features have deviation 1. */
const ENOUGH = 1e-7;
/** Mean loss of classes that are told apart without fail: there is no optimum but at infinity. */
const SEPARATED = 1e-10;
/** Share of the promised descent that a step has to keep, and of the slope that it may leave. */
const SUFFICIENT = 1e-4;
const LEFT = 0.9;
const MAX_TRIALS = 40;
/** Multiplications between two looks at the clock. */
const CHUNK = 4_000_000;

export interface QuasiNewtonFit {
  /** width coefficients per output. */
  theta: Float64Array;
  steps: number;
  /** Norm of the mean loss's gradient at θ. */
  gradientNorm: number;
  /** Whether that is as small as an optimum's. */
  converged: boolean;
}

/** Mean cross-entropy and its gradient, a chunk of samples at a time. */
class MeanLoss {
  private readonly parts: WeightedSamples[] = [];
  private readonly part: Float64Array;
  private total = 0;
  private readonly pulse: Pulse;
  steps = 0;

  constructor(samples: WeightedSamples, pulse: Pulse) {
    this.pulse = pulse;
    const { rows, width, outputs, x, y, weights } = samples;
    this.part = new Float64Array(width * outputs);
    const chunk = Math.max(1, Math.ceil(CHUNK / (width * outputs)));
    for (let first = 0; first < rows; first += chunk) {
      const end = Math.min(rows, first + chunk);
      this.parts.push({
        ...samples,
        rows: end - first,
        x: x.subarray(first * width, end * width),
        y: y.subarray(first * outputs, end * outputs),
        weights: weights.subarray(first, end),
      });
    }
    for (let i = 0; i < rows; i++) this.total += weights[i];
  }

  /** Gradient at θ into `gradient`, the loss as result. */
  async at(theta: Float64Array, gradient: Float64Array): Promise<number> {
    gradient.fill(0);
    let loss = 0;
    for (const samples of this.parts) {
      loss += crossEntropyPass(samples, theta, this.part);
      add(gradient, 1 / this.total, this.part);
      if (this.pulse.due()) {
        await this.pulse.beat({ phase: 'Quasi-Newton', done: this.steps, total: null, unit: 'steps' });
      }
    }
    return loss / this.total;
  }
}

/** The last steps s and differences of gradients d, oldest first, with 1 / sᵀd. */
class Curvature {
  private readonly pairs: { step: Float64Array; difference: Float64Array; inverse: number }[] = [];

  remember(step: Float64Array, difference: Float64Array): void {
    const curvature = dot(step, difference);
    if (!(curvature > 0)) return;
    if (this.pairs.length === MEMORY) this.pairs.shift();
    this.pairs.push({ step, difference, inverse: 1 / curvature });
  }

  /** −H⁻¹ · gradient by the two-loop recursion; before there is any curvature, a step of length 1 downhill. */
  direction(gradient: Float64Array): Float64Array {
    const q = gradient.slice();
    const { pairs } = this;
    const last = pairs.at(-1);
    const shares = new Float64Array(pairs.length);
    for (let k = pairs.length - 1; k >= 0; k--) {
      shares[k] = pairs[k].inverse * dot(pairs[k].step, q);
      add(q, -shares[k], pairs[k].difference);
    }
    const scale =
      last === undefined
        ? 1 / Math.max(1, Math.sqrt(dot(q, q)))
        : 1 / (last.inverse * dot(last.difference, last.difference));
    for (let j = 0; j < q.length; j++) q[j] *= scale;
    for (let k = 0; k < pairs.length; k++) {
      const back = pairs[k].inverse * dot(pairs[k].difference, q);
      add(q, shares[k] - back, pairs[k].step);
    }
    for (let j = 0; j < q.length; j++) q[j] = -q[j];
    return q;
  }
}

/** Takes the first class's coefficients from all, as Newton's method has them: only differences of outputs matter. */
function referToFirst(theta: Float64Array, width: number): void {
  for (let at = theta.length - 1; at >= 0; at--) theta[at] -= theta[at % width];
}

/**
 * Fits weighted samples of a classification.
 *
 * @throws MODEL_OVERFLOW
 */
export async function solveQuasiNewton(
  samples: WeightedSamples,
  pulse: Pulse = SILENT_PULSE,
): Promise<QuasiNewtonFit> {
  const size = samples.width * samples.outputs;
  const objective = new MeanLoss(samples, pulse);
  const curvature = new Curvature();
  let theta = new Float64Array(size);
  let gradient = new Float64Array(size);
  let loss = await objective.at(theta, gradient);
  const norm = (): number => Math.sqrt(dot(gradient, gradient));
  const isReached = (): boolean => norm() <= ENOUGH || loss < SEPARATED;
  while (objective.steps < MAX_STEPS && !isReached()) {
    if (!Number.isFinite(loss)) {
      throw new LabError('MODEL_OVERFLOW', 'The numbers of the features are too large to calculate with.');
    }
    const direction = curvature.direction(gradient);
    const slope = dot(gradient, direction);
    const next = new Float64Array(size);
    const nextGradient = new Float64Array(size);
    let nextLoss = Infinity;
    let isDown = false;
    // Too far is where the loss falls too little, not far enough where it is as steep as before.
    for (let trial = 0, near = 0, far = Infinity, length = 1; trial < MAX_TRIALS; trial++) {
      next.set(theta);
      add(next, length, direction);
      nextLoss = await objective.at(next, nextGradient);
      isDown = nextLoss <= loss + SUFFICIENT * length * slope;
      if (!isDown) far = length;
      else if (dot(nextGradient, direction) < LEFT * slope) near = length;
      else break;
      length = far === Infinity ? 2 * near : (near + far) / 2;
    }
    if (!isDown) break; // no step goes down: this is the optimum as far as the digits go
    const step = next.slice();
    add(step, -1, theta);
    const difference = nextGradient.slice();
    add(difference, -1, gradient);
    curvature.remember(step, difference);
    [theta, gradient, loss] = [next, nextGradient, nextLoss];
    objective.steps++;
  }
  if (samples.outputs > 1) referToFirst(theta, samples.width);
  return { theta, steps: objective.steps, gradientNorm: norm(), converged: isReached() };
}
