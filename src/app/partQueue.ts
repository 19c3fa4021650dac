/**
 * What is computed again after a change: parts in their order, one after the other, each after a moment of quiet. A
 * part that is asked for again meanwhile waits anew.
 */
interface PartQueueSpec<Part extends string> {
  /** In the order in which they are computed. */
  parts: readonly Part[];
  /** Milliseconds of quiet after the last change before a part is computed. */
  quiet: Readonly<Record<Part, number>>;
  work: Readonly<Record<Part, () => Promise<void>>>;
  /** After each part, done or not. */
  onStep?: () => void;
}

export interface PartQueue<Part extends string> {
  /** Computes them as soon as what is at work is done. */
  compute: (parts: Iterable<Part>) => void;
  /** Computes it after a moment of quiet. */
  schedule: (part: Part) => void;
  /** No longer waits with it; what is at work goes on. */
  drop: (part: Part) => void;
  dropAll: () => void;
  /** Whether it waits for its moment or its turn. */
  isWaiting: (part: Part) => boolean;
}

export function createPartQueue<Part extends string>(spec: PartQueueSpec<Part>): PartQueue<Part> {
  const { parts, quiet, work, onStep = () => undefined } = spec;
  const timers = new Map<Part, ReturnType<typeof setTimeout>>();
  const ready = new Set<Part>();
  let isDraining = false;

  async function drain(): Promise<void> {
    if (isDraining) return;
    isDraining = true;
    try {
      for (let part = next(); part !== undefined; part = next()) {
        ready.delete(part);
        await work[part]();
        onStep();
      }
    } finally {
      isDraining = false;
    }
  }

  function next(): Part | undefined {
    return parts.find((part) => ready.has(part));
  }

  function drop(part: Part): void {
    clearTimeout(timers.get(part));
    timers.delete(part);
    ready.delete(part);
  }

  return {
    compute(some) {
      for (const part of some) {
        drop(part);
        ready.add(part);
      }
      void drain();
    },
    schedule(part) {
      drop(part);
      const isDue = (): void => {
        timers.delete(part);
        ready.add(part);
        void drain();
      };
      timers.set(part, setTimeout(isDue, quiet[part]));
    },
    drop,
    dropAll: () => parts.forEach(drop),
    isWaiting: (part) => timers.has(part) || ready.has(part),
  };
}
