/** What boosted trees make of all records, of the condensed samples and of random ones: rows, and what they come to. */
import { errorRatio } from '../contracts/codec.ts';
import type { ContestReport } from '../contracts/contest.ts';
import { CONTENDER_METAS } from '../contracts/plugins.ts';
import { formatCount, formatRatio } from '../ui/format.ts';
import { drawnErrors } from './drawnErrors.ts';

export interface TreesRow {
  name: string;
  label: string;
  samples: number;
  /** The median over the draws. */
  error: number;
  ratio: number;
  /** Of the ratio, where chance decides; else null. */
  quartiles: [lower: number, upper: number] | null;
  draws: number;
  /** Of the fit; making the samples comes before. */
  seconds: number;
}

export function treesRows(report: ContestReport): TreesRow[] {
  const { full, floor, trainRows, trials } = report;
  const all: TreesRow = {
    name: 'full',
    label: 'All records',
    samples: trainRows,
    error: full.error,
    ratio: 1,
    quartiles: null,
    draws: 1,
    seconds: full.seconds,
  };
  const others = trials.flatMap(({ contender, seconds }): TreesRow[] => {
    const drawn = drawnErrors(report, contender);
    if (drawn === null) return [];
    const ratioOf = (error: number): number => errorRatio(error, full.error, floor);
    return [
      {
        name: contender,
        label: CONTENDER_METAS.find(contender)?.label ?? contender,
        samples: drawn.samples,
        error: drawn.median,
        ratio: ratioOf(drawn.median),
        quartiles: drawn.draws > 1 ? [ratioOf(drawn.lower), ratioOf(drawn.upper)] : null,
        draws: drawn.draws,
        seconds: seconds.fitting,
      },
    ];
  });
  return [all, ...others];
}

/** Ratios that differ by less than this share of the smaller say the same. */
const ALIKE = 0.02;

/** Whether trees learn better from condensed samples or from random ones, in a sentence; null without both. */
export function treesVerdict(
  rows: readonly TreesRow[],
  metric: ContestReport['metric'],
): { sentence: string; isBetter: boolean | null } | null {
  const condensed = rows.find(({ name }) => name === 'condensed');
  const random = rows.find(({ name }) => name === 'random');
  if (condensed === undefined || random === undefined) return null;
  const smaller = Math.min(random.error, condensed.error);
  if (!(Math.abs(random.error - condensed.error) > ALIKE * smaller)) {
    const sentence = `Boosted trees learn as much from ${formatCount(condensed.samples)} random records as from as many condensed samples here.`;
    return { isBetter: null, sentence };
  }
  const isBetter = condensed.error < random.error;
  const [first, second] = isBetter ? [condensed, random] : [random, condensed];
  const words = isBetter
    ? 'condensed means than from a random sample'
    : 'a random sample than from condensed means';
  const error = metric === 'mse' ? 'squared error' : 'log loss';
  return {
    isBetter,
    sentence: `Boosted trees learn better from ${words} here: ${formatRatio(first.ratio)} the ${error} of full against ${formatRatio(second.ratio)}.`,
  };
}
