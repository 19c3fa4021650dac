/** What is fitted to a contender's samples, and judged. */
import type { WeightedSamples } from '../condense/clusters.ts';
import { LabError } from '../errors.ts';
import { runExact } from '../experiment/training.ts';
import type { Pulse } from '../pulse.ts';
import type { Design } from '../regression/design.ts';
import type { Metrics } from '../regression/scores.ts';

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

/** The error that every ratio is of. */
const errorOf = ({ mse, logLoss }: Metrics): number => mse ?? logLoss ?? NaN;

/** The optimum of the linear or logistic model. */
const regression: Fitter = async (design, samples, pulse) => {
  const { score, seconds } = await runExact(design, samples, pulse);
  return { error: errorOf(score.test), seconds };
};

const FITTERS: Partial<Record<Learner, Fitter>> = { regression };

export function fitterOf(learner: Learner): Fitter {
  const fitter = FITTERS[learner];
  if (fitter === undefined) throw new LabError('INTERNAL', `There is no learner "${learner}".`);
  return fitter;
}
