/** Which of the runs are shown: one in detail, and no more in a figure than can be told apart. */
import type { TrainingRun } from '../../../contracts/training.ts';

/** The run whose details are shown: the chosen one, else the one at work, else the last. */
export function shownRun({
  runs,
  selected,
  active,
}: {
  runs: readonly TrainingRun[];
  selected: string | null;
  active: string | null;
}): TrainingRun | null {
  const of = (id: string | null) => (id === null ? undefined : runs.find((run) => run.id === id));
  return of(selected) ?? of(active) ?? runs.at(-1) ?? null;
}

/** More lines than this are not told apart at a glance. */
export const MOST_DRAWN = 12;

/** A run with its number among all, by which it has its look. */
export interface DrawnRun {
  run: TrainingRun;
  index: number;
}

/** The runs of a figure with their numbers among all: the last ones, and the one whose details are shown. */
export function drawnRuns(runs: readonly TrainingRun[], shown: string | null, isAll: boolean): DrawnRun[] {
  const first = isAll ? 0 : runs.length - MOST_DRAWN;
  return runs
    .map((run, index) => ({ run, index }))
    .filter(({ run, index }) => index >= first || run.id === shown);
}
