/** What the draws of a contender came to in a contest. */
import { quantile, type ContestReport } from '../contracts/contest.ts';

export interface DrawnErrors {
  draws: number;
  /** Samples of a draw. */
  samples: number;
  /** Quartiles of the errors; what is no number counts as the worst. */
  lower: number;
  median: number;
  upper: number;
}

/** Of the one size that was drawn; null where there is no such contender. */
export function drawnErrors({ trials }: ContestReport, contender: string): DrawnErrors | null {
  const trial = trials.find((one) => one.contender === contender);
  if (trial === undefined || trial.errors.length === 0) return null;
  const sorted = trial.errors
    .map((error) => (Number.isFinite(error) ? error : Infinity))
    .toSorted((a, b) => a - b);
  return {
    ...{ draws: sorted.length, samples: trial.samples },
    ...{ lower: quantile(sorted, 0.25), median: quantile(sorted, 0.5), upper: quantile(sorted, 0.75) },
  };
}
