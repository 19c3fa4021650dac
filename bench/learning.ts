/** What is learned by one method, and what several splits say together. */
import type { ExperimentSettings, Method } from '../src/core/experiment/settings.ts';
import { runExact, samplesOf, score } from '../src/core/experiment/training.ts';
import type { Workbench } from '../src/core/experiment/workbench.ts';
import { descend, startDescent } from '../src/core/regression/gradientDescent.ts';
import type { Metrics } from '../src/core/regression/scores.ts';
import { stepSize } from '../src/core/regression/stepSize.ts';
import { round } from './timings.ts';

/** One solver's result on the test records, with what it took. */
interface SolverResult {
  metrics: Metrics;
  iterations: number;
  seconds: number;
}

export interface MethodResult {
  samples: number;
  gd: SolverResult & { stop: string; rate: number };
  /** Closed form, Newton's or the quasi-Newton method. */
  exact: SolverResult & { solver: string; ridge: number };
  floor: Metrics;
}

export async function learn(
  bench: Workbench,
  settings: ExperimentSettings,
  method: Method,
): Promise<MethodResult> {
  const design = await bench.design(settings);
  const samples = await samplesOf(bench, settings, method);
  const exact = await runExact(design, samples);
  const progress = startDescent(samples);
  const started = performance.now();
  const rate = await stepSize(settings.learningRate, design.task, samples);
  descend(design.task, samples, progress, rate, settings.iterations, Infinity);
  const seconds = (performance.now() - started) / 1000;
  const { test, floor } = score(design, progress.theta);
  return {
    samples: samples.rows,
    gd: {
      metrics: test,
      rate: round(rate, 6),
      iterations: progress.iteration,
      stop: progress.stop,
      seconds: round(seconds, 4),
    },
    exact: {
      metrics: exact.score.test,
      solver: exact.solver,
      iterations: exact.iterations,
      ridge: exact.ridge,
      seconds: round(exact.seconds, 4),
    },
    floor,
  };
}

/** Condensed against full by one solver: errors as a ratio, shares as a difference. */
export function compare(condensed: Metrics, full: Metrics): Record<string, number> {
  const compared: Record<string, number> = {};
  for (const name of ['mse', 'logLoss'] as const) {
    const [own, all] = [condensed[name], full[name]];
    if (own !== undefined && all !== undefined) compared[`${name}Ratio`] = round(own / all, 5);
  }
  for (const name of ['accuracy', 'balancedAccuracy', 'rocArea'] as const) {
    const [own, all] = [condensed[name], full[name]];
    if (own !== undefined && all !== undefined) compared[`${name}Difference`] = round(own - all, 5);
  }
  return compared;
}

/** Means over the splits with standard deviations, number by number. */
export class Summary {
  private readonly rows: Record<string, number>[] = [];

  add(row: Record<string, number>): void {
    this.rows.push(row);
  }

  /** @param heading what the rows have in common */
  print(heading: Record<string, number | string>): string {
    const line: Record<string, number | string> = { ...heading, splits: this.rows.length };
    for (const name of Object.keys(this.rows[0] ?? {})) {
      const values = this.rows.map((row) => row[name]);
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
      line[name] = round(mean, 4);
      if (values.length > 1) line[`${name}Deviation`] = round(Math.sqrt(variance), 2);
    }
    return JSON.stringify(line);
  }
}

/** The numbers of one β on one split that a summary is made of. */
export function summaryRow(
  ratio: number,
  share: number,
  full: MethodResult,
  condensed: MethodResult,
): Record<string, number> {
  const row: Record<string, number> = { samples: condensed.samples, share, ratio };
  for (const solver of ['gd', 'exact'] as const) {
    const [own, all] = [condensed[solver], full[solver]];
    for (const [name, value] of Object.entries(compare(own.metrics, all.metrics)))
      row[`${solver}_${name}`] = value;
    for (const name of ['accuracy', 'balancedAccuracy', 'rocArea'] as const) {
      const [mine, theirs] = [own.metrics[name], all.metrics[name]];
      if (mine === undefined || theirs === undefined) continue;
      row[`${solver}_${name}`] = mine;
      row[`${solver}_full_${name}`] = theirs;
    }
  }
  if (full.floor.accuracy !== undefined) row.floor_accuracy = full.floor.accuracy;
  return row;
}
