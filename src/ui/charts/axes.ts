/** What both kinds of line figure draw: the points that can be drawn, and the axes that hold them. */
import type { ChartSeries, LineFigureProps } from './figure.tsx';
import { drawable } from './plot.ts';
import { axisFor, fixedAxis, type Axis } from './scale.ts';

/** Points of a line beyond these cannot be told apart. */
const MOST_POINTS = 500;
/** Width of a character of the axis labels, in pixels. */
export const CHARACTER = 6.8;
/** Room between the ends of an axis and the marks on it, in pixels. */
const MARK_ROOM = 14;

export interface DrawnAxes {
  lines: ChartSeries[];
  xAxis: Axis;
  yAxis: Axis;
  /** Width of the labels of the y axis, and room for marks at the ends of the x axis, in pixels. */
  labelWidth: number;
  inset: number;
}

export function axesOf({
  series,
  x,
  y,
  reference,
}: Pick<LineFigureProps, 'series' | 'x' | 'y' | 'reference'>): DrawnAxes {
  const lines = series.map((line) => ({
    ...line,
    points: drawable(line.points, x.kind, y.kind, MOST_POINTS),
  }));
  const points = lines.flatMap((line) => line.points);
  const xAxis =
    x.ticks !== undefined && x.ticks.length > 0
      ? fixedAxis(x.ticks)
      : axisFor([...points.map((point) => point.x), ...(x.include ?? [])], x.kind, 6);
  const reach = points.flatMap(({ y: at, spread = 0 }) => [at - spread, at + spread]);
  const marked = reference === undefined ? [] : [reference.y];
  const yAxis = axisFor([...reach, ...marked, ...(y.include ?? [])], y.kind, 5);
  return {
    lines,
    xAxis,
    yAxis,
    labelWidth: Math.max(...yAxis.ticks.map((tick) => y.format(tick).length)) * CHARACTER + 12,
    inset: lines.some(({ marks = 'none' }) => marks !== 'none') ? MARK_ROOM : 0,
  };
}
