/** What the draws of a contender came to in a contest. */
import type { ContestReport } from '../../../contracts/contest.ts';

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
  const at = (share: number): number => {
    const place = share * (sorted.length - 1);
    const [low, high] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
    return low === high ? low : low + (high - low) * (place % 1);
  };
  return {
    ...{ draws: sorted.length, samples: trial.samples },
    ...{ lower: at(0.25), median: at(0.5), upper: at(0.75) },
  };
}
