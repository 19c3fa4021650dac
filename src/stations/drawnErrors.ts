/** What the draws of a contender came to in a contest. */
import { quartilesOf, type ContestReport, type Quartiles } from '../contracts/contest.ts';

export interface DrawnErrors extends Quartiles {
  draws: number;
  /** Samples of a draw. */
  samples: number;
}

/** Of the one size that was drawn; null where there is no such contender. */
export function drawnErrors({ trials }: ContestReport, contender: string): DrawnErrors | null {
  const trial = trials.find((one) => one.contender === contender);
  if (trial === undefined || trial.errors.length === 0) return null;
  return { draws: trial.errors.length, samples: trial.samples, ...quartilesOf(trial.errors) };
}
