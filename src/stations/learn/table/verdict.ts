/** What condensing costs, in one number and a sentence. */
import { formatCount, formatFactor, formatPercent, formatPlural } from '../../../ui/format.ts';
import type { ComparisonRow, Solver } from './compare.ts';
import { formatMetric, formatPoints, guessWords, isImbalanced, leadingMetric } from './scores.ts';

/** Error ratios and shares within this of each other are called equal: half a percent, half a percentage point. */
const EQUAL = 0.005;
/** What rounding may add to a difference of shares that stands exactly at the limit. */
const ROUNDING = 1e-12;

export interface Verdict {
  solver: Solver;
  /** The cost as one number, and what it is a number of. */
  headline: string;
  unit: string;
  /** better: the error is lower; equal: within half a percent; worse: it is higher. */
  tone: 'better' | 'equal' | 'worse';
  sentence: string;
  /** Of a classification: what always guessing one class scores, and which metric counts for that. */
  guessing: string | null;
  /** Set where a model is no better than the floor. */
  floor: string | null;
}

/** What condensing costs, by gradient descent if both runs are finished, else by the exact solver. */
export function verdictOf(rows: readonly ComparisonRow[]): Verdict | null {
  const compared = rows.filter(
    (row) => row.method === 'condensed' && (row.ratio !== null || row.gain !== null),
  );
  const condensed = compared.find((row) => row.solver === 'gradient descent') ?? compared.at(0);
  const full = rows.find((row) => row.method === 'full' && row.solver === condensed?.solver);
  if (condensed === undefined || full === undefined) return null;
  return condensed.score.task === 'regression'
    ? ofRegression(condensed, full)
    : ofClassification(condensed, full);
}

function ofRegression(condensed: ComparisonRow, full: ComparisonRow): Verdict | null {
  const { ratio, solver } = condensed;
  if (ratio === null || solver === null) return null;
  const tone = ratio > 1 + EQUAL ? 'worse' : ratio < 1 - EQUAL ? 'better' : 'equal';
  const error =
    tone === 'equal'
      ? 'the same test error as all records, within half a percent'
      : ratio >= 2
        ? `${formatFactor(ratio)} the test error of all records, so condensed is worse here`
        : `a test error ${formatPercent(Math.abs(ratio - 1))} ${
            tone === 'worse'
              ? 'higher than all records, so condensed is worse here'
              : 'lower than all records'
          }`;
  return {
    solver,
    headline: formatFactor(ratio),
    unit: 'test MSE of full',
    tone,
    sentence: `${whoWords(condensed, full)} give ${error}${timeWords(condensed)}.`,
    guessing: null,
    floor: meanWords(condensed, full),
  };
}

/** Set where the condensed model does not beat the training mean; full training tells whether the samples are to blame. */
function meanWords(condensed: ComparisonRow, full: ComparisonRow): string | null {
  const isBeaten = ({ test, score }: ComparisonRow) => !((test.mse ?? NaN) >= (score.floor.mse ?? Infinity));
  const mean = 'always predicting the training mean';
  if (isBeaten(condensed)) return null;
  if (isBeaten(full)) return `The condensed model is no better than ${mean}. Use more analytics bits.`;
  return condensed.solver === 'gradient descent'
    ? `Neither model is better than ${mean}. Allow more iterations or a larger learning rate.`
    : `Neither model is better than ${mean}.`;
}

const METRIC_WORDS = { accuracy: 'accuracy', balancedAccuracy: 'balanced accuracy' } as const;

function ofClassification(condensed: ComparisonRow, full: ComparisonRow): Verdict | null {
  const { gain, solver, score } = condensed;
  if (gain === null || solver === null) return null;
  const metric = leadingMetric(score);
  const words = METRIC_WORDS[metric];
  const difference = gain[metric];
  const tone = Math.abs(difference) <= EQUAL + ROUNDING ? 'equal' : difference < 0 ? 'worse' : 'better';
  const compared =
    tone === 'equal'
      ? 'the same within half a percentage point'
      : `${(Math.abs(difference) * 100).toFixed(1)} percentage points ${
          tone === 'worse' ? 'lower, so condensed is worse here' : 'higher'
        }`;
  const shares = `${formatMetric(metric, condensed.test[metric])} ${words} against ${formatMetric(metric, full.test[metric])} of all records`;
  return {
    solver,
    headline: formatPoints(difference),
    unit: `${words} against full`,
    tone,
    sentence: `${whoWords(condensed, full)} reach ${shares}: ${compared}${timeWords(condensed)}.`,
    guessing: guessingWords(condensed),
    floor: floorWords(condensed, full),
  };
}

/** What the floor scores; where one class is most of the records, why accuracy is not what counts. */
function guessingWords({ score }: ComparisonRow): string {
  const guess = guessWords(score);
  const scored = `${guess[0].toUpperCase()}${guess.slice(1)} scores ${formatMetric('accuracy', score.floor.accuracy)}`;
  return isImbalanced(score)
    ? `${scored}, so accuracy alone says little here: balanced accuracy counts, in which guessing scores ${formatMetric('balancedAccuracy', score.floor.balancedAccuracy)}.`
    : `${scored}.`;
}

function floorWords(condensed: ComparisonRow, full: ComparisonRow): string | null {
  const { score } = condensed;
  const metric = leadingMetric(score);
  const guess = guessWords(score);
  const isBeaten = (row: ComparisonRow, by: 'accuracy' | 'balancedAccuracy') =>
    (row.test[by] ?? 0) > (score.floor[by] ?? 0) + ROUNDING;
  if (!isBeaten(condensed, metric)) {
    return isBeaten(full, metric)
      ? `The condensed model is no better than ${guess}. Use more analytics bits.`
      : `Neither model is better than ${guess}.`;
  }
  if (!isBeaten(condensed, 'accuracy')) {
    return `In accuracy alone, ${formatMetric('accuracy', condensed.test.accuracy)}, the condensed model is no better than ${guess}; its balanced accuracy is.`;
  }
  return null;
}

function whoWords(condensed: ComparisonRow, full: ComparisonRow): string {
  const share = formatPercent(condensed.samples / Math.max(1, full.samples), 2);
  return `${formatPlural(condensed.samples, 'condensed sample')} (${share} of ${formatCount(full.samples)} training records)`;
}

function timeWords({ speedUp }: ComparisonRow): string {
  return speedUp === null ? '' : `; training ${speedWords(speedUp)}`;
}

function speedWords(speedUp: number): string {
  if (speedUp >= 1.05)
    return `was ${speedUp >= 10 ? formatCount(speedUp) : speedUp.toFixed(1)} times as fast`;
  if (speedUp <= 0.95) return `took ${(1 / speedUp).toFixed(1)} times as long`;
  return 'took as long';
}
