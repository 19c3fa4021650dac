/** Where everything of a line chart lies in pixels, for the page's own SVG and for a saved one. */
import { axesOf, CHARACTER, labelRows, rowOffset, tickLabel, type DrawnAxes } from './axes.ts';
import { FIGURE_HEIGHT, type ChartSeries, type LineFigureProps } from './figure.tsx';
import { markPath } from './marks.ts';
import { linePath, readableTicks, scaleTo, type PlotArea } from './plot.ts';

type ToPixel = (value: number) => number;

export interface PlotLayout extends DrawnAxes {
  area: PlotArea;
  toX: ToPixel;
  toY: ToPixel;
  /** Labels below the horizontal axis, each at its baseline. */
  xLabels: { tick: number; x: number; y: number; text: string }[];
}

/** Pixels from the end of the axis to the baseline of its labels. */
const BASELINE = 18;

/** @param width whole width with the labels of the vertical axis, in pixels */
export function layOutPlot(props: LineFigureProps, width: number): PlotLayout {
  const { x, y, height = FIGURE_HEIGHT } = props;
  const axes = axesOf(props);
  const { xAxis, yAxis, labelWidth, inset } = axes;
  const left = labelWidth;
  const right = Math.max(left + 28, width - 16);
  const rows = labelRows(x, (right - left) / Math.max(1, xAxis.ticks.length));
  const area: PlotArea = { left, right, top: 10, bottom: height - rows.height };
  const toX = scaleTo(xAxis, x.kind, left + inset, right - inset);
  const toY = scaleTo(yAxis, y.kind, area.bottom, area.top);
  const ticks =
    x.categories === undefined ? readableTicks(xAxis.ticks, toX, x.format, CHARACTER) : xAxis.ticks;
  const xLabels = ticks.map((tick, k) => ({
    tick,
    x: toX(tick),
    y: area.bottom + BASELINE + rowOffset(rows.rowOf(k)),
    text: tickLabel(x, tick),
  }));
  return { ...axes, area, toX, toY, xLabels };
}

/** Half the length of the end of an error bar, in pixels. */
const BAR_END = 4;

/** A series as three paths, whatever the number of its points: the line, the error bars, the marks. */
export function curvePaths(
  { points, stroke = 'solid', marks = 'none', shape = 'circle' }: ChartSeries,
  { toX, toY }: Pick<PlotLayout, 'toX' | 'toY'>,
): { line: string; bars: string; marks: string } {
  const bars = points
    .filter(({ spread = 0 }) => spread > 0)
    .map(({ x, y, spread = 0 }) => {
      const at = toX(x).toFixed(1);
      const low = toY(y - spread).toFixed(1);
      const high = toY(y + spread).toFixed(1);
      const end = `h${2 * BAR_END}m${-BAR_END} 0`;
      return `M${at} ${low}m${-BAR_END} 0${end}V${high}m${-BAR_END} 0${end}`;
    });
  const isMarked = marks !== 'none' || points.length === 1;
  return {
    line: stroke === 'none' ? '' : linePath(points, toX, toY),
    bars: bars.join(''),
    marks: isMarked ? points.map(({ x, y }) => markPath(shape, toX(x), toY(y))).join('') : '',
  };
}
