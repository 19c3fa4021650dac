/** How long training takes: repeated runs to the optimum, of all records and of the condensed samples. */
import type { Pulse } from '../pulse.ts';
import { runExact, samplesOf } from './training.ts';
import type { ExperimentSettings } from './settings.ts';
import type { Workbench } from './workbench.ts';

/** Runs of a side, more of them until they have taken this many seconds; fewer where one takes longer than that. */
const LEAST = 5;
const LEAST_LONG = 3;
const MOST = 25;
const ENOUGH_SECONDS = 1;

/** Seconds of runs of the same work. */
export interface Timing {
  median: number;
  quartiles: [lower: number, upper: number];
  repeats: number;
}

export interface TrainingTimes {
  full: Timing;
  /** Making the samples and training on them, both in every run. */
  condensed: Timing;
  /** Of that, the median of making the samples: order of the bits, clusters, means. No search for bases. */
  making: number;
}

/** Median and quartiles, between two values where they fall between two. */
export function summariseRuns(seconds: readonly number[]): Timing {
  const sorted = [...seconds].sort((a, b) => a - b);
  const at = (share: number): number => {
    const place = share * (sorted.length - 1);
    const below = Math.floor(place);
    const above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  };
  return { median: at(0.5), quartiles: [at(0.25), at(0.75)], repeats: sorted.length };
}

/**
 * Runs the work often enough for a median.
 *
 * @param run does it once; resolves to its seconds
 */
async function repeat(run: () => Promise<number>): Promise<number[]> {
  // The first run is the one in which the engine compiles: it counts only where runs are long.
  const first = await run();
  const isLong = first > ENOUGH_SECONDS;
  const seconds = isLong ? [first] : [];
  let spent = isLong ? first : 0;
  while (
    seconds.length < (isLong ? LEAST_LONG : LEAST) ||
    (spent < ENOUGH_SECONDS && seconds.length < MOST)
  ) {
    const one = await run();
    seconds.push(one);
    spent += one;
  }
  return seconds;
}

/** Times training to the optimum. Nothing else should be at work meanwhile: that cannot be seen from here. */
export async function timeTraining(
  bench: Workbench,
  settings: ExperimentSettings,
  pulse: Pulse,
): Promise<TrainingTimes> {
  const design = await bench.design(settings);
  const all = await samplesOf(bench, settings, 'full');
  let done = 0;
  const told = async (seconds: number): Promise<number> => {
    done++;
    if (pulse.due()) await pulse.beat({ phase: 'Timing', done, total: null, unit: 'runs' });
    return seconds;
  };
  const full = await repeat(async () => told((await runExact(design, all, pulse)).seconds));
  const making: number[] = [];
  const condensed = await repeat(async () => {
    const started = performance.now();
    const samples = await bench.condensedAnew(settings);
    making.push((performance.now() - started) / 1000);
    return told(making[making.length - 1] + (await runExact(design, samples, pulse)).seconds);
  });
  return {
    full: summariseRuns(full),
    condensed: summariseRuns(condensed),
    making: summariseRuns(making.slice(-condensed.length)).median,
  };
}
