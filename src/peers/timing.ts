/** How times are taken: warm, as a median, within a budget, and without the pauses in which messages are let in. */
import type { Progress, Pulse } from '../core/pulse.ts';
import { median } from '../core/quantiles.ts';
import { createGenerator, permutation } from '../core/random.ts';

/** Reads single records from bytes in memory. */
interface ReadableRecords {
  /** A promise of a record is waited for. */
  fetch(row: number): unknown;
}

/** How much time is spent on taking times. */
export interface Effort {
  /** Most warm runs, and milliseconds after which no further one is begun. */
  runs: number;
  budgetMilliseconds: number;
  /** Milliseconds in which records are read. */
  readsMilliseconds: number;
}

export const CAREFUL: Effort = { runs: 5, budgetMilliseconds: 1_500, readsMilliseconds: 200 };
/** Every direction once, cold. */
export const QUICK: Effort = { runs: 0, budgetMilliseconds: 0, readsMilliseconds: 60 };
/** As little as gives a figure, of which nothing is to be learned. */
export const LEAST: Effort = { ...QUICK, readsMilliseconds: 0 };

/** Records among which reads are drawn, milliseconds that a batch of them has to take, and most reads of a batch. */
const DRAWN = 4_096;
const BATCH_MS = 4;
const MOST_READS = 65_536;

/** Counts the time in which work is done. */
class WorkClock implements Pulse {
  milliseconds = 0;
  private started = 0;
  private readonly pulse: Pulse;
  private readonly progress: Progress;

  /** @param progress what is reported in place of what the work says of itself */
  constructor(pulse: Pulse, progress: Progress) {
    this.pulse = pulse;
    this.progress = progress;
  }

  due(): boolean {
    return this.pulse.due();
  }

  async beat(): Promise<void> {
    this.milliseconds += performance.now() - this.started;
    await this.pulse.beat(this.progress);
    this.started = performance.now();
  }

  /** @returns milliseconds that `work` took, and what it gave */
  async time<T>(work: () => Promise<T>): Promise<{ milliseconds: number; value: T }> {
    this.milliseconds = 0;
    this.started = performance.now();
    const value = await work();
    return { milliseconds: this.milliseconds + performance.now() - this.started, value };
  }
}

/**
 * Runs work once cold and then, where the budget allows it, some times warm.
 *
 * @returns median of the warm seconds, or the cold ones when there was no time for more; the first run's value
 */
export async function timeWork<T>(
  work: (clock: Pulse) => Promise<T>,
  effort: Effort,
  pulse: Pulse,
  progress: Progress,
): Promise<{ seconds: number; value: T }> {
  const clock = new WorkClock(pulse, progress);
  await pulse.beat(progress);
  const { milliseconds: cold, value } = await clock.time(() => work(clock));
  const warm: number[] = [];
  for (let spent = cold; warm.length < effort.runs && spent + cold <= effort.budgetMilliseconds;) {
    await pulse.beat(progress);
    const { milliseconds } = await clock.time(() => work(clock));
    warm.push(milliseconds);
    spent += milliseconds;
  }
  return { seconds: (warm.length === 0 ? cold : median(warm)) / 1000, value };
}

/**
 * Reads records drawn by a fixed generator, after a read to warm up.
 *
 * @returns microseconds for one record: the median over batches of some milliseconds each
 */
export async function timeRecords(
  source: ReadableRecords,
  rows: number,
  effort: Effort,
  pulse: Pulse,
  progress: Progress,
): Promise<number> {
  const drawn = permutation(rows, createGenerator(1)).subarray(0, DRAWN);
  let next = 0;
  const read = async (count: number): Promise<number> => {
    const started = performance.now();
    for (let k = 0; k < count; k++) {
      const record = source.fetch(drawn[next]);
      next = (next + 1) % drawn.length;
      if (record instanceof Promise) await record;
    }
    return performance.now() - started;
  };
  await pulse.beat(progress);
  await read(1);
  let count = 1;
  const means: number[] = [];
  for (let spent = 0; spent < effort.readsMilliseconds || means.length === 0;) {
    await pulse.beat(progress);
    const took = await read(count);
    spent += took;
    // Batches grow until the clock can tell them apart, and those before are forgotten.
    if (took < BATCH_MS && count < MOST_READS) count *= 2;
    else means.push(took / count);
  }
  return median(means) * 1000;
}
