/** What is fitted to a contender's samples, and judged. */
import type { WeightedSamples } from '../condense/clusters.ts';
import { LabError } from '../errors.ts';
import { solve, testError } from '../experiment/training.ts';
import type { Pulse } from '../pulse.ts';
import type { Design } from '../regression/design.ts';
import { treesError } from '../trees/boost.ts';
import { fitTrees } from '../trees/learner.ts';

/** What is fitted: the settings' own linear or logistic model, or boosted trees. */
export type Learner = 'regression' | 'trees';

export interface Fitted {
  /** On the design's test records: the mean squared error of a regression, the log loss of a classification. */
  error: number;
  /** Of the fit alone. */
  seconds: number;
}

/**
 * Fits a model to weighted samples and judges it on the design's test records.
 *
 * @throws MODEL_OVERFLOW where its error is no finite number
 */
export type Fitter = (design: Design, samples: WeightedSamples, pulse: Pulse) => Promise<Fitted>;

/** The optimum of the linear or logistic model. */
const regression: Fitter = async (design, samples, pulse) => {
  const started = performance.now();
  const { theta } = await solve(design, samples, pulse);
  const seconds = (performance.now() - started) / 1000;
  return { error: testError(design, theta), seconds };
};

const trees: Fitter = async (design, samples, pulse) => {
  const started = performance.now();
  const model = await fitTrees(design.task, samples, pulse);
  const seconds = (performance.now() - started) / 1000;
  const error = treesError(model, design.test);
  if (!Number.isFinite(error)) {
    throw new LabError('MODEL_OVERFLOW', 'The numbers of the target are too large to calculate with.');
  }
  return { error, seconds };
};

const FITTERS: Record<Learner, Fitter> = { regression, trees };

export const fitterOf = (learner: Learner): Fitter => FITTERS[learner];
