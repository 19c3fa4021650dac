/** What a sweep can be measured by, in words and in digits. */
import type { SweepCell } from '../../../contracts/codec.ts';
import type { ScaleKind } from '../../../ui/charts/scale.ts';
import { formatPercent, formatRatio, formatValue } from '../../../ui/format.ts';
import type { Measure, Solver } from './summary.ts';

interface MeasureWords {
  /** In the choice of measures and as a figure's title. */
  label: string;
  /** On the axis, and in a table's header. */
  axis: string;
  /** What the figure says below its title. */
  caption: string;
  /** The only scale that it makes sense on, or null for either. */
  scale: ScaleKind | null;
  /** On a tick, and where digits matter. */
  format: (value: number) => string;
  exact: (value: number) => string;
}

const decimals = (digits: number) => (value: number) =>
  Math.abs(value) >= 1_000 ? formatValue(value, 3) : value.toFixed(digits).replace('-', '−');
const percent = (value: number) => formatPercent(value, 1);
const factor = (value: number) => formatRatio(value);
const exactFactor = (value: number) => formatRatio(value, 3);

const MEASURES: Readonly<Record<Exclude<Measure, 'ratio'>, MeasureWords>> = {
  mse: {
    label: 'MSE',
    axis: 'test MSE',
    caption: 'mean squared error on the test records',
    scale: null,
    format: (value) => formatValue(value, 3),
    exact: (value) => formatValue(value),
  },
  rmse: {
    label: 'RMSE',
    axis: 'test RMSE',
    caption: 'root of the mean squared error on the test records, in the unit of the target',
    scale: null,
    format: (value) => formatValue(value, 3),
    exact: (value) => formatValue(value),
  },
  r2: {
    label: 'R²',
    axis: 'test R²',
    caption: 'share of the variance explained on the test records',
    scale: 'linear',
    format: decimals(2),
    exact: decimals(4),
  },
  accuracy: {
    label: 'Accuracy',
    axis: 'test accuracy',
    caption: 'share of the test records whose class is found',
    scale: 'linear',
    format: percent,
    exact: (value) => formatPercent(value, 2),
  },
  balancedAccuracy: {
    label: 'Balanced accuracy',
    axis: 'balanced test accuracy',
    caption: 'mean over the classes of the share of their test records that are found',
    scale: 'linear',
    format: percent,
    exact: (value) => formatPercent(value, 2),
  },
  logLoss: {
    label: 'Log loss',
    axis: 'test log loss',
    caption: 'mean of −ln of the probability given to the true class, test records',
    scale: null,
    format: (value) => formatValue(value, 3),
    exact: (value) => formatValue(value),
  },
  rocArea: {
    label: 'ROC area',
    axis: 'area under the ROC curve',
    caption: 'area under the ROC curve on the test records; guessing has 0.5',
    scale: 'linear',
    format: decimals(2),
    exact: decimals(4),
  },
};

/** What every ratio is of. */
const RATIO_OF = { regression: 'MSE', classification: 'log loss' } as const;

/** A measure in words; a ratio is of the error that its task is judged by. */
export function measureWords(measure: Measure, task: SweepCell['task']): MeasureWords {
  if (measure !== 'ratio') return MEASURES[measure];
  const error = RATIO_OF[task];
  return {
    label: 'Error, × full',
    axis: `test ${error} ÷ full`,
    caption: `test ${error} ÷ that of full training on the same split`,
    scale: null,
    format: factor,
    exact: exactFactor,
  };
}

const OF_TASK: Record<SweepCell['task'], readonly Measure[]> = {
  regression: ['ratio', 'rmse', 'r2'],
  classification: ['ratio', 'accuracy', 'balancedAccuracy', 'logLoss', 'rocArea'],
};

/** The measures that runs of a task have; the ROC curve is of two classes only. */
export function measuresOf(task: SweepCell['task'], hasRoc: boolean): readonly Measure[] {
  return OF_TASK[task].filter((measure) => measure !== 'rocArea' || hasRoc);
}

/** How a model was trained, within a sentence. */
export function solverNames(task: SweepCell['task']): Record<Solver, string> {
  return { gd: 'gradient descent', exact: task === 'regression' ? 'closed form' : 'Newton’s method' };
}

/** The same at the beginning of one. */
export function solverWords(task: SweepCell['task']): Record<Solver, string> {
  const { gd, exact } = solverNames(task);
  return { gd: capital(gd), exact: capital(exact) };
}

const capital = (text: string): string => text[0].toUpperCase() + text.slice(1);
