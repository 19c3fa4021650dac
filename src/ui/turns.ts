/** Work on the page in tasks of its own, so that none of them is long while workers share the machine. */
import { flushSync } from 'react-dom';

/** Updates that wait for a task of their own. */
const waiting: (() => void)[] = [];
let scheduled = false;

/** Milliseconds of work after which the rest waits for another task. */
const TURN_MS = 8;

/** Carries out what waits, rendered at once, so that what it took is known before the next is begun. */
function next(): void {
  const started = performance.now();
  do flushSync(() => waiting.shift()?.());
  while (waiting.length > 0 && performance.now() - started < TURN_MS);
  scheduled = waiting.length > 0;
  if (scheduled) setTimeout(next, 0);
}

/** Runs an update after those that asked before, sharing a task with them only while that stays short. */
export function takeTurn(update: () => void): void {
  waiting.push(update);
  if (scheduled) return;
  scheduled = true;
  setTimeout(next, 0);
}
