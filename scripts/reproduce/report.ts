/** Results of trainings as text: JSON lines, and a table of means over the seeds. */
import type { SavedResult } from '../../src/contracts/results.ts';
import type { TrainingResult } from '../../src/contracts/training.ts';

/** What a JSON object of the page's export has to be before it is printed as a result. */
export function isResult(value: unknown): value is SavedResult {
  if (typeof value !== 'object' || value === null) return false;
  const result = value as Partial<Record<keyof SavedResult, unknown>>;
  const { method, fraction, seed, accuracy, seconds, settings, unusual, curve } = result;
  return (
    typeof method === 'string' &&
    [fraction, seed, accuracy].every((one) => typeof one === 'number') &&
    [seconds, settings, unusual].every((one) => typeof one === 'object' && one !== null) &&
    Array.isArray(curve)
  );
}

/** One of a grid's places: a result is printed once. */
export function placeOf({ method, fraction, seed }: TrainingResult): string {
  return `${method} ${fraction} ${seed}`;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Sample standard deviation; null of fewer than two values. */
function deviation(values: readonly number[]): number | null {
  if (values.length < 2) return null;
  const centre = mean(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1));
}

const HEADER = [
  'method',
  'fraction',
  'runs',
  'accuracy %',
  'epoch s',
  'fetch s',
  'wait s',
  'train s',
  'evaluate s',
  'warm-up s',
  'resident MB',
  'tensors MB',
  'read',
  'storage',
];

/** Results by method and fraction, in the order in which they first came: means over the seeds. */
export function tableOfResults(results: readonly TrainingResult[]): string {
  const groups = new Map<string, TrainingResult[]>();
  for (const result of results) {
    const name = `${result.method} ${result.fraction}`;
    groups.set(name, [...(groups.get(name) ?? []), result]);
  }
  const rows = [...groups.values()].map((group) => {
    const [first] = group;
    const of = (read: (result: TrainingResult) => number) => mean(group.map(read));
    const spread = deviation(group.map(({ accuracy }) => 100 * accuracy));
    const epoch = of(({ seconds, epochs }) => (seconds.wait + seconds.train) / epochs);
    return [
      first.method,
      String(first.fraction),
      String(group.length),
      `${of(({ accuracy }) => 100 * accuracy).toFixed(2)}${spread === null ? '' : ` ± ${spread.toFixed(2)}`}`,
      epoch.toFixed(3),
      ...(['fetch', 'wait', 'train', 'evaluate', 'warmup'] as const).map((name) =>
        of(({ seconds }) => seconds[name]).toFixed(1),
      ),
      (of(({ residentBytes }) => residentBytes) / 1e6).toFixed(1),
      (of(({ tensorBytes }) => tensorBytes) / 1e6).toFixed(1),
      String(Math.round(of(({ distinctRecordsRead }) => distinctRecordsRead))),
      first.storageRatio === null ? '–' : first.storageRatio.toFixed(3),
    ];
  });
  const lines = [HEADER, ...rows];
  const widths = HEADER.map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  const isWord = (column: number) => column === 0;
  return lines
    .map((line) =>
      line
        .map((cell, column) => (isWord(column) ? cell.padEnd(widths[column]) : cell.padStart(widths[column])))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
