/** How far the records can be shrunk: the card that Learn and Sweep show. */
import type { Answer, Point } from '../../contracts/answer.ts';
import type { Task } from './task.ts';

/** What is known of how far the records can be shrunk; kept for the visit. */
export interface AnswerState {
  /** Stale where the settings that it depends on (β does not count) have changed. */
  task: Task<Answer>;
  /** Seconds that it is estimated to take, where it waits for a press; null where it does not wait. */
  waits: number | null;
  /** Whether it always waits for a press, which the browser remembers. */
  isWhenAsked: boolean;
  /** Costlier contenders at the recommended size alone, on the test records. */
  rivals: Task<Point[]>;
}

export interface AnswerActions {
  /** Looks for the smallest samples that are enough, however long it takes. */
  findAnswer: () => Promise<void>;
  cancelAnswer: () => void;
  /** Whether it waits for a press from now on. Where it need not, it starts where it would have. */
  waitWithAnswer: (isWhenAsked: boolean) => void;
  /** Tries the costlier contenders at the recommended size. */
  findRivals: () => Promise<void>;
  cancelRivals: () => void;
  /** Takes a β over; can be undone for some seconds. */
  takeBeta: (beta: number) => void;
}
