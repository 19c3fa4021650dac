/** A result that a worker computes, as views see it. */
import type { ErrorReport } from '../../contracts/errors.ts';
import type { Progress } from '../../contracts/progress.ts';

/** A long task's progress with the clock it needs for rate and time left. */
export interface TaskProgress extends Progress {
  /** When this phase began, in milliseconds, and what was done by then. */
  startedAt: number;
  startedFrom: number;
  updatedAt: number;
  /** Seconds that are left, of a task that foresees them; else its rate says so. */
  left?: number;
}

/** A result that is computed in a worker: the last good value stays visible while a new one is made. */
export interface Task<T> {
  status: 'idle' | 'running' | 'done' | 'failed' | 'cancelled';
  value: T | null;
  /** Something upstream changed since `value` was computed. */
  stale: boolean;
  progress: TaskProgress | null;
  error: ErrorReport | null;
}

/** An empty task, not started. */
export function idleTask<T>(): Task<T> {
  return { status: 'idle', value: null, stale: false, progress: null, error: null };
}
