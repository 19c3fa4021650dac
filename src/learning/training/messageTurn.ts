/** Letting messages in between two steps, and waiting for a promise without going silent. */
import type { Progress, Pulse } from '../../core/pulse.ts';

export interface MessageTurns {
  /**
   * Resolves after the messages that wait now. Not by a timer (4 ms at least, a second in hidden pages) nor by an
   * animation frame (none in hidden pages).
   */
  turn(): Promise<void>;
  close(): void;
}

/** Node has its own way, and there a port that always has a message waiting would keep the others from being heard. */
const { setImmediate: nodeTurn } = globalThis as { setImmediate?: (resume: () => void) => unknown };

/** One port for all turns: a port for each would leave work for the garbage collector after every step. */
export function createMessageTurns(): MessageTurns {
  if (nodeTurn !== undefined) {
    return {
      turn: () =>
        new Promise((resolve) => {
          nodeTurn(resolve);
        }),
      close: () => undefined,
    };
  }
  const { port1, port2 } = new MessageChannel();
  let resume: (() => void) | null = null;
  port1.onmessage = () => {
    const resolve = resume;
    resume = null;
    resolve?.();
  };
  return {
    turn: () =>
      new Promise((resolve) => {
        resume = resolve;
        port2.postMessage(null);
      }),
    close() {
      port1.close();
      port2.close();
    },
  };
}

/** Milliseconds after which someone who waits gives a sign of life, and hears that it is to end. */
const TICK_MS = 50;

/**
 * Waits for a promise, and for the pulse in between.
 *
 * @throws what the promise rejects with, and CANCELLED by the pulse; the promise is then left alone
 */
export async function waitFor<T>(promise: Promise<T>, pulse: Pulse, progress: Progress): Promise<T> {
  let isSettled = false;
  const settled = promise.finally(() => {
    isSettled = true;
  });
  settled.catch(() => undefined);
  for (;;) {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tick = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, TICK_MS);
    });
    // What it rejects with is thrown below, once the timer is gone.
    await Promise.race([settled.catch(() => undefined), tick]);
    clearTimeout(timer);
    if (isSettled) return settled;
    if (pulse.due()) await pulse.beat(progress);
  }
}
