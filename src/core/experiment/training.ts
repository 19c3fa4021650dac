/** Training and testing of one method within an experiment. */
import type { WeightedSamples } from '../condense/clusters.ts';
import { LabError } from '../errors.ts';
import { solveClosedForm } from '../regression/closedForm.ts';
import type { Design } from '../regression/design.ts';
import { coefficientOfDetermination, floorError, meanSquaredError } from '../regression/metrics.ts';
import type { ExperimentSettings, Method } from './settings.ts';
import type { Workbench } from './workbench.ts';

export interface Score {
  testMse: number;
  testR2: number;
  trainMse: number;
  floorMse: number;
}

/**
 * Errors of θ on the records of both splits (never on the condensed samples).
 *
 * @throws MODEL_OVERFLOW when they are no finite numbers
 */
export function score(design: Design, theta: Float64Array): Score {
  const testMse = meanSquaredError(design.test, theta);
  if (!Number.isFinite(testMse)) {
    throw new LabError(
      'MODEL_OVERFLOW',
      'The numbers of the features or of the target are too large to calculate with.',
    );
  }
  return {
    testMse,
    testR2: coefficientOfDetermination(testMse, design.test.y),
    trainMse: meanSquaredError(design.train, theta),
    floorMse: floorError(design.train, design.test),
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

export interface ClosedFormRun extends Score {
  theta: Float64Array;
  samples: number;
  width: number;
  ridge: number;
  /** Seconds of the solve alone. */
  seconds: number;
}

/** Solves in closed form and tests. */
export function runClosedForm(design: Design, samples: WeightedSamples): ClosedFormRun {
  const started = performance.now();
  const { theta, ridge } = solveClosedForm(samples);
  const seconds = (performance.now() - started) / 1000;
  return { ...score(design, theta), theta, samples: samples.rows, width: samples.width, ridge, seconds };
}
