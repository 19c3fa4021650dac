/**
 * What crosses for a contest: whatever may stand in for all training records ("contenders"), fitted by one code path
 * and judged on the same records. Errors are those that every ratio of the lab is of: the mean squared error of a
 * regression (as in the paper), the log loss of a classification.
 */
import type { DatasetSource, ExperimentSettings } from './codec.ts';

/**
 * Which records judge: the test records, or a validation fifth of the training records, on which everything is chosen
 * that is chosen by its error. Contenders are then made of the other four fifths.
 */
export type Judge = 'test' | 'validation';

/** What is fitted to a contender: the settings' own linear or logistic model, or boosted trees. */
export type Learner = 'regression' | 'trees';

export interface ContestRequest {
  source: DatasetSource;
  /** The experiment; its `split` is the split of the contest, its β is not used. */
  settings: ExperimentSettings;
  judge: Judge;
  learner: Learner;
  /** Every contender is made once for each β, as large as the condensed samples of this β are on these records. */
  betas: number[];
  /** Contenders by their registered names, and how often one that draws at random is drawn (others count as 1). */
  contenders: { name: string; draws: number }[];
}

/** One contender at one size. */
export interface Trial {
  contender: string;
  beta: number;
  /** Samples that it came to: those of the condensed samples, unless it cannot have as many. */
  samples: number;
  /** Error on the judging records, one per draw. */
  errors: number[];
  /** Median over the draws, making the samples and fitting the model. */
  seconds: { making: number; fitting: number };
}

export interface ContestReport {
  split: number;
  judge: Judge;
  learner: Learner;
  metric: 'mse' | 'logLoss';
  /** Records that contenders are made of, and those that judge. */
  trainRows: number;
  judgeRows: number;
  /** All of these records with weight 1: the error that ratios are of, and the time of the fit. */
  full: { error: number; seconds: number };
  /** Error of always predicting the training mean, or the shares of the classes. */
  floor: number;
  trials: Trial[];
}
