/** One line of the rail: a station's result, or what runs there. */
import type { ErrorReport } from '../contracts/errors.ts';
import type { Task, TaskProgress } from '../stations/lab/task.ts';
import { progressWords } from '../ui/progress.ts';

export interface Headline extends Said {
  isBusy: boolean;
  /** While busy: what it is at, or how long still. */
  busyWith: string;
  /** 0…1 while busy, or null when it cannot be told. */
  share: number | null;
  isStale: boolean;
  error: ErrorReport | null;
}

export interface Said {
  value: string;
  /** What stands for the value where eight letters have room and the note has none. */
  short?: string;
  note: string;
}

export const NOTHING = '–';

export function fromTask<T>(task: Task<T>, words: (value: T) => Said): Headline {
  const said = task.value === null ? { value: NOTHING, note: '' } : words(task.value);
  return {
    ...said,
    ...busyness(task.status === 'running', task.progress),
    isStale: task.stale,
    error: task.error,
  };
}

/** The line while something beside its own task is at work there. */
export function besides(headline: Headline, others: readonly Task<unknown>[]): Headline {
  const running = headline.isBusy ? undefined : others.find(({ status }) => status === 'running');
  return running === undefined ? headline : { ...headline, ...busyness(true, running.progress) };
}

export function busyness(
  isBusy: boolean,
  progress: TaskProgress | null,
): Pick<Headline, 'isBusy' | 'busyWith' | 'share'> {
  if (!isBusy) return { isBusy, busyWith: '', share: null };
  if (progress === null) return { isBusy, busyWith: 'starting', share: null };
  const { share, left } = progressWords(progress);
  return { isBusy, busyWith: left === '' ? progress.phase.toLowerCase() : left, share };
}
