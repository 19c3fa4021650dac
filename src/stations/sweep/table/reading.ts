/** What a sweep over β says: from which β on condensed samples come close enough to full training. */
import type { SweepPlan } from '../../../contracts/link.ts';
import { formatCount, formatPlural } from '../../../ui/format.ts';
import type { SweepRow } from './summary.ts';

/** What counts as close: the mean ratio of errors to full training, at the exact optimum. */
const CLOSE = 1.05;

export interface SweepReading {
  /** Whether it comes close at all, as far as was tried. */
  isClose: boolean;
  /** The least β from which on every larger one comes close, or else the largest that was tried. */
  beta: number;
  /** Condensed samples there, mean over the splits. */
  samples: number;
}

/** Whether β is what was swept over, and nothing else. */
export function readsBeta({ axes }: SweepPlan): boolean {
  return axes.length === 1 && axes[0].name === 'beta';
}

/** Null where β is not what was swept over, or nothing is known of it yet. */
export function readSweep(plan: SweepPlan, rows: readonly SweepRow[]): SweepReading | null {
  if (!readsBeta(plan)) return null;
  const known = rows.filter(({ scores }) => scores.exact.ratio !== undefined);
  const last = known.at(-1);
  if (last === undefined) return null;
  const far = known.findLastIndex(({ scores }) => (scores.exact.ratio?.mean ?? Infinity) > CLOSE);
  const row = known.at(far + 1) ?? last;
  return {
    isClose: far < known.length - 1,
    beta: Number(row.point[0]),
    samples: row.samples.mean,
  };
}

/** "Within 5 % of full from β = 19 (318 samples) on" */
export function readingWords({ isClose, beta, samples }: SweepReading): string {
  const at = `β = ${formatCount(beta)} (${formatPlural(Math.round(samples), 'sample')})`;
  return isClose ? `Within 5\u202f% of full from ${at} on` : `Not within 5\u202f% of full up to ${at}`;
}
