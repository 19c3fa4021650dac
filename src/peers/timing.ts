/** How times are taken: warm, as a median, within a budget, and without the pauses in which messages are let in. */
import type { Progress, Pulse } from '../core/pulse.ts';
import { createGenerator, permutation } from '../core/random.ts';
import type { RecordSource } from './peer.ts';

/** Most warm runs, and milliseconds after which no further one is begun. */
const RUNS = 5;
const BUDGET_MS = 1_500;

/** Milliseconds over which reads of records are averaged. */
const READS_MS = 250;
/** Records among which reads are drawn, and most reads between two looks at the clock. */
const DRAWN = 4_096;
const MOST_READS = 65_536;

/** Counts the time in which work is done. */
export class WorkClock implements Pulse {
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

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1];
}

/**
 * Runs work once cold and then, where the budget allows it, up to five times warm.
 *
 * @returns median of the warm seconds, or the cold ones when there was no time for more; the first run's value
 */
export async function timeWork<T>(
  work: (clock: Pulse) => Promise<T>,
  pulse: Pulse,
  progress: Progress,
): Promise<{ seconds: number; value: T }> {
  const clock = new WorkClock(pulse, progress);
  await pulse.beat(progress);
  const { milliseconds: cold, value } = await clock.time(() => work(clock));
  const warm: number[] = [];
  for (let spent = cold; warm.length < RUNS && spent + cold <= BUDGET_MS;) {
    await pulse.beat(progress);
    const { milliseconds } = await clock.time(() => work(clock));
    warm.push(milliseconds);
    spent += milliseconds;
  }
  return { seconds: (warm.length === 0 ? cold : median(warm)) / 1000, value };
}

/** @returns mean microseconds of reading one record, drawn by a fixed generator, after a read to warm up */
export async function timeRecords(
  source: RecordSource,
  rows: number,
  pulse: Pulse,
  progress: Progress,
): Promise<number> {
  const drawn = permutation(rows, createGenerator(1)).subarray(0, DRAWN);
  let next = 0;
  const read = async (count: number): Promise<number> => {
    const started = performance.now();
    for (let k = 0; k < count; k++) {
      const cells = source.fetch(drawn[next]);
      next = (next + 1) % drawn.length;
      if (cells instanceof Promise) await cells;
    }
    return performance.now() - started;
  };
  await pulse.beat(progress);
  await read(1);
  let reads = 0;
  let milliseconds = 0;
  for (let count = 1; milliseconds < READS_MS; count = Math.min(MOST_READS, count * 2)) {
    await pulse.beat(progress);
    milliseconds += await read(count);
    reads += count;
  }
  return (milliseconds * 1000) / reads;
}
