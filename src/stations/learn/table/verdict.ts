/** What condensing costs, in one number and a sentence: the optimum of one against the optimum of the other. */
import type { Metrics } from '../../../contracts/codec.ts';
import { CONTENDER_METAS } from '../../../contracts/plugins.ts';
import { formatCount, formatPercent, formatPlural, formatRatio } from '../../../ui/format.ts';
import { isExact, type ComparisonRow, type Solver } from './compare.ts';
import { formatMetric, formatRmse, guessWords, isImbalanced } from './scores.ts';

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
  /** What as many random records give, once they have been drawn. */
  random: string | null;
  /** What every ratio on the page is of. */
  basis: string;
  /** What always predicting the same scores. */
  floor: string;
  /** Of classes: a share that is higher though the error is not lower. */
  tradeOff: string | null;
  /** Set where a model is no better than the floor. */
  warning: string | null;
}

/** What condensing costs at the optimum of both models; null until both have reached it. */
export function verdictOf(rows: readonly ComparisonRow[]): Verdict | null {
  const exact = rows.filter((row) => isExact(row) && row.finished);
  const condensed = exact.find(({ method }) => method === 'condensed');
  const full = exact.find(({ method }) => method === 'full');
  if (condensed?.solver == null || condensed.ratio === null || full === undefined) return null;
  const { ratio, solver } = condensed;
  const { task } = condensed.score;
  return {
    solver,
    headline: formatRatio(ratio),
    unit: task === 'regression' ? 'of full’s squared error' : 'of full’s log loss',
    tone: ratio > 1 + EQUAL ? 'worse' : ratio < 1 - EQUAL ? 'better' : 'equal',
    random: randomWords(rows.find(isPlainDraw)),
    ...(task === 'regression' ? ofRegression(condensed, full) : ofClassification(condensed, full)),
  };
}

type Words = Pick<Verdict, 'sentence' | 'basis' | 'floor' | 'tradeOff' | 'warning'>;

/** Whether a row is of records drawn by chance, the simplest rival there is. */
function isPlainDraw({ contender }: ComparisonRow): boolean {
  const meta = contender === null ? undefined : CONTENDER_METAS.find(contender);
  return meta?.isDrawn === true && !meta.isCostly;
}

function randomWords(random: ComparisonRow | undefined): string | null {
  if (random?.ratio == null || random.guess === null) return null;
  return `As many random records give ${formatRatio(random.ratio)} (${random.guess}).`;
}

function ofRegression(condensed: ComparisonRow, full: ComparisonRow): Words {
  const [own, all] = [condensed.test, full.test];
  const errors = `RMSE ${formatRmse(own.mse)} against ${formatRmse(all.mse)} of all records`;
  return {
    sentence: `${whoWords(condensed, full)} give ${errors}: ${costWords(condensed, 'squared error')}.`,
    basis: 'Ratios are of the mean squared error.',
    floor: `Always predicting the training mean: RMSE ${formatRmse(full.score.floor.mse)}.`,
    tradeOff: null,
    warning: floorWarning(condensed, full, 'always predicting the training mean'),
  };
}

function ofClassification(condensed: ComparisonRow, full: ComparisonRow): Words {
  const [own, all] = [condensed.test, full.test];
  const losses = `log loss ${formatMetric('logLoss', own.logLoss)} against ${formatMetric('logLoss', all.logLoss)} of all records`;
  const { floor } = full.score;
  const guess = guessWords(full.score);
  const shares = `the classes’ shares`;
  return {
    sentence: `${whoWords(condensed, full)} give ${losses}: ${costWords(condensed, 'log loss')}.`,
    basis: 'Ratios are of the log loss.',
    floor: `Always predicting ${shares}: log loss ${formatMetric('logLoss', floor.logLoss)}; ${guess}: ${formatMetric('accuracy', floor.accuracy)} accuracy${
      isImbalanced(full.score) ? ', so accuracy alone says little here' : ''
    }.`,
    tradeOff: tradeOffWords(own, all, condensed.ratio ?? NaN),
    warning: floorWarning(condensed, full, `always predicting ${shares}`),
  };
}

/** The error beside full training's, after a colon. */
function costWords({ ratio }: ComparisonRow, error: string): string {
  if (ratio === null) return '';
  if (ratio === Infinity) return 'full training is exact up to rounding, condensed is not';
  const away = Math.abs(ratio - 1);
  if (away <= EQUAL) return `the same ${error} within half a percent`;
  if (ratio >= 2) return `${formatRatio(ratio)} its ${error}, so condensed is worse here`;
  const compared = `a ${error} ${formatPercent(away)} ${ratio > 1 ? 'higher' : 'lower'}`;
  return ratio > 1 ? `${compared}, so condensed is worse here` : compared;
}

/** Balanced accuracy can rise as the probabilities get worse: more of the rare class is found, and more falsely. */
function tradeOffWords(own: Metrics, full: Metrics, ratio: number): string | null {
  const gain = (own.balancedAccuracy ?? NaN) - (full.balancedAccuracy ?? NaN);
  if (!(gain > EQUAL + ROUNDING) || ratio < 1 - EQUAL) return null;
  const [higher, than] = [own, full].map(({ balancedAccuracy }) =>
    formatMetric('balancedAccuracy', balancedAccuracy),
  );
  return `Its balanced accuracy is ${higher} against ${than}: another trade-off, not a better model.`;
}

/** Set where the condensed model does not beat the floor; full training tells whether the samples are to blame. */
function floorWarning(condensed: ComparisonRow, full: ComparisonRow, floor: string): string | null {
  const isBeaten = (row: ComparisonRow) => {
    const of = row.score.task === 'regression' ? 'mse' : 'logLoss';
    return !((row.test[of] ?? NaN) >= (row.score.floor[of] ?? Infinity));
  };
  if (isBeaten(condensed)) return null;
  return isBeaten(full)
    ? `The condensed model is no better than ${floor}. Use more analytics bits.`
    : `Neither model is better than ${floor}.`;
}

function whoWords(condensed: ComparisonRow, full: ComparisonRow): string {
  const share = formatPercent(condensed.samples / Math.max(1, full.samples), 2);
  return `${formatPlural(condensed.samples, 'condensed sample')} (${share} of ${formatCount(full.samples)} training records)`;
}
