/** One result that a worker computes: at most one run at a time, the last good value kept, progress with a clock. */
import type { CallOptions } from '../contracts/workerCalls.ts';
import { LabError } from '../contracts/errors.ts';
import type { Progress } from '../contracts/progress.ts';
import { idleTask, type Task, type TaskProgress } from '../stations/lab/task.ts';

/** Where a task lives in the state. */
export interface Slot<T> {
  read: () => Task<T>;
  write: (task: Task<T>) => void;
}

export interface TaskRunner<T> {
  /**
   * Runs `work` in place of a run in progress. Resolves with null when it failed, was cancelled or replaced.
   *
   * @param isTooLong asked at every report: a run that takes too long is cancelled
   */
  run: (
    work: (options: Required<CallOptions>) => Promise<T>,
    isTooLong?: (progress: TaskProgress) => boolean,
  ) => Promise<T | null>;
  /** The user's stop: what was there before stays. */
  cancel: () => void;
  /** Something upstream changed: a run in progress ends, the value stays and is marked. */
  outdate: () => void;
  /** Another dataset: nothing stays. */
  clear: () => void;
}

/** Progress with its clock: a new phase starts a clock of its own. */
export function timed(previous: TaskProgress | null, progress: Progress, now: number): TaskProgress {
  const isSame = previous !== null && previous.phase === progress.phase && previous.unit === progress.unit;
  return {
    ...progress,
    startedAt: isSame ? previous.startedAt : now,
    startedFrom: isSame ? previous.startedFrom : progress.done,
    updatedAt: now,
  };
}

export function createTaskRunner<T>(slot: Slot<T>): TaskRunner<T> {
  let current: AbortController | null = null;

  function update(change: Partial<Task<T>>): void {
    slot.write({ ...slot.read(), ...change });
  }

  function stop(): boolean {
    const wasRunning = current !== null;
    current?.abort();
    current = null;
    return wasRunning;
  }

  function cancel(): void {
    if (stop()) update({ status: 'cancelled', progress: null });
  }

  return {
    async run(work, isTooLong = () => false) {
      stop();
      const mine = new AbortController();
      current = mine;
      update({ status: 'running', progress: null, error: null });
      try {
        const value = await work({
          signal: mine.signal,
          onProgress: (progress) => {
            if (current !== mine) return;
            const clocked = timed(slot.read().progress, progress, Date.now());
            if (isTooLong(clocked)) cancel();
            else update({ progress: clocked });
          },
        });
        if (current !== mine) return null;
        current = null;
        slot.write({ status: 'done', value, stale: false, progress: null, error: null });
        return value;
      } catch (thrown) {
        if (current !== mine) return null;
        current = null;
        const error = LabError.from(thrown);
        if (error.code === 'CANCELLED') update({ status: 'cancelled', progress: null });
        else update({ status: 'failed', progress: null, error: error.report() });
        return null;
      }
    },
    cancel,
    outdate() {
      stop();
      const { status, value, stale, progress, error } = slot.read();
      const hasValue = value !== null;
      const next = hasValue ? 'done' : 'idle';
      // Under a drag it is outdated at every step: what is so already tells nobody anything.
      if (status === next && stale === hasValue && progress === null && error === null) return;
      update({ status: next, stale: hasValue, progress: null, error: null });
    },
    clear() {
      stop();
      slot.write(idleTask());
    },
  };
}
