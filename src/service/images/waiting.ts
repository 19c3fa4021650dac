/** Waiting for another worker without falling silent. */
import type { Pulse } from '../../core/pulse.ts';

/** Milliseconds after which someone who waits gives a sign of life, and hears that it is to end. */
const TICK_MS = 100;

/**
 * Waits for the answer, and for the pulse in between.
 *
 * @param unit of what is waited for, in the plural
 * @throws CANCELLED by the pulse, or what the answer throws
 */
export async function watched<T>(answer: Promise<T>, pulse: Pulse, phase: string, unit: string): Promise<T> {
  let isThere = false;
  const settled = answer.finally(() => {
    isThere = true;
  });
  settled.catch(() => undefined);
  for (;;) {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tick = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, TICK_MS);
    });
    await Promise.race([settled, tick]);
    clearTimeout(timer);
    if (isThere) return settled;
    if (pulse.due()) await pulse.beat({ phase, done: 0, total: null, unit });
  }
}
