/** What crosses of fitted models: their coefficients, and what they predict of the test records. All are of the optimum. */
import type { ModelScore } from '../core/regression/scores.ts';
import type { DatasetSource, ExperimentSettings, Method } from './codec.ts';

export interface CoefficientsRequest {
  source: DatasetSource;
  /** The experiment; its `split` is the split that is fitted. */
  settings: ExperimentSettings;
}

/** The coefficients of both methods on one split, for standardised columns: per standard deviation of the records. */
export interface Coefficients {
  split: number;
  task: ModelScore['task'];
  /** Name of each design column: "bias", "carat", "cut = Ideal". */
  names: string[];
  /**
   * Name of each output: the target, "y = yes" for two classes, of more one for each. A coefficient is in the unit of
   * the target, or in units of the log-odds.
   */
  outputs: string[];
  /** Of the training records, per design column: x standardised = (x − mean) × scale; 0 where a column is constant. */
  means: Float64Array;
  scales: Float64Array;
  /** names.length coefficients per output, one output after the other. */
  full: Float64Array;
  condensed: Float64Array;
}

export interface PredictionsRequest {
  source: DatasetSource;
  settings: ExperimentSettings;
  method: Method;
  /** Most records that are wanted, drawn by a seed of their own; null for all of them. */
  most: number | null;
}

/** Test records with their truth and what one method's model predicts. */
export interface Predictions {
  method: Method;
  task: ModelScore['task'];
  target: string;
  /** Rows of the table, from 0, ascending. */
  rows: Uint32Array;
  /** The target; of a classification the class, as its place in `labels`. */
  truth: Float64Array;
  /** The predicted target; of a classification the probabilities of all classes, one record after the other. */
  predicted: Float64Array;
  /** Names of the classes; null for a regression. */
  labels: string[] | null;
  /** Test records in all, of which `rows` may be a draw. */
  of: number;
}
