/** What a sweep's figures show, and what has changed since it ran, in sentences. */
import type { SweepPlan } from '../../../contracts/link.ts';
import { TABLE_SETTINGS } from '../../../contracts/settings.ts';
import { formatCount, formatPlural } from '../../../ui/format.ts';
import type { Statistic } from '../../statistic.ts';
import { changeWords } from '../../settings/words.ts';
import { AXIS_WORDS, pointWords } from './axes.ts';
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

/** "7 β on 3 splits" */
export function planWords({ axes, splits }: SweepPlan): string {
  const over = axes.map(
    ({ name, values }) => `${formatCount(values.length)} ${AXIS_WORDS[name].short(values.length)}`,
  );
  const repeats = axes.some(({ name }) => name === 'split')
    ? ''
    : ` on ${formatPlural(splits.length, 'split')}`;
  return over.join(' × ') + repeats;
}

/** "learning rate α 0.001, now 0.01; other features" */
export function differenceWords(differences: readonly Difference[]): string {
  return differences.map(({ field, was, is }) => changeWords(TABLE_SETTINGS.any(field), was, is)).join('; ');
}
