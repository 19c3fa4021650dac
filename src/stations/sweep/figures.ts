/** The sweep's statistics as series of a chart. */
import type { ChartSeries } from '../../ui/charts/figure.tsx';
import type { ChartPoint } from '../../ui/charts/plot.ts';
import { formatPlural } from '../../ui/format.ts';
import type { Statistic, SweepRow } from './summary.ts';

/** What the sweep is drawn against. */
export type SweepAxis = 'beta' | 'samples';

type Value = (row: SweepRow) => Statistic | null;

function points(
  rows: readonly SweepRow[],
  axis: SweepAxis,
  value: Value,
  format: (n: number) => string,
): ChartPoint[] {
  return rows
    .flatMap((row) => {
      const statistic = value(row);
      if (statistic === null) return [];
      const { mean, std, min, max, count } = statistic;
      const note =
        count > 1 ? `${format(min)} to ${format(max)} over ${formatPlural(count, 'split')}` : '1 split';
      return [{ x: axis === 'beta' ? row.beta : row.samples.mean, y: mean, spread: std, note }];
    })
    .sort((a, b) => a.x - b.x);
}

const SOLID = { stroke: 'solid', marks: 'filled' } as const;
const DOTTED = { stroke: 'dotted', marks: 'hollow' } as const;

export function errorSeries(
  rows: readonly SweepRow[],
  axis: SweepAxis,
  format: (n: number) => string,
): ChartSeries[] {
  return [
    {
      id: 'gd',
      name: 'Condensed, gradient descent',
      colour: 'var(--analytics)',
      ...SOLID,
      points: points(rows, axis, (row) => row.gdRatio, format),
    },
    {
      id: 'closed',
      name: 'Condensed, closed form',
      colour: 'var(--analytics)',
      ...DOTTED,
      points: points(rows, axis, (row) => row.closedFormRatio, format),
    },
  ];
}

export function storageSeries(
  rows: readonly SweepRow[],
  axis: SweepAxis,
  format: (n: number) => string,
): ChartSeries[] {
  return [
    {
      id: 'demand',
      name: 'Samples made on demand',
      colour: 'var(--base)',
      ...SOLID,
      points: points(rows, axis, (row) => row.storage, format),
    },
    {
      id: 'stored',
      name: 'Samples stored with their weights',
      colour: 'var(--weight)',
      ...DOTTED,
      points: points(rows, axis, (row) => row.storageStored, format),
    },
  ];
}

export function samplesSeries(rows: readonly SweepRow[], format: (n: number) => string): ChartSeries[] {
  return [
    {
      id: 'samples',
      name: 'Condensed samples',
      colour: 'var(--analytics)',
      ...SOLID,
      points: points(rows, 'beta', (row) => row.samples, format),
    },
  ];
}

export function secondsSeries(
  rows: readonly SweepRow[],
  axis: SweepAxis,
  format: (n: number) => string,
): ChartSeries[] {
  return [
    {
      id: 'gd',
      name: 'Condensed, gradient descent',
      colour: 'var(--analytics)',
      ...SOLID,
      points: points(rows, axis, (row) => row.gdSeconds, format),
    },
    {
      id: 'closed',
      name: 'Condensed, closed form',
      colour: 'var(--analytics)',
      ...DOTTED,
      points: points(rows, axis, (row) => row.closedFormSeconds, format),
    },
  ];
}
