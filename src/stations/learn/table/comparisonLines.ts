/** The table of what condensing costs as a file has it: every row with all of its metrics. */
import type { MetricName } from '../../../contracts/codec.ts';
import type { ComparisonRow } from './compare.ts';

const METRICS: readonly [metric: MetricName, column: string][] = [
  ['mse', 'test_mse'],
  ['r2', 'test_r2'],
  ['accuracy', 'test_accuracy'],
  ['balancedAccuracy', 'test_balanced_accuracy'],
  ['logLoss', 'test_log_loss'],
  ['rocArea', 'test_roc_area'],
];

/** What a row does not have is an empty cell. */
export function comparisonLines(rows: readonly ComparisonRow[]): (string | number)[][] {
  const metrics = METRICS.filter(([metric]) => rows.some(({ test }) => test[metric] !== undefined));
  return [
    [
      ...['method', 'solver', 'samples'],
      ...metrics.map(([, column]) => column),
      ...['ratio_to_full', 'seconds', 'samples_touched', 'finished'],
    ],
    ...rows.map((row) => [
      ...[row.contender ?? row.method, row.solver ?? '', row.method === 'floor' ? '' : row.samples],
      ...metrics.map(([metric]) => row.test[metric] ?? ''),
      ...[row.ratio ?? '', row.seconds ?? '', row.touched ?? '', String(row.finished)],
    ]),
  ];
}
