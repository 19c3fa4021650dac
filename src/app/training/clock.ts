/** The progress of a run as a whole, made of what the worker reports of one epoch after the other. */
import type { Progress } from '../../contracts/progress.ts';
import type { TrainingRun } from '../../contracts/training.ts';
import type { TaskProgress } from '../../stations/lab/task.ts';
import { secondsLeft, shareDone } from '../../stations/training/pace.ts';

/** Milliseconds of steps after which an epoch that is not done says how long it takes. */
const MEASURED_AFTER = 1_000;

/** @returns what a report comes to at a time in milliseconds, with the run as it is known by then */
export function createRunClock(): (run: TrainingRun, progress: Progress, now: number) => TaskProgress {
  /** Epochs done when the steps of this one began to be counted, when that was, and how far it was and is. */
  let epoch = { done: -1, at: 0, from: 0, share: 0 };

  return (run, progress, now) => {
    const done = run.epochs.length + (run.selection?.pretrained ?? 0);
    const share = progress.unit === 'steps' && progress.total ? progress.done / progress.total : null;
    if (done !== epoch.done) epoch = { done, at: now, from: share ?? 0, share: share ?? 0 };
    else if (share !== null && epoch.share === 0) epoch = { ...epoch, at: now, from: share, share };
    else if (share !== null) epoch = { ...epoch, share };
    const elapsed = now - epoch.at;
    const gained = epoch.share - epoch.from;
    const clock = elapsed >= MEASURED_AFTER && gained > 0 ? elapsed / 1000 / gained : null;
    const at = { share: epoch.share, clock };
    const left = secondsLeft(run, at);
    return {
      ...progress,
      share: shareDone(run, at),
      ...(left !== null && { left }),
      ...paceOf(run, progress, now),
    };
  };
}

/** The rate of steps is that of the epoch before: steadier than that of an epoch that has hardly begun. */
function paceOf(
  { epochs }: TrainingRun,
  { done, unit }: Progress,
  now: number,
): Pick<TaskProgress, 'startedAt' | 'startedFrom' | 'updatedAt'> {
  const last = unit === 'steps' ? epochs.at(-1) : undefined;
  const seconds = last === undefined ? 0 : last.seconds.wait + last.seconds.train;
  return { startedAt: now - 1000 * seconds, startedFrom: done - (last?.steps ?? 0), updatedAt: now };
}
