/** What a sweep's figures show, and what has changed since it ran, in sentences. */
import type { ExperimentSettings } from '../../../contracts/codec.ts';
import { formatCount } from '../../../ui/format.ts';
import type { Statistic } from '../../statistic.ts';
import { pointWords, valueWords } from './axes.ts';
import type { FigureSubject } from './figures.ts';
import type { Difference } from './plan.ts';
import type { SweepRow } from './summary.ts';

/** Points that a figure's sentence names one by one; of more it says the ends. */
const MOST_NAMED = 8;

/** A figure in a sentence: its points, or of many the first and the last. */
export function summaryWords(
  { plan, rows }: FigureSubject,
  what: string,
  value: (row: SweepRow) => Statistic | null,
  format: (n: number) => string,
): string {
  const known = rows.flatMap((row) => {
    const of = value(row);
    return of === null ? [] : [{ row, mean: of.mean }];
  });
  if (known.length === 0) return `${what}: nothing yet.`;
  const place = (row: SweepRow) =>
    plan.axes.map(({ name }, k) => pointWords(name, row.point[k])).join(' and ');
  if (known.length <= MOST_NAMED) {
    return `${what}: ${known.map(({ row, mean }) => `${format(mean)} at ${place(row)}`).join(', ')}.`;
  }
  const least = known.reduce((a, b) => (b.mean < a.mean ? b : a));
  const most = known.reduce((a, b) => (b.mean > a.mean ? b : a));
  return (
    `${what} at ${formatCount(known.length)} points: from ${format(least.mean)} at ${place(least.row)} ` +
    `to ${format(most.mean)} at ${place(most.row)}.`
  );
}

const SETTING_WORDS: Record<keyof ExperimentSettings, string> = {
  target: 'target',
  features: 'features',
  drop: 'dropped columns',
  split: 'split',
  testFraction: 'test share',
  codec: 'codec',
  ratio: 'ratio mapping',
  tau: 'plateau threshold τ',
  objective: 'objective of the search',
  condenser: 'condensed samples',
  beta: 'β',
  order: 'order of the analytics bits',
  code: 'code of the analytics bits',
  targetInClusters: 'target in the clusters',
  samples: 'storage of the samples',
  missing: 'missing cells',
  model: 'model',
  learningRate: 'learning rate',
  iterations: 'iteration limit',
  seed: 'seed',
};

/** Longest value that a sentence quotes. */
const LONGEST = 40;

function settingValue(field: keyof ExperimentSettings, value: Difference['was']): string | null {
  if (Array.isArray(value)) return null;
  if (field === 'codec' || field === 'ratio') return valueWords(field, value as string | boolean);
  if (value === null) return 'none';
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  const text = String(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}

/** "learning rate 0.001, now 0.01; other features" */
export function differenceWords(differences: readonly Difference[]): string {
  return differences
    .map(({ field, was, is }) => {
      const [before, now] = [settingValue(field, was), settingValue(field, is)];
      const name = SETTING_WORDS[field];
      return before === null || now === null ? `other ${name}` : `${name} ${before}, now ${now}`;
    })
    .join('; ');
}
