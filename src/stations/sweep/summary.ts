/**
 * What a sweep says: statistics over splits, and the files that carry them away.
 * A ratio is taken within one split (condensed MSE ÷ full MSE of the same split) and then averaged, because the error
 * of full training itself differs from split to split.
 */
import type { DatasetSummary, ExperimentSettings, SweepCell } from '../../contracts/codec.ts';
import type { SweepPoint } from '../lab.ts';

export interface Statistic {
  mean: number;
  /** Sample standard deviation (n − 1); 0 for a single value. */
  std: number;
  min: number;
  max: number;
  count: number;
}

/** One β over the splits done so far. What needs full training is null until a split has both. */
export interface SweepRow {
  beta: number;
  splits: number;
  samples: Statistic;
  /** Condensed samples ÷ training rows. */
  sampleShare: Statistic;
  gdMse: Statistic;
  gdRatio: Statistic | null;
  closedFormMse: Statistic;
  closedFormRatio: Statistic | null;
  /** Archive bytes ÷ float64 bytes of the training part. */
  storage: Statistic;
  storageStored: Statistic;
  gdSeconds: Statistic;
  gdIterations: Statistic;
  closedFormSeconds: Statistic;
  /** Seconds of full gradient descent ÷ seconds of condensed. */
  gdSpeedUp: Statistic | null;
  /** Splits whose gradient descent stopped at the limit instead of converging. */
  atLimit: number;
}

export function statistic(values: readonly number[]): Statistic | null {
  if (values.length === 0) return null;
  let sum = 0;
  let min = Infinity;
  let max = -Infinity;
  for (const value of values) {
    sum += value;
    min = Math.min(min, value);
    max = Math.max(max, value);
  }
  const mean = sum / values.length;
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2;
  const std = values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : 0;
  return { mean, std, min, max, count: values.length };
}

/** One row per β that has a cell, ascending. */
export function summarise(full: readonly SweepCell[], points: readonly SweepPoint[]): SweepRow[] {
  const fullOf = new Map(full.map((cell) => [cell.split, cell]));
  return points
    .filter((point) => point.cells.length > 0)
    .map((point) => summariseBeta(point, fullOf))
    .sort((a, b) => a.beta - b.beta);
}

function summariseBeta({ beta, cells }: SweepPoint, fullOf: ReadonlyMap<number, SweepCell>): SweepRow {
  const over = (value: (cell: SweepCell) => number): Statistic => statistic(cells.map(value)) as Statistic;
  const paired = (value: (cell: SweepCell, full: SweepCell) => number): Statistic | null =>
    statistic(
      cells.flatMap((cell) => {
        const full = fullOf.get(cell.split);
        return full === undefined ? [] : [value(cell, full)];
      }),
    );
  return {
    beta,
    splits: cells.length,
    samples: over((cell) => cell.samples),
    sampleShare: over((cell) => cell.samples / cell.trainRows),
    gdMse: over((cell) => cell.gdMse),
    gdRatio: paired((cell, full) => cell.gdMse / full.gdMse),
    closedFormMse: over((cell) => cell.closedFormMse),
    closedFormRatio: paired((cell, full) => cell.closedFormMse / full.closedFormMse),
    storage: over((cell) => cell.bytes / cell.rawFloat64Bytes),
    storageStored: over((cell) => cell.bytesStored / cell.rawFloat64Bytes),
    gdSeconds: over((cell) => cell.gdSeconds),
    gdIterations: over((cell) => cell.gdIterations),
    closedFormSeconds: over((cell) => cell.closedFormSeconds),
    gdSpeedUp: paired((cell, full) => full.gdSeconds / cell.gdSeconds),
    atLimit: cells.filter((cell) => cell.gdStop === 'limit').length,
  };
}

/** Full training over its splits, for the reference lines. */
export function summariseFull(full: readonly SweepCell[]) {
  return {
    gdMse: statistic(full.map((cell) => cell.gdMse)),
    closedFormMse: statistic(full.map((cell) => cell.closedFormMse)),
    gdSeconds: statistic(full.map((cell) => cell.gdSeconds)),
    closedFormSeconds: statistic(full.map((cell) => cell.closedFormSeconds)),
    trainRows: statistic(full.map((cell) => cell.trainRows)),
  };
}

/** How long a sweep may take: full training of every split, then every β as its share of the rows. */
export function estimateSeconds(plan: {
  betas: readonly number[];
  splits: number;
  /** Seconds of one full gradient descent, and of one encoding of the training part. */
  fullSeconds: number;
  encodeSeconds: number;
  trainRows: number;
  condensedSamples: ArrayLike<number>;
}): number {
  let shares = 0;
  for (const beta of plan.betas) {
    const index = Math.min(beta, plan.condensedSamples.length - 1);
    shares += index >= 0 ? plan.condensedSamples[index] / Math.max(1, plan.trainRows) : 0;
  }
  return plan.splits * (plan.fullSeconds * (1 + shares) + plan.encodeSeconds);
}

export interface SweepRecord {
  dataset: Pick<DatasetSummary, 'id' | 'name' | 'rows'>;
  settings: ExperimentSettings;
  full: readonly SweepCell[];
  points: readonly SweepPoint[];
}

/** Every run as one CSV line; full training carries "full" as its β. */
export function sweepCsv({ dataset, settings, full, points }: SweepRecord): string {
  const fullOf = new Map(full.map((cell) => [cell.split, cell]));
  const header = [
    ...['dataset', 'target', 'order', 'code', 'learning_rate', 'iteration_limit', 'beta', 'split', 'samples'],
    ...['train_rows', 'gd_test_mse', 'gd_ratio_to_full', 'gd_iterations', 'gd_stop', 'gd_seconds'],
    ...['closed_form_test_mse', 'closed_form_ratio_to_full', 'closed_form_seconds', 'floor_test_mse'],
    ...['archive_bytes', 'archive_bytes_samples_stored', 'float64_bytes'],
  ];
  const lines = [header];
  const cells = [...full, ...points.flatMap((point) => point.cells)];
  for (const cell of cells) {
    const reference = fullOf.get(cell.split);
    const shared = [dataset.name, settings.target ?? '', settings.order, settings.code];
    const numbers = [
      ...[settings.learningRate, settings.iterations, cell.beta ?? 'full', cell.split, cell.samples],
      ...[cell.trainRows, cell.gdMse, reference === undefined ? '' : cell.gdMse / reference.gdMse],
      ...[cell.gdIterations, cell.gdStop, cell.gdSeconds, cell.closedFormMse],
      reference === undefined ? '' : cell.closedFormMse / reference.closedFormMse,
      ...[cell.closedFormSeconds, cell.floorMse, cell.bytes, cell.bytesStored, cell.rawFloat64Bytes],
    ];
    lines.push([...shared, ...numbers].map(csvCell));
  }
  return lines.map((line) => `${line.join(',')}\r\n`).join('');
}

/** The whole sweep: settings, every run, and the statistics that the page shows. */
export function sweepJson({ dataset, settings, full, points }: SweepRecord, version: string): string {
  const summary = summarise(full, points);
  return `${JSON.stringify({ kind: 'dreaMLearning Lab sweep', version, dataset, settings, full, points, summary }, null, 2)}\n`;
}

/** A CSV cell. Text that a spreadsheet would run as a formula gets an apostrophe in front. */
export function csvCell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
