/** Reads what a fuzzer makes, input after input, each from a seed of its own by which it can be made again. */
import { LabError, type ErrorCode } from '../../../core/errors.ts';
import { createGenerator } from '../../../core/random.ts';
import { Chance, type FuzzGenerator } from './generator.ts';

export interface FuzzReport {
  name: string;
  inputs: number;
  /** Inputs that were read. */
  taken: number;
  /** Inputs that were refused, by code. */
  refused: Partial<Record<ErrorCode, number>>;
  /** What came out that is no LabError, the first twenty, with the seeds of their inputs. */
  uncoded: { seed: number; what: string }[];
  uncodedCount: number;
  seconds: number;
  /** Longest time that one input took, and its seed. */
  slowest: { seed: number; seconds: number };
}

/** Failures that are kept. */
const KEPT = 20;

/** @param seed of the first input; those that follow have the next ones */
export async function runFuzz(generator: FuzzGenerator, inputs: number, seed: number): Promise<FuzzReport> {
  const { name } = generator;
  await generator.prepare?.();
  const report: FuzzReport = {
    name,
    inputs,
    taken: 0,
    refused: {},
    uncoded: [],
    uncodedCount: 0,
    seconds: 0,
    slowest: { seed, seconds: 0 },
  };
  for (let k = 0; k < inputs; k++) {
    const own = (seed + k) >>> 0;
    const bytes = generator.make(new Chance(createGenerator(own)));
    const started = performance.now();
    try {
      await generator.read(bytes);
      report.taken++;
    } catch (thrown) {
      // INTERNAL is what everything becomes that nobody has foreseen.
      if (thrown instanceof LabError && thrown.code !== 'INTERNAL')
        report.refused[thrown.code] = (report.refused[thrown.code] ?? 0) + 1;
      else {
        report.uncodedCount++;
        const what = thrown instanceof Error ? (thrown.stack ?? String(thrown)) : String(thrown);
        if (report.uncoded.length < KEPT) report.uncoded.push({ seed: own, what });
      }
    }
    const seconds = (performance.now() - started) / 1000;
    report.seconds += seconds;
    if (seconds > report.slowest.seconds) report.slowest = { seed: own, seconds };
  }
  return report;
}
