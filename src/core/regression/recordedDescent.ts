/** Descents whose way is recorded, and which go on in pieces of some milliseconds. */
import { LabError } from '../errors.ts';
import { DescentPath } from './descentPath.ts';
import { descendOn, startDescent, type Objective } from './gradientDescent.ts';
import type { MiniBatchDescent } from './miniBatch.ts';

export type DescentStop = 'running' | 'converged' | 'limit' | 'diverged';

/** What takes the steps. */
interface Stepper {
  readonly theta: Float64Array;
  readonly iteration: number;
  /** Takes up to so many steps. @throws MODEL_DIVERGED */
  take: (budget: number) => Exclude<DescentStop, 'diverged'>;
}

interface DescentFacts {
  /** Samples that a step reads. */
  samplesPerStep: number;
  /** Step size α. */
  learningRate: number;
  /** Steps after which it ends at the latest. */
  limit: number;
  /** Multiplications of a step, roughly. */
  stepWork: number;
}

/** Multiplications of a piece: some milliseconds. */
const PIECE = 4_000_000;
/** Seconds of work that tell nothing of the rate, since the code is still being compiled, and of work that measures it. */
const WARM_UP = 0.1;
const MEASURED = 0.2;

/** Gradient descent on all samples at every step. */
export function batchSteps(
  objective: Objective,
  shape: { width: number; outputs: number },
  learningRate: number,
  limit: number,
): Stepper {
  const progress = startDescent(shape);
  return {
    theta: progress.theta,
    get iteration() {
      return progress.iteration;
    },
    take(budget) {
      descendOn(objective, progress, learningRate, limit, budget);
      return progress.stop;
    },
  };
}

/** Mini-batch descent, which ends at its limit alone. */
export function miniBatchSteps(descent: MiniBatchDescent, limit: number): Stepper {
  return {
    theta: descent.theta,
    get iteration() {
      return descent.iteration;
    },
    take(budget) {
      const end = Math.min(limit, descent.iteration + budget);
      while (descent.iteration < end) descent.step();
      return descent.iteration >= limit ? 'limit' : 'running';
    },
  };
}

export class RecordedDescent {
  readonly facts: DescentFacts;
  readonly path: DescentPath;
  stop: DescentStop = 'running';
  /** Seconds of the steps alone. */
  seconds = 0;
  private readonly stepper: Stepper;
  /** Where it stood when it had warmed up. */
  private warm: { iteration: number; seconds: number } | null = null;

  constructor(stepper: Stepper, facts: DescentFacts) {
    this.stepper = stepper;
    this.facts = facts;
    this.path = new DescentPath(stepper.theta);
  }

  get iteration(): number {
    return this.stepper.iteration;
  }

  get theta(): Float64Array {
    return this.stepper.theta;
  }

  /** Goes on for some milliseconds, or to the next point of the path; one that diverges ends there. */
  advance(): void {
    if (this.stop !== 'running') return;
    const { stepper, path, facts } = this;
    const most = Math.max(1, Math.floor(PIECE / facts.stepWork));
    const started = performance.now();
    try {
      this.stop = stepper.take(Math.min(most, path.untilNext(stepper.iteration)));
    } catch (thrown) {
      if (!(thrown instanceof LabError) || thrown.code !== 'MODEL_DIVERGED') throw thrown;
      this.stop = 'diverged';
    }
    this.seconds += (performance.now() - started) / 1000;
    if (this.seconds >= WARM_UP) this.warm ??= { iteration: stepper.iteration, seconds: this.seconds };
    path.add(stepper.iteration, stepper.theta, this.stop !== 'running');
  }

  /** Seconds from here to the limit at the measured rate: no less than it takes; null until it can be told. */
  secondsLeft(): number | null {
    const { iteration, seconds, warm, facts } = this;
    if (warm === null || seconds - warm.seconds < MEASURED || iteration === warm.iteration) return null;
    return ((seconds - warm.seconds) / (iteration - warm.iteration)) * (facts.limit - iteration);
  }
}
