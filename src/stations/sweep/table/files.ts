/** The files that carry a sweep away: every run as a line of CSV, or everything as JSON. */
import { csvText, type Cell } from '../../../platform/csvText.ts';
import {
  errorRatio,
  type DatasetSummary,
  type ExperimentSettings,
  type MetricName,
  type Metrics,
} from '../../../contracts/codec.ts';
import type { SweepPlan } from '../../../contracts/link.ts';
import type { SweepContest, SweepRun } from '../../lab/sweep.ts';
import { summariseRivals } from './rivals.ts';
import { fullKey, settingsAt } from './plan.ts';
import { ratioOf, summarise, summariseFull, type Solver } from './summary.ts';

export interface SweepRecord {
  dataset: Pick<DatasetSummary, 'id' | 'name' | 'rows'>;
  settings: ExperimentSettings;
  plan: SweepPlan;
  full: readonly SweepRun[];
  runs: readonly SweepRun[];
  contests: readonly SweepContest[];
}

const METRIC_COLUMNS: readonly [metric: MetricName, column: string][] = [
  ['mse', 'test_mse'],
  ['r2', 'test_r2'],
  ['accuracy', 'test_accuracy'],
  ['balancedAccuracy', 'test_balanced_accuracy'],
  ['logLoss', 'test_log_loss'],
  ['rocArea', 'test_roc_area'],
];

function metricCells(metrics: Metrics | undefined): Cell[] {
  return METRIC_COLUMNS.map(([metric]) => metrics?.[metric] ?? '');
}

/** Every run as one CSV line, full training among them; what a run does not have is empty. */
export function sweepCsv({ dataset, settings, plan, full, runs, contests }: SweepRecord): string {
  const fullOf = new Map(full.map(({ point, cell }) => [fullKey(plan, point, cell.split), cell]));
  const metrics = (who: string) => METRIC_COLUMNS.map(([, column]) => `${who}_${column}`);
  const header = [
    ...['dataset', 'target', 'model', 'codec', 'condenser', 'ratio_mapping', 'tau', 'order', 'code'],
    ...['learning_rate', 'iteration_limit', 'method', 'beta', 'split', 'samples', 'train_rows'],
    ...metrics('gd'),
    ...['gd_ratio_to_full', 'gd_iterations', 'gd_stop', 'gd_seconds'],
    ...metrics('exact'),
    ...['exact_ratio_to_full', 'exact_seconds'],
    ...metrics('floor'),
    ...['archive_bytes', 'archive_bytes_samples_stored', 'float64_bytes', 'encode_seconds'],
    'draw',
  ];
  const lines: Cell[][] = [header];
  for (const { point, cell } of [...full, ...runs]) {
    const at = settingsAt(settings, plan, point, cell.split);
    const pair = { cell, full: fullOf.get(fullKey(plan, point, cell.split)) ?? null };
    const ratio = (solver: Solver) => ratioOf(pair, solver) ?? '';
    const { gd, exact } = cell;
    lines.push([
      ...[dataset.name, at.target ?? '', at.model, at.codec, at.condenser, Number(at.ratio), at.tau],
      ...[at.order, at.code, at.learningRate, at.iterations, cell.method],
      ...[cell.method === 'full' ? '' : cell.beta, cell.split, cell.samples, cell.trainRows],
      ...metricCells(gd?.test),
      ...[ratio('gd'), gd?.iterations ?? '', gd?.stop ?? '', gd?.seconds ?? ''],
      ...metricCells(exact?.test),
      ...[ratio('exact'), exact?.seconds ?? ''],
      ...metricCells(cell.floor),
      ...[cell.bytes ?? '', cell.bytesStored ?? '', cell.rawFloat64Bytes, cell.encodeSeconds ?? ''],
      '',
    ]);
  }
  for (const contest of contests) lines.push(...contestLines(contest, header));
  return csvText(lines);

  /** A line for every draw, with its error at the optimum. */
  function contestLines(
    { split, metric, full: all, floor, trials }: SweepContest,
    columns: Cell[],
  ): Cell[][] {
    const error = metric === 'mse' ? 'test_mse' : 'test_log_loss';
    return trials.flatMap(({ contender, beta, samples, errors }) => {
      const at = settingsAt(settings, plan, [beta], split);
      return errors.map((value, draw) => {
        const values: Record<string, Cell> = {
          ...{ dataset: dataset.name, target: at.target ?? '', model: at.model, method: contender },
          ...{ beta, split, samples, draw: draw + 1 },
          [`exact_${error}`]: value,
          exact_ratio_to_full: errorRatio(value, all.error, floor),
          [`floor_${error}`]: floor,
        };
        return columns.map((column) => values[String(column)] ?? '');
      });
    });
  }
}

/** The whole sweep: settings, plan, every run, and the statistics that the page shows. */
export function sweepJson(
  { dataset, settings, plan, full, runs, contests }: SweepRecord,
  version: string,
): string {
  const contenders = summariseRivals(contests).map(({ meta: { name }, points }) => ({ name, points }));
  const summary = { points: summarise(plan, full, runs), full: summariseFull(plan, full), contenders };
  const results = { full, runs, contests, summary };
  const record = { kind: 'dreaMLearning Lab sweep', version, dataset, settings, plan, ...results };
  return `${JSON.stringify(record, null, 2)}\n`;
}
