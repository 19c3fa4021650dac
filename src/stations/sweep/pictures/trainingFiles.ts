/** The files that carry trainings away: every finished run as one result, as JSON or as a line of CSV. */
import { savedResultOf } from '../../../contracts/results.ts';
import { resultOf, type TrainingRun, usesFraction } from '../../../contracts/training.ts';
import { csvText } from '../../../platform/csvText.ts';

/** An array of the finished runs' results, with settings and curves, in the order of the runs. */
export function trainingJson(runs: readonly TrainingRun[]): string {
  return `${JSON.stringify(
    runs.flatMap((run) => savedResultOf(run) ?? []),
    null,
    2,
  )}\n`;
}

type Cell = string | number;

const HEADER = [
  ...['dataset', 'model', 'width', 'method', 'fraction', 'seed', 'epochs', 'backend', 'device', 'accuracy'],
  ...['loss', 'fetch_seconds', 'wait_seconds', 'train_seconds', 'evaluate_seconds', 'warmup_seconds'],
  ...['resident_bytes', 'raw_bytes', 'tensor_bytes', 'distinct_records_read', 'train_records'],
  ...['storage_ratio', 'pixels', 'batch', 'rate', 'decay', 'momentum', 'nesterov', 'weight_decay'],
  ...['augment', 'sampling', 'prefetch', 'parameters'],
];

/** Every finished run as one CSV line, with the settings that the result leaves out; what it does not have is empty. */
export function trainingCsv(runs: readonly TrainingRun[]): string {
  const lines: Cell[][] = [HEADER];
  for (const run of runs) {
    const result = resultOf(run);
    if (result === null) continue;
    const { settings, facts, evaluation, backend } = run;
    const { seconds } = result;
    lines.push([
      ...[result.dataset, result.model, result.width ?? '', result.method, result.fraction, result.seed],
      ...[result.epochs, result.backend, backend?.device ?? '', result.accuracy, evaluation?.loss ?? ''],
      ...[seconds.fetch, seconds.wait, seconds.train, seconds.evaluate, seconds.warmup],
      ...[result.residentBytes, facts?.rawBytes ?? '', result.tensorBytes, result.distinctRecordsRead],
      ...[facts?.trainRecords ?? '', result.storageRatio ?? '', facts?.pixels ?? '', settings.batch],
      ...[settings.rate, settings.decay, settings.momentum, Number(settings.nesterov), settings.weightDecay],
      ...[settings.augment, usesFraction(settings.method) ? settings.sampling : ''],
      ...[Number(settings.prefetch), run.parameters],
    ]);
  }
  return csvText(lines);
}
