/** The pulse of one call in a worker: when to come up for air, and what to tell the page. */
import { LabError } from '../core/errors.ts';
import type { Progress, Pulse } from '../core/pulse.ts';

export interface CallPulse extends Pulse {
  /** Makes the work end at its next beat. */
  cancel(): void;
}

/** Milliseconds of work between beats: far below the 200 ms in which a cancel is to be acknowledged. */
const BEAT_MS = 40;
/** Milliseconds between two progress messages. */
const REPORT_MS = 100;

/**
 * Lets waiting messages in. Timers are clamped to 4 ms or, in hidden pages, to a second, and animation frames stop;
 * a message port is not slowed down.
 */
function yieldToMessages(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

/** @param report sends progress to the page; called at most about ten times a second */
export function createCallPulse(report: (progress: Progress) => void): CallPulse {
  let cancelled = false;
  let lastBeat = performance.now();
  let lastReport = -Infinity;

  function stopIfCancelled(): void {
    if (cancelled) throw new LabError('CANCELLED', 'The work was cancelled.');
  }

  return {
    due: () => cancelled || performance.now() - lastBeat >= BEAT_MS,
    async beat(progress) {
      stopIfCancelled();
      const now = performance.now();
      if (now - lastReport >= REPORT_MS) {
        lastReport = now;
        report(progress);
      }
      await yieldToMessages();
      lastBeat = performance.now();
      stopIfCancelled();
    },
    cancel() {
      cancelled = true;
    },
  };
}
