/** The sweep's statistics as series of a chart. */
import type { SweepCell } from '../../../contracts/codec.ts';
import type { SweepPlan } from '../../../contracts/link.ts';
import type { ChartAxis, ChartReference, ChartSeries } from '../../../ui/charts/figure.tsx';
import { seriesLook } from '../../../ui/charts/marks.ts';
import type { ChartPoint } from '../../../ui/charts/points.ts';
import { formatCount, formatPlural, formatRatio } from '../../../ui/format.ts';
import type { Statistic } from '../../statistic.ts';
import { axisNoun, isCategorical, pointWords, valueWords } from './axes.ts';
import { solverNames } from './measures.ts';
import { changesFull } from './plan.ts';
import type { Rival } from './rivals.ts';
import type { FullRow, Measure, Solver, SweepRow } from './summary.ts';

/** What the sweep is drawn against: its first axis, or the number of condensed samples. */
export type Across = 'axis' | 'samples';

/** What every figure of one sweep shares. */
export interface FigureSubject {
  plan: SweepPlan;
  rows: readonly SweepRow[];
  full: readonly FullRow[];
  task: SweepCell['task'];
  across: Across;
  /** The β of the settings as they are now. */
  beta: number;
  rivals: readonly Rival[];
}

type Value<R> = (row: R) => Statistic | null | undefined;

/** One line of a figure before it has points. */
interface Line {
  id: string;
  name: string;
  look: Pick<ChartSeries, 'colour' | 'stroke' | 'marks' | 'shape'>;
  value: Value<SweepRow>;
}

const SOLID = { stroke: 'solid', marks: 'filled' } as const;
const DOTTED = { stroke: 'dotted', marks: 'hollow' } as const;

/** Most values of the first axis that are all set as ticks. */
const MOST_TICKS = 20;
/** Share of the place of a name over which the series beside each other are spread. */
const SPREAD = 0.5;

const SAMPLES_ACROSS: ChartAxis = {
  label: 'condensed samples, logarithmic',
  kind: 'log',
  format: formatCount,
};

/** The axis that the figures of a plan are drawn along, the β of the settings marked on it. */
export function axisAcross({ plan, beta }: FigureSubject, across: Across): ChartAxis {
  const [first] = plan.axes;
  if (across === 'samples') return SAMPLES_ACROSS;
  const { name, values } = first;
  const noun = axisNoun(name);
  const format = (value: number) => valueWords(name, value);
  if (isCategorical(name)) {
    return {
      label: noun,
      kind: 'linear',
      format,
      categories: values.map((value) => valueWords(name, value)),
    };
  }
  const isLog = name === 'tau' || name === 'learningRate';
  const numbers = values.map(Number);
  return {
    label: isLog ? `${noun}, logarithmic` : noun,
    kind: isLog ? 'log' : 'linear',
    format,
    ...(name === 'beta' && { mark: { at: beta, name: `β ${formatCount(beta)} now` } }),
    ...(numbers.length > 1 && numbers.length <= MOST_TICKS && { ticks: numbers }),
  };
}

/** "0.98 to 1.07 over 5 splits" */
function noteOf({ min, max, count }: Statistic, format: (n: number) => string): string {
  return count > 1 ? `${format(min)} to ${format(max)} over ${formatPlural(count, 'split')}` : '1 split';
}

/**
 * The points of one series. Over names, series stand side by side.
 *
 * @param place which of how many series it is
 */
function pointsOf<R extends { point: SweepRow['point'] }>(
  { plan, across }: FigureSubject,
  rows: readonly R[],
  value: Value<R>,
  samples: (row: R) => number,
  format: (n: number) => string,
  place: { at: number; of: number } = { at: 0, of: 1 },
): ChartPoint[] {
  const [{ name, values }] = plan.axes;
  const isNamed = isCategorical(name);
  const aside = isNamed && across === 'axis' ? SPREAD * ((place.at + 0.5) / place.of - 0.5) : 0;
  return rows
    .flatMap((row): ChartPoint[] => {
      const of = value(row);
      if (of === null || of === undefined) return [];
      const along = isNamed ? values.indexOf(row.point[0]) + aside : Number(row.point[0]);
      const x = across === 'samples' ? samples(row) : along;
      return [{ x, y: of.mean, spread: of.std, note: noteOf(of, format) }];
    })
    .sort((a, b) => a.x - b.x);
}

/** The lines of one quantity: one for each value of the second axis, or else those that are given. */
function linesOf({ plan }: FigureSubject, alone: readonly Line[], value: Value<SweepRow>): Line[] {
  const second = plan.axes.at(1);
  if (second === undefined) return [...alone];
  return second.values.map((of, k) => ({
    id: `${second.name} ${String(of)}`,
    name: pointWords(second.name, of),
    look: seriesLook(k),
    value: (row) => (row.point[1] === of ? value(row) : null),
  }));
}

function seriesOf(
  subject: FigureSubject,
  lines: readonly Line[],
  format: (n: number) => string,
): ChartSeries[] {
  const joins = subject.across === 'samples' ? isOrdered(subject) : !isCategorical(subject.plan.axes[0].name);
  return lines.map(({ id, name, look, value }, at) => ({
    id,
    name,
    ...look,
    ...(!joins && { stroke: 'none' as const }),
    points: pointsOf(subject, subject.rows, value, (row) => row.samples.mean, format, {
      at,
      of: lines.length,
    }),
  }));
}

/** Whether more of the first axis means more samples, so that a line from point to point says something. */
function isOrdered({ plan }: FigureSubject): boolean {
  return plan.axes[0].name === 'beta';
}

/** A model's score by one measure; with a second axis by one solver, else by both. */
export function scoreSeries(
  subject: FigureSubject,
  measure: Measure,
  solver: Solver,
  format: (n: number) => string,
): ChartSeries[] {
  const words = solverNames(subject.task);
  const line = (by: Solver): Line => ({
    id: by,
    name: `Condensed, ${words[by]}`,
    look: { colour: 'var(--analytics)', ...(by === 'exact' ? SOLID : DOTTED) },
    value: (row) => row.scores[by][measure],
  });
  const lines = linesOf(subject, [line('exact'), line('gd')], line(solver).value);
  const series = seriesOf(subject, lines, format);
  // As a multiple of itself it is the line at 1.
  return measure === 'ratio'
    ? series
    : [...series, ...fullSeries(subject, (row) => row.scores[solver][measure], format)];
}

/** Errors of what stands in beside the condensed samples: median and middle half of all draws. */
export function rivalSeries({ rivals, across }: FigureSubject): ChartSeries[] {
  return rivals.map(({ meta, points }) => ({
    id: meta.name,
    name: meta.label,
    ...meta.look,
    isBand: true,
    points: points
      .map((point) => rivalPoint(point, across === 'samples' ? point.samples : point.beta))
      .sort((a, b) => a.x - b.x),
  }));
}

/** A contender's ratio at a place of the horizontal axis. */
export function rivalPoint({ median, quartiles, draws }: Rival['points'][number], x: number): ChartPoint {
  const [low, high] = quartiles.map((ratio) => formatRatio(ratio));
  const note = draws > 1 ? `middle half of ${formatPlural(draws, 'draw')}: ${low} to ${high}` : '1 draw';
  return { x, y: median, range: quartiles, note };
}

/** Whether full training is another one at every value of the first axis. */
function fullVaries({ plan }: FigureSubject): boolean {
  return changesFull(plan.axes[0].name);
}

/** Full training as a line of its own where it changes along the axis. */
function fullSeries(
  subject: FigureSubject,
  value: Value<FullRow>,
  format: (n: number) => string,
): ChartSeries[] {
  // Against the samples it would stand at all training records, beyond every other point.
  if (!fullVaries(subject) || subject.across === 'samples' || varyingAcross(subject)) return [];
  const points = pointsOf(subject, subject.full, value, () => NaN, format);
  return [
    {
      id: 'full',
      name: 'Full: all training records',
      colour: 'var(--full)',
      stroke: 'dashed',
      marks: 'hollow',
      points,
    },
  ];
}

/** Whether full training also differs from series to series: then no one line stands for it. */
function varyingAcross({ plan }: FigureSubject): boolean {
  return plan.axes.slice(1).some(({ name }) => changesFull(name));
}

/** Full training as a line across, where it is the same everywhere. */
export function fullReference(
  subject: FigureSubject,
  name: string,
  value: Value<FullRow>,
  format: (n: number) => string,
): ChartReference | undefined {
  const [row] = subject.full;
  if (row === undefined || fullVaries(subject) || varyingAcross(subject)) return undefined;
  const of = value(row);
  return of === null || of === undefined
    ? undefined
    : { y: of.mean, name: `${name}: ${format(of.mean)}`, colour: 'var(--full)' };
}

/** What has to be beaten, over all splits. */
export function floorReference(
  { full, task }: FigureSubject,
  measure: Measure,
  format: (n: number) => string,
): ChartReference | undefined {
  const of = full.at(0)?.floor[measure];
  const who = task === 'regression' ? 'Always the training mean' : 'Always the larger class';
  return of === undefined
    ? undefined
    : { y: of.mean, name: `${who}: ${format(of.mean)}`, colour: 'var(--constant-text)' };
}

export function storageSeries(subject: FigureSubject, format: (n: number) => string): ChartSeries[] {
  const onDemand: Value<SweepRow> = (row) => row.storage;
  const both: Line[] = [
    {
      id: 'demand',
      name: 'Samples made on demand',
      look: { colour: 'var(--base)', ...SOLID },
      value: onDemand,
    },
    {
      id: 'stored',
      name: 'Samples stored with their weights',
      look: { colour: 'var(--weight)', ...DOTTED },
      value: (row) => row.storageStored,
    },
  ];
  return seriesOf(subject, linesOf(subject, both, onDemand), format);
}

export function samplesSeries(subject: FigureSubject, format: (n: number) => string): ChartSeries[] {
  const value: Value<SweepRow> = (row) => row.samples;
  const look = { colour: 'var(--analytics)', ...SOLID };
  return seriesOf(
    subject,
    linesOf(subject, [{ id: 'samples', name: 'Condensed samples', look, value }], value),
    format,
  );
}

export function secondsSeries(
  subject: FigureSubject,
  solver: Solver,
  format: (n: number) => string,
): ChartSeries[] {
  const words = solverNames(subject.task);
  const line = (by: Solver): Line => ({
    id: by,
    name: `Condensed, ${words[by]}`,
    look: { colour: 'var(--analytics)', ...(by === 'exact' ? SOLID : DOTTED) },
    value: (row) => (by === 'gd' ? row.gdSeconds : row.exactSeconds),
  });
  const lines = linesOf(subject, [line('exact'), line('gd')], line(solver).value);
  const seconds: Value<FullRow> = (row) => (solver === 'gd' ? row.gdSeconds : row.exactSeconds);
  return [...seriesOf(subject, lines, format), ...fullSeries(subject, seconds, format)];
}

/** The largest ratio that is drawn: a mean of either solver, or a median of a contender. */
export function largestRatio({ rows, rivals }: FigureSubject): number {
  return Math.max(
    1,
    ...rivals.flatMap(({ points }) => points.map(({ median }) => median)).filter(Number.isFinite),
    ...rows.flatMap(({ scores }) => [scores.gd.ratio?.mean ?? 1, scores.exact.ratio?.mean ?? 1]),
  );
}
