/** Times of training in words: medians of repeated runs, and ratios only where both sides can be told from nothing. */
import type { Disturbance, TimedTraining } from '../../lab/learn.ts';
import { formatCount, formatSeconds } from '../../../ui/format.ts';

/** Shorter times say nothing, in seconds: the browser's clock has steps of a tenth of that, or more. */
const TELLING = 0.001;

/** A median as tables and sentences write it. */
export function medianWords(seconds: number): string {
  return seconds < TELLING ? '<\u202f1\u202fms' : formatSeconds(seconds);
}

const DISTURBANCES: Record<Disturbance, string> = {
  hidden: 'the page was hidden meanwhile',
  busy: 'something else was at work meanwhile',
  spread: 'the runs differ by more than twice',
};

/** Why these times say little, or null. */
export function disturbanceWords({ disturbed }: TimedTraining): string | null {
  return disturbed === null ? null : `Disturbed: ${DISTURBANCES[disturbed]}.`;
}

/** What training takes, and how that compares where it can be compared. */
export function timesWords(times: TimedTraining): string {
  const { full, condensed, making, disturbed } = times;
  const own = medianWords(condensed.median);
  const part = medianWords(making) === own ? 'nearly all' : medianWords(making);
  const made = making < TELLING ? '' : `, ${part} of it to make them`;
  const sentence = `Condensed samples took ${own}${made}; all records ${medianWords(full.median)}`;
  const each = [...new Set([condensed.repeats, full.repeats])].map(formatCount).join(' and ');
  const runs = `Medians of ${each} runs.`;
  const isTelling = disturbed === null && full.median >= TELLING && condensed.median >= TELLING;
  return `${sentence}${isTelling ? `: training was ${speedWords(full.median / condensed.median)}` : ''}. ${runs}`;
}

function speedWords(ratio: number): string {
  if (ratio >= 1.05) return `${factor(ratio)} times as fast`;
  if (ratio <= 0.95) return `${factor(1 / ratio)} times as slow`;
  return 'as fast';
}

function factor(ratio: number): string {
  return ratio >= 9.95 ? formatCount(ratio) : ratio.toFixed(1);
}
