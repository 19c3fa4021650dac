/** Tells a hung worker from a slow one: by silence, measured against the longest silence that it came back from. */

export interface Watchdog {
  /** Starts counting silence; does nothing while it is counting. */
  watch(): void;
  /** A sign of life. */
  heard(): void;
  /** Stops counting, and forgets how slow the work was. */
  rest(): void;
}

const TICK_MS = 1_000;

/**
 * Silence is counted in ticks, each worth little more than its nominal length, so that time in which this page was
 * itself frozen (hidden tab, closed laptop) is not held against the worker.
 * @param limitMs silence that is always allowed; three times the longest silence so far is allowed too
 */
export function createWatchdog(limitMs: number, onHung: (silentMs: number) => void): Watchdog {
  const tickMs = Math.min(TICK_MS, limitMs / 4);
  let timer: ReturnType<typeof setInterval> | null = null;
  let lastTick = 0;
  let silence = 0;
  let longestGap = 0;

  function count(): void {
    const now = performance.now();
    silence += Math.min(now - lastTick, 2 * tickMs);
    lastTick = now;
  }

  function rest(): void {
    if (timer !== null) clearInterval(timer);
    timer = null;
    silence = 0;
    longestGap = 0;
  }

  function tick(): void {
    count();
    if (silence <= Math.max(limitMs, 3 * longestGap)) return;
    const silentMs = silence;
    rest();
    onHung(silentMs);
  }

  return {
    watch() {
      if (timer !== null) return;
      lastTick = performance.now();
      timer = setInterval(tick, tickMs);
    },
    heard() {
      if (timer === null) return;
      count();
      longestGap = Math.max(longestGap, silence);
      silence = 0;
    },
    rest,
  };
}
