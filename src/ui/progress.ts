/** What a progress display says: share done, rate and time left, from a task's numbers alone. */
import { formatBytes, formatCount, formatTimeLeft } from './format.ts';

export interface ProgressView {
  phase: string;
  done: number;
  total: number | null;
  unit: string;
  /** Milliseconds on one clock. */
  startedAt: number;
  /** What was done at startedAt. */
  startedFrom: number;
  updatedAt: number;
  /** Share of the work, 0…1, where it is not done / total: runs of unequal length. */
  share?: number;
  /** Seconds that are left, where the task foresees them. */
  left?: number;
}

export interface ProgressWords {
  /** 0…1, or null while the total is unknown. */
  share: number | null;
  /** "3,000 of 10,000 iterations" */
  amount: string;
  /** "12,400 iterations/s", empty until it can be told. */
  rate: string;
  /** "about 14 s left", empty until it can be told. */
  left: string;
}

/** Shortest time over which a rate is worth stating, in milliseconds. */
const SETTLED = 300;

/** Amount a second, or null until it can be told. */
function ratePerSecond({ done, startedAt, startedFrom, updatedAt }: ProgressView): number | null {
  const elapsed = updatedAt - startedAt;
  const gained = done - startedFrom;
  return elapsed >= SETTLED && gained > 0 ? (gained / elapsed) * 1000 : null;
}

/** Seconds that are left at the measured rate, or null until they can be told. */
export function secondsLeft(progress: ProgressView): number | null {
  const { share, done, total, startedAt, updatedAt, left } = progress;
  if (left !== undefined) return left;
  if (share !== undefined) {
    const elapsed = updatedAt - startedAt;
    const isTellable = elapsed >= SETTLED && share > 0 && share < 1;
    return isTellable ? ((1 / share - 1) * elapsed) / 1000 : null;
  }
  const perSecond = ratePerSecond(progress);
  return perSecond === null || total === null || done >= total ? null : (total - done) / perSecond;
}

export function progressWords(progress: ProgressView): ProgressWords {
  const { done, total, unit } = progress;
  const amountOf = (value: number) => (unit === 'bytes' ? formatBytes(value) : formatCount(value));
  const suffix = unit === 'bytes' ? '' : ` ${unit}`;
  const perSecond = ratePerSecond(progress);
  const share = progress.share ?? (total !== null && total > 0 ? Math.min(1, done / total) : null);
  return {
    share,
    amount: amountWords(),
    rate: rateWords(),
    left: leftWords(),
  };

  function amountWords(): string {
    if (total !== null) return `${amountOf(done)} of ${amountOf(total)}${suffix}`;
    return done > 0 ? `${amountOf(done)}${suffix}` : '';
  }

  function rateWords(): string {
    if (perSecond === null) return '';
    if (unit === 'bytes') return `${formatBytes(perSecond)}/s`;
    return perSecond >= 10 ? `${formatCount(perSecond)} ${unit}/s` : '';
  }

  function leftWords(): string {
    const seconds = secondsLeft(progress);
    return seconds === null ? '' : formatTimeLeft(seconds);
  }
}
