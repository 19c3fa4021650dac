/** What a trained model is worth: the numbers on test and training records, and on the floor it has to beat. */

/** Of a regression: mse, r2. Of a classification: the others, of which rocArea only for two classes. */
export interface Metrics {
  /** Mean squared error. */
  mse?: number;
  /** Coefficient of determination; NaN when the targets do not vary. */
  r2?: number;
  /** Share of records whose likeliest class is theirs, 0…1. */
  accuracy?: number;
  /** Mean over the classes present of the share of their records that are found, 0…1. */
  balancedAccuracy?: number;
  /** Mean of −ln p(true class). */
  logLoss?: number;
  /** Area under the ROC curve. */
  rocArea?: number;
}

export type MetricName = keyof Metrics;

/** Share of the floor's error below which an error is one of rounding: the model is exact. */
const VANISHING = 1e-9;

/** The error that every ratio is of: the mean squared error of a regression, the log loss of a classification. */
export function ratioError({ mse, logLoss }: Metrics): number {
  return mse ?? logLoss ?? NaN;
}

/**
 * An error ÷ that of full training.
 *
 * @param floor error of always predicting the same, beside which an error vanishes or not
 * @returns Infinity where only full training's error vanishes, 1 where both do
 */
export function errorRatio(error: number, full: number, floor: number): number {
  const vanishing = VANISHING * floor;
  if (full > vanishing) return error / full;
  return error > vanishing ? Infinity : 1;
}

/** ROC curve of two classes from (0, 0) to (1, 1), thinned to a few hundred points. */
export interface RocCurve {
  falsePositiveRate: Float64Array;
  truePositiveRate: Float64Array;
}

/** On the test records. */
export interface ClassReport {
  /** Names of the classes; the second of two is the positive one. */
  labels: string[];
  /** Counts, row-major: true class × predicted class. */
  confusion: Uint32Array;
  roc: RocCurve | null;
}

export interface ModelScore {
  task: 'regression' | 'classification';
  test: Metrics;
  train: Metrics;
  /** Always predicting the training mean, or the training split's larger class with the classes' shares as
   * probabilities; on the test records. */
  floor: Metrics;
  classes: ClassReport | null;
}
