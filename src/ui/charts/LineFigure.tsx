import { memo, useMemo, useRef } from 'react';
import {
  CartesianGrid,
  ErrorBar,
  Line,
  LineChart,
  ReferenceDot,
  ReferenceLine,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { axesOf, labelRows, rowOffset, tickLabel } from './axes.ts';
import {
  crossLines,
  DASHES,
  FIGURE_HEIGHT,
  FigureFrame,
  HintRows,
  type ChartAxis,
  type ChartSeries,
  type LineFigureProps,
} from './figure.tsx';
import { markPath } from './marks.ts';
import type { ChartPoint } from './plot.ts';
import { useSize } from './useSize.ts';
import { useTurn } from '../turns.ts';

/** One row of the chart's data: the points of all series at one x, by series number. */
interface Row {
  x: number;
  points: (ChartPoint | null)[];
}

function rowsOf(series: readonly { points: readonly ChartPoint[] }[]): Row[] {
  const rows = new Map<number, Row>();
  series.forEach(({ points }, index) => {
    for (const point of points) {
      let row = rows.get(point.x);
      if (row === undefined) {
        row = { x: point.x, points: series.map(() => null) };
        rows.set(point.x, row);
      }
      row.points[index] = point;
    }
  });
  return [...rows.values()].sort((a, b) => a.x - b.x);
}

/** Lines over numeric axes with error bars, a reference line, and a legend in words. */
export function LineFigure(props: LineFigureProps) {
  return (
    <FigureFrame {...props}>
      <Plot {...props} />
    </FigureFrame>
  );
}

/** What a chart is drawn from; its parts change together. */
type Drawing = Pick<LineFigureProps, 'series' | 'x' | 'y' | 'reference' | 'floor' | 'focus'> & {
  width: number;
  height: number;
};

function Plot({ summary, series, x, y, reference, floor, focus, height = FIGURE_HEIGHT }: LineFigureProps) {
  const frame = useRef<HTMLDivElement>(null);
  const { width } = useSize(frame);
  const drawing = useMemo<Drawing>(
    () => ({ series, x, y, reference, floor, focus, width, height }),
    [series, x, y, reference, floor, focus, width, height],
  );
  const shown = useTurn(drawing);
  return (
    <div ref={frame} className="chart-plot keeps-colour" role="img" aria-label={summary} style={{ height }}>
      {shown.width > 0 && <Chart drawing={shown} />}
    </div>
  );
}

const Chart = memo(function Chart({ drawing }: { drawing: Drawing }) {
  const { x, y, focus, width, height } = drawing;
  const { lines, xAxis, yAxis, yFormat, labelWidth, inset } = axesOf(drawing);
  const rows = rowsOf(lines);
  const labels = labelRows(x, (width - labelWidth - 16) / Math.max(1, xAxis.ticks.length));
  return (
    <LineChart
      width={width}
      height={height}
      data={rows}
      margin={{ top: 10, right: 16, bottom: 0, left: 0 }}
      accessibilityLayer={false}
    >
      <CartesianGrid vertical={false} stroke="var(--line)" syncWithTicks />
      <XAxis
        dataKey="x"
        type="number"
        scale={x.kind}
        domain={xAxis.domain}
        ticks={xAxis.ticks}
        tickFormatter={x.format}
        padding={{ left: inset, right: inset }}
        tickLine={false}
        axisLine={{ stroke: 'var(--line-strong)' }}
        minTickGap={10}
        height={labels.height}
        {...(x.categories !== undefined && {
          interval: 0,
          tick: (tick: TickProps) => <CategoryTick x={x} tick={tick} lower={labels.rowOf(tick.index)} />,
        })}
      />
      <YAxis
        type="number"
        scale={y.kind}
        domain={yAxis.domain}
        ticks={yAxis.ticks}
        tickFormatter={yFormat}
        tickLine={false}
        axisLine={false}
        width={labelWidth}
        interval={0}
      />
      {crossLines(drawing).map((line) => (
        <ReferenceLine
          key={line.name}
          y={line.y}
          stroke={line.colour}
          strokeWidth={1.5}
          strokeDasharray={DASHES[line.stroke]}
        />
      ))}
      <Tooltip
        isAnimationActive={false}
        cursor={{ stroke: 'var(--line-strong)' }}
        position={{ y: 12 }}
        offset={14}
        content={({ active, label }) => (
          <Hint near={active === true ? pointsAt(Number(label), lines, x) : []} x={x} y={y} />
        )}
      />
      {lines.map((line, index) => curve(line, index, yAxis.domain[0]))}
      {focus !== undefined && (
        <ReferenceDot
          x={focus.x}
          y={focus.y}
          r={5.5}
          fill="var(--panel)"
          stroke={focus.colour}
          strokeWidth={2}
          label={focus.label}
        />
      )}
    </LineChart>
  );
});

/** What recharts says of a tick. */
interface TickProps {
  x: number | string;
  y: number | string;
  index: number;
  payload: { value: number };
}

/** A name below an axis, in the row that it stands in. */
function CategoryTick({ x, tick, lower }: { x: ChartAxis; tick: TickProps; lower: number }) {
  return (
    <text x={tick.x} y={Number(tick.y) + 12 + rowOffset(lower)} textAnchor="middle">
      {tickLabel(x, tick.payload.value)}
    </text>
  );
}

/** Every line's point at an x; over names, the points that stand by each other over the same one. */
function pointsAt(at: number, lines: readonly ChartSeries[], { categories }: ChartAxis): HintProps['near'] {
  const place = (x: number) => (categories === undefined ? x : Math.round(x));
  return lines.map((line) => ({
    line,
    point: line.points.find((point) => place(point.x) === place(at)) ?? null,
  }));
}

/** A line with its marks and error bars; recharts finds its parts by type, so this is no component. */
function curve(
  { id, name, colour, stroke = 'solid', marks = 'none', shape = 'circle', points }: ChartSeries,
  index: number,
  bottom: number,
) {
  const isMarked = marks !== 'none' || points.length === 1;
  const dot = isMarked
    ? ({ cx, cy, index: at }: { cx?: number; cy?: number; index?: number }) => (
        <path
          key={at}
          d={cx === undefined || cy === undefined ? '' : markPath(shape, cx, cy)}
          stroke={colour}
          strokeWidth={1.8}
          fill={marks === 'hollow' ? 'var(--panel)' : colour}
        />
      )
    : false;
  const hasSpread = points.some(({ spread = 0 }) => spread > 0);
  return (
    <Line
      key={id}
      name={name}
      dataKey={(row: Row) => row.points[index]?.y}
      stroke={colour}
      strokeWidth={stroke === 'none' ? 0 : 2}
      strokeDasharray={DASHES[stroke]}
      dot={dot}
      activeDot={{ r: 4.5, fill: colour, stroke: 'var(--panel)', strokeWidth: 1.5 }}
      connectNulls
      isAnimationActive={false}
    >
      {hasSpread && (
        <ErrorBar
          dataKey={(row: Row) => bar(row.points[index], bottom)}
          direction="y"
          width={4}
          stroke={colour}
          strokeWidth={1.2}
          isAnimationActive={false}
        />
      )}
    </Line>
  );
}

/** Below and above a point: a bar ends where the axis does, which on a logarithmic one is above 0. */
function bar(point: ChartPoint | null | undefined, bottom: number): [below: number, above: number] {
  const spread = point?.spread ?? 0;
  return [Math.min(spread, Math.max(0, (point?.y ?? 0) - bottom)), spread];
}

interface HintProps {
  near: readonly { line: ChartSeries; point: ChartPoint | null }[];
  x: ChartAxis;
  y: ChartAxis;
}

function Hint({ near, x, y }: HintProps) {
  if (near.every(({ point }) => point === null)) return null;
  return (
    <div className="chart-hint chart-hint-floating" aria-hidden="true">
      <HintRows near={near} x={x} y={y} />
    </div>
  );
}
