/** Groups of trainings as figures against the share of the training pictures that an epoch sees. */
import { METHOD_METAS } from '../../../contracts/methods.ts';
import { type SubsetMethod, usesFraction } from '../../../contracts/training.ts';
import { axisSeconds } from '../../../ui/charts/axisFormats.ts';
import type { ChartAxis, ChartReference, ChartSeries, LineFigureProps } from '../../../ui/charts/figure.tsx';
import { seriesLook, type SeriesLook } from '../../../ui/charts/marks.ts';
import type { ChartPoint } from '../../../ui/charts/points.ts';
import type { ScaleKind } from '../../../ui/charts/scale.ts';
import { formatMeasured, formatPercent, formatPlural } from '../../../ui/format.ts';
import type { PaperResult } from '../../training/paperTable.ts';
import type { Statistic } from '../../statistic.ts';
import { tableOfGroups, type TrainingGroup } from '../../training/results.ts';
import { fractionWords, methodLabel } from '../../training/words.ts';

/** What the time of an epoch is said in. */
export type TimeMeasure = 'share' | 'seconds';

/** What every figure of one network is drawn from. */
export interface FigureSubject {
  /** Of one network and width. */
  groups: readonly TrainingGroup[];
  /** What the paper reports of this network on these pictures, or null. */
  paper: PaperResult | null;
  /** Of the fractions, and of what follows them. */
  scale: ScaleKind;
}

/** Not measured here, so it stands back. */
const FAINT = 'var(--constant)';
/** Fractions that are all set as ticks. */
const MOST_TICKS = 12;
const EMPTY = 'Points appear as the runs finish.';

const percent = (value: number) => formatPercent(value, 1);
const exactPercent = (value: number) => formatPercent(value, 2);

type Value = (group: TrainingGroup) => Statistic | null;

/** "98.05 % to 98.31 % over 3 seeds, on WebGPU and WebAssembly" */
function noteOf({ min, max, count }: Statistic, group: TrainingGroup, format: (n: number) => string): string {
  const seeds = count > 1 ? `${format(min)} to ${format(max)} over ${formatPlural(count, 'seed')}` : '1 seed';
  return group.backends.length > 1 ? `${seeds}, on ${group.backends.join(' and ')}` : seeds;
}

function pointOf(group: TrainingGroup, value: Value, format: (n: number) => string): ChartPoint[] {
  const of = value(group);
  if (of === null || !Number.isFinite(of.mean)) return [];
  return [{ x: group.fraction, y: of.mean, spread: of.std, note: noteOf(of, group, format) }];
}

function methodLook(method: SubsetMethod): SeriesLook {
  return METHOD_METAS.byName(method).look;
}

/** A line for every method, and for every variant of it; full training is a point where it stands alone. */
function seriesOf({ groups }: FigureSubject, value: Value, format: (n: number) => string): ChartSeries[] {
  const { columns, rows } = tableOfGroups(groups);
  const drawn = new Set<SubsetMethod>();
  return rows.map(({ key, method, variant, cells }, index) => {
    // The second variant of a method needs another look than the first.
    const look = drawn.has(method) ? seriesLook(index) : methodLook(method);
    drawn.add(method);
    const own = cells.flatMap((group, k) =>
      group === null || (columns[k] === 'all' && usesFraction(method)) ? [] : [group],
    );
    return {
      id: key,
      name: variant === '' ? methodLabel(method) : `${methodLabel(method)} (${variant})`,
      ...look,
      points: own.flatMap((group) => pointOf(group, value, format)),
    };
  });
}

/** Full training as a line across, unless it is drawn as a point; null where there is none. */
function fullOf({ groups }: FigureSubject): TrainingGroup | null {
  const { rows } = tableOfGroups(groups);
  for (const { method, cells } of rows) {
    const last = cells.at(-1);
    if (last == null || usesFraction(last.method)) continue;
    if (usesFraction(method)) return last;
  }
  return null;
}

function fullReference(
  subject: FigureSubject,
  value: Value,
  format: (n: number) => string,
): ChartReference | undefined {
  const full = fullOf(subject);
  const of = full === null ? null : value(full);
  if (of === null || !Number.isFinite(of.mean)) return undefined;
  const spread = of.count > 1 ? ` ± ${format(of.std)}` : '';
  return { y: of.mean, name: `Full training: ${format(of.mean)}${spread}`, colour: 'var(--full)' };
}

/** The paper's own points. */
function paperSeries(paper: PaperResult, points: readonly ChartPoint[]): ChartSeries[] {
  if (points.length === 0) return [];
  return [
    {
      id: 'paper',
      name: `The paper, ${formatPlural(paper.epochs, 'epoch')}`,
      ...{ colour: FAINT, stroke: 'none', marks: 'hollow', shape: 'diamond' },
      points,
    },
  ];
}

/** The fractions from left to right, with every one that was tried as a tick. */
function fractionAxis(series: readonly ChartSeries[], scale: ScaleKind): ChartAxis {
  const fractions = [...new Set(series.flatMap(({ points }) => points.map(({ x }) => x)))].sort(
    (a, b) => a - b,
  );
  const label = 'training pictures in an epoch, % of all';
  return {
    label: scale === 'log' ? `${label}, logarithmic` : label,
    kind: scale,
    format: fractionWords,
    // On a linear axis the small fractions lie too close together for a tick each.
    ...(scale === 'log' && fractions.length > 1 && fractions.length <= MOST_TICKS && { ticks: fractions }),
  };
}

/** "dreaMLearning: 98.10 % at 1 %, 99.05 % at 10 %; Random: …" */
function summaryOf(what: string, series: readonly ChartSeries[], format: (n: number) => string): string {
  const lines = series.flatMap(({ name, points }) =>
    points.length === 0
      ? []
      : [`${name} ${points.map(({ x, y }) => `${format(y)} at ${fractionWords(x)}`).join(', ')}`],
  );
  return lines.length === 0 ? `${what}: nothing yet.` : `${what}: ${lines.join('; ')}.`;
}

/** Test accuracy against the fraction, with the paper's points. */
export function accuracyFigure(subject: FigureSubject): LineFigureProps {
  const value: Value = ({ accuracy }) => accuracy;
  const own = seriesOf(subject, value, exactPercent);
  const { paper } = subject;
  const series = [...own, ...(paper === null ? [] : paperSeries(paper, paperAccuracies(paper)))];
  return {
    summary: summaryOf('Test accuracy', series, exactPercent),
    series,
    x: fractionAxis(series, subject.scale),
    y: {
      label: '% of the test pictures classified correctly',
      kind: 'linear',
      format: percent,
      exact: exactPercent,
    },
    reference: fullReference(subject, value, exactPercent),
    height: 340,
    empty: EMPTY,
  };
}

function paperAccuracies({ points, full }: PaperResult): ChartPoint[] {
  const ofFull =
    full.least === full.most
      ? 'full training'
      : `full training, ${percent(full.least)} to ${percent(full.most)}`;
  return [
    ...points.map(({ fraction, accuracy }) => ({ x: fraction, y: accuracy })),
    { x: 1, y: (full.least + full.most) / 2, note: ofFull },
  ];
}

/** The line on which something is the same share of all as the pictures are. */
function proportion(series: readonly ChartSeries[], name: string): ChartSeries[] {
  const fractions = series.flatMap(({ points }) => points.map(({ x }) => x));
  const least = Math.min(...fractions);
  if (!(least < 1)) return [];
  const points = [least, 1].map((x) => ({ x, y: x }));
  return [{ id: 'proportion', name, colour: FAINT, stroke: 'dotted', marks: 'none', points }];
}

/** Whether any time can be said as a share of full training's. */
export function hasTimeShares(groups: readonly TrainingGroup[]): boolean {
  return groups.some(({ method, timeShare }) => usesFraction(method) && timeShare !== null);
}

/** Seconds of fetching and training per epoch against the fraction, as they are or as a share of full training's. */
export function timeFigure(subject: FigureSubject, measure: TimeMeasure): LineFigureProps {
  const isShare = measure === 'share';
  const format = isShare ? percent : formatMeasured;
  const value: Value = isShare ? ({ timeShare }) => timeShare : ({ seconds }) => seconds;
  const own = seriesOf(subject, value, format);
  const { paper, scale } = subject;
  const reported = (paper?.points ?? []).flatMap(({ fraction, timeShare }) =>
    timeShare === null ? [] : [{ x: fraction, y: timeShare }],
  );
  const series = [
    ...own,
    ...(isShare && paper !== null ? paperSeries(paper, reported) : []),
    ...(isShare ? proportion(own, 'in proportion to the pictures') : []),
  ];
  const label = isShare ? '% of full training’s time per epoch' : 'seconds per epoch';
  return {
    summary: summaryOf(isShare ? 'Time per epoch, of full training' : 'Seconds per epoch', own, format),
    series,
    x: fractionAxis(series, scale),
    y: {
      label: scale === 'log' ? `${label}, logarithmic` : label,
      kind: scale,
      format: isShare ? percent : axisSeconds,
      exact: format,
    },
    reference: isShare
      ? { y: 1, name: 'Full training = 100 %', colour: 'var(--full)' }
      : fullReference(subject, value, format),
    empty: EMPTY,
  };
}

/** Peak bytes of training data as a share of the raw training set, against the fraction. */
export function residentFigure(subject: FigureSubject): LineFigureProps {
  const value: Value = ({ residentShare }) => residentShare;
  const own = seriesOf(subject, value, percent);
  const { scale } = subject;
  const series = [...own, ...proportion(own, 'in proportion to the pictures')];
  const label = '% of the raw training set';
  return {
    summary: summaryOf('Training data in memory, of the raw set', own, percent),
    series,
    x: fractionAxis(series, scale),
    y: {
      label: scale === 'log' ? `${label}, logarithmic` : label,
      ...{ kind: scale, format: percent, exact: percent },
    },
    reference: { y: 1, name: 'The raw training set = 100 %', colour: 'var(--full)' },
    empty: EMPTY,
  };
}
