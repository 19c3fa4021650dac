/**
 * How long work stays interruptible without knowing who interrupts it: it asks `due()` once per chunk and, when it is
 * time, awaits `beat()`, which reports progress, lets messages in, and throws CANCELLED when the call was cancelled.
 */

/** Progress of a long task. */
export interface Progress {
  /** What is being done, a few words: "Reading rows". */
  phase: string;
  done: number;
  /** Total in the same unit, or null while it is unknown. */
  total: number | null;
  /** Unit of done and total: "rows", "bytes", "bits", "iterations", "runs". */
  unit: string;
  /** Share of the work, 0…1, where it is not done / total: runs of unequal length. */
  share?: number;
}

export interface Pulse {
  /** Whether it is time to beat; cheap enough for every chunk of about a millisecond. */
  due(): boolean;
  /** Reports, yields to the event loop, and rejects with CANCELLED when the work should end. */
  beat(progress: Progress): Promise<void>;
}

/** For work that nobody watches: never due. */
export const SILENT_PULSE: Pulse = {
  due: () => false,
  beat: () => Promise.resolve(),
};
