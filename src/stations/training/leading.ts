/** The run that the page leads with: rail and headline speak of the same one. */
import { type EpochReport, type TrainingRun, usesFraction } from '../../contracts/training.ts';
import type { TrainingState } from '../lab/training.ts';
import { isFinished } from './results.ts';

/** The last look at the test pictures, or null before the first. */
export function latestTest(run: TrainingRun): (NonNullable<EpochReport['test']> & { epoch: number }) | null {
  const epoch = run.epochs.findLast(({ test }) => test !== null);
  if (epoch?.test != null) return { ...epoch.test, epoch: epoch.epoch };
  const { evaluation } = run;
  return evaluation === null
    ? null
    : { accuracy: evaluation.accuracy, loss: evaluation.loss, epoch: evaluation.epoch };
}

/**
 * The finished run that says most: the chosen one, else the newest that saw a share of the pictures, since full training
 * is what the others are measured against; else the newest.
 */
export function leadingRun({
  runs,
  selected,
}: Pick<TrainingState, 'runs' | 'selected'>): TrainingRun | undefined {
  const finished = runs.filter(isFinished);
  return (
    finished.find(({ id }) => id === selected) ??
    finished.findLast(({ settings }) => usesFraction(settings.method)) ??
    finished.at(-1)
  );
}

/** Whether a finished run is the last of several. */
export function isNewestOfMany(run: TrainingRun, runs: readonly TrainingRun[]): boolean {
  const finished = runs.filter(isFinished);
  return finished.length > 1 && finished.at(-1)?.id === run.id;
}
