/** What a line figure draws: the points that can be drawn, and the axes that hold them. */
import { crossLines, type ChartAxis, type ChartSeries, type LineFigureProps } from './figure.tsx';
import { LETTER } from './letter.ts';
import { drawable, reachOf } from './points.ts';
import { axisFor, fixedAxis, type Axis } from './scale.ts';

/** Room between the ends of an axis and the marks on it, in pixels. */
const MARK_ROOM = 14;
/** Room between two labels below an axis, in pixels. */
const LABEL_GAP = 10;

export interface DrawnAxes {
  lines: ChartSeries[];
  xAxis: Axis;
  yAxis: Axis;
  /** Labels of the y axis: as short as they may be while all are different. */
  yFormat: (value: number) => string;
  /** Width of the labels of the y axis, and room for marks at the ends of the x axis, in pixels. */
  labelWidth: number;
  inset: number;
}

/** What the axes follow from. */
type Subject = Pick<LineFigureProps, 'series' | 'x' | 'y' | 'reference' | 'floor' | 'references'>;

export function axesOf(subject: Subject): DrawnAxes {
  const { series, x, y } = subject;
  const lines = series.map((line) => ({ ...line, points: drawable(line.points, x.kind, y.kind) }));
  const points = lines.flatMap((line) => line.points);
  const xAxis =
    x.categories !== undefined
      ? categoryAxis(x.categories.length)
      : x.ticks !== undefined && x.ticks.length > 0
        ? fixedAxis(x.ticks)
        : axisOfDistinct([...points.map((point) => point.x), ...(x.include ?? [])], x);
  const reach = points.flatMap(reachOf);
  const marked = crossLines(subject).flatMap((line) => [line.y, ...(line.band ?? [])]);
  const { exact = y.format } = y;
  const ordinates = [...reach, ...marked, ...(y.include ?? [])];
  const usual = axisFor(ordinates, y.kind, 5);
  const yFormat = isDistinct(usual, y.format) ? y.format : exact;
  const yAxis = isDistinct(usual, yFormat)
    ? usual
    : axisOfDistinct(ordinates, { ...y, format: yFormat }, [4, 3, 2, 1]);
  return {
    ...{ lines, xAxis, yAxis, yFormat },
    labelWidth: Math.max(...yAxis.ticks.map((tick) => yFormat(tick).length)) * LETTER + 12,
    inset: x.categories === undefined && lines.some(({ marks = 'none' }) => marks !== 'none') ? MARK_ROOM : 0,
  };
}

function isDistinct({ ticks }: Axis, format: (value: number) => string): boolean {
  return new Set(ticks.map(format)).size === ticks.length;
}

/** As many ticks as have labels of their own: half an epoch would be called as the whole one before it. */
function axisOfDistinct(
  values: readonly number[],
  { kind, format }: Pick<ChartAxis, 'kind' | 'format'>,
  counts: readonly number[] = [6, 4, 3, 2, 1],
): Axis {
  const axes = counts.map((count) => axisFor(values, kind, count));
  return axes.find((axis) => isDistinct(axis, format)) ?? axes[axes.length - 1];
}

/** The k-th name stands at k, with half a place before the first and after the last. */
function categoryAxis(count: number): Axis {
  const places = Math.max(1, count);
  return { domain: [-0.5, places - 0.5], ticks: Array.from({ length: count }, (_, k) => k) };
}

/**
 * Ticks whose labels do not run into each other, the first always among them.
 *
 * @param width pixels from the first to the last value of the axis
 */
export function readableTicks({ domain, ticks }: Axis, axis: ChartAxis, width: number): number[] {
  const turn = axis.kind === 'log' ? Math.log : (value: number) => value;
  const [low, high] = domain.map(turn);
  const kept: number[] = [];
  let free = -Infinity;
  for (const tick of ticks) {
    const place = ((turn(tick) - low) / (high - low)) * width;
    const half = (axis.format(tick).length * LETTER) / 2;
    if (place - half < free) continue;
    kept.push(tick);
    free = place + half + LABEL_GAP;
  }
  return kept;
}

/** Height of the labels below an axis in one row, and of a second row, in pixels. */
const LABEL_HEIGHT = 26;
const SECOND_ROW = 16;

/**
 * Names that would run into each other stand in two rows by turns.
 *
 * @param spacing pixels between two neighbouring ticks
 */
export function labelRows(
  { categories = [] }: Pick<ChartAxis, 'categories'>,
  spacing: number,
): { height: number; rowOf: (k: number) => number } {
  const longest = Math.max(0, ...categories.map((name) => name.length)) * LETTER + 10;
  const isCrowded = longest > spacing;
  return {
    height: LABEL_HEIGHT + (isCrowded ? SECOND_ROW : 0),
    rowOf: (k) => (isCrowded ? k % 2 : 0),
  };
}

/** Pixels that the labels of a row are lower than those of the first. */
export const rowOffset = (row: number): number => row * SECOND_ROW;

/** What stands below a tick: its name where the axis has names. */
export function tickLabel(
  { categories, format }: Pick<ChartAxis, 'categories' | 'format'>,
  tick: number,
): string {
  return categories === undefined ? format(tick) : (categories[Math.round(tick)] ?? '');
}
