/** What the trials of several splits say of one contender at one size. */
import { quartilesOf } from '../quantiles.ts';
import { errorRatio } from '../regression/scores.ts';

/** One contender at one β on one split, and what its ratios are taken to. */
export interface JudgedTrial {
  contender: string;
  beta: number;
  samples: number;
  /** Error on the judging records, one per draw. */
  errors: readonly number[];
}

export interface JudgedSplit {
  /** Training on all records. */
  full: { error: number };
  /** Error of always predicting the same. */
  floor: number;
  trials: readonly JudgedTrial[];
}

export interface Point {
  contender: string;
  beta: number;
  /** Mean over the splits. */
  samples: number;
  /**
   * Error ÷ full's of the same split: the mean over the splits where there is one draw for each, else the median over
   * all draws of all splits. Infinity where an error is no finite number.
   */
  ratio: number;
  /** Of the same ratios. */
  quartiles: [number, number];
  /** Ratios that it is made of. */
  count: number;
}

/** The points of all trials, in the order of the first split's. */
export function pointsOf(splits: readonly JudgedSplit[]): Point[] {
  const groups = new Map<string, { trial: JudgedTrial; samples: number[]; ratios: number[] }>();
  for (const { full, floor, trials } of splits) {
    for (const trial of trials) {
      const key = `${trial.beta} ${trial.contender}`;
      const group = groups.get(key) ?? { trial, samples: [], ratios: [] };
      groups.set(key, group);
      group.samples.push(trial.samples);
      for (const error of trial.errors) group.ratios.push(errorRatio(error, full.error, floor));
    }
  }
  return [...groups.values()].map(({ trial: { contender, beta }, samples, ratios }) => {
    const { lower, median, upper } = quartilesOf(ratios);
    const ratio = ratios.length > samples.length ? median : mean(ratios);
    return {
      contender,
      beta,
      samples: mean(samples),
      ratio: Number.isFinite(ratio) ? ratio : Infinity,
      quartiles: [lower, upper],
      count: ratios.length,
    };
  });
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
