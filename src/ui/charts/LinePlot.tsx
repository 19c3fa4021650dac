/** The picture of a line figure, drawn by the chart library, and loaded with it. */
import { memo } from 'react';
import {
  CartesianGrid,
  Curve,
  Line,
  LineChart,
  ReferenceArea,
  ReferenceDot,
  ReferenceLine,
  XAxis,
  YAxis,
  type DotItemDotProps,
  type LineDrawShapeProps,
} from 'recharts';
import { isAlike } from '../alike.ts';
import { axesOf, labelRows, readableTicks, rowOffset, tickLabel } from './axes.ts';
import { crossLines, DASHES, type ChartAxis, type ChartSeries, type LineFigureProps } from './figure.tsx';
import { PlotHint } from './PlotHint.tsx';
import { MarkedPlace } from './MarkedPlace.tsx';
import { PointMarks } from './PointMarks.tsx';
import { PlotReading } from './PlotReading.tsx';

type LinePlotProps = Pick<
  LineFigureProps,
  'series' | 'x' | 'y' | 'reference' | 'floor' | 'references' | 'focus' | 'reading' | 'firstOnTop'
> & {
  /** Pixels. */
  width: number;
  height: number;
};

const MARGIN = { top: 10, right: 16, bottom: 0, left: 0 };

export const LinePlot = memo(function LinePlot(props: LinePlotProps) {
  const { x, y, focus, reading, firstOnTop = false, width, height } = props;
  const { lines, xAxis, yAxis, yFormat, labelWidth, inset } = axesOf(props);
  const plotWidth = width - labelWidth - MARGIN.right;
  const xTicks = x.categories === undefined ? readableTicks(xAxis, x, plotWidth - 2 * inset) : xAxis.ticks;
  const crossed = crossLines(props);
  const inOrder = firstOnTop ? lines.toReversed() : lines;
  return (
    <LineChart width={width} height={height} margin={MARGIN} accessibilityLayer={false}>
      <CartesianGrid vertical={false} stroke="var(--line)" syncWithTicks />
      <Across
        {...{ kind: x.kind, format: x.format, categories: x.categories, domain: xAxis.domain, ticks: xTicks }}
        inset={inset}
        spacing={plotWidth / Math.max(1, xAxis.ticks.length)}
      />
      <Up kind={y.kind} format={yFormat} domain={yAxis.domain} ticks={yAxis.ticks} width={labelWidth} />
      {crossed.map(
        ({ name, band, colour }) =>
          band !== undefined && (
            <ReferenceArea
              key={name}
              y1={band[0]}
              y2={band[1]}
              fill={colour}
              fillOpacity={1}
              opacity={0.14}
            />
          ),
      )}
      {crossed.map((line) => (
        <ReferenceLine
          key={line.name}
          y={line.y}
          stroke={line.colour}
          strokeWidth={1.5}
          strokeDasharray={DASHES[line.stroke]}
        />
      ))}
      {x.mark !== undefined && <MarkedPlace {...x.mark} />}
      {inOrder.map((line) => (
        <PlotLine key={line.id} line={line} bottom={yAxis.domain[0]} />
      ))}
      {focus !== undefined && (
        <ReferenceDot
          x={focus.x}
          y={focus.y}
          r={5.5}
          fill="var(--panel)"
          stroke={focus.colour}
          strokeWidth={2}
        />
      )}
      {reading === undefined ? (
        <PlotHint lines={lines} x={x} y={y} />
      ) : (
        <PlotReading lines={inOrder} {...reading} />
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

/** Pixels from a tick's place down to where its letters stand: below the axis, and beside it. */
const FIRST_ROW = 10;
const HALF_LETTER = 4;

interface TickLabelProps {
  tick: TickProps;
  anchor: 'middle' | 'end';
  down: number;
  children: string;
}

/** A label of an axis, in one line whatever its length: the library's own would be measured at every drawing. */
function Tick({ tick, anchor, down, children }: TickLabelProps) {
  return (
    <text x={tick.x} y={Number(tick.y) + down} textAnchor={anchor}>
      {children}
    </text>
  );
}

interface AxisProps extends Pick<ChartAxis, 'kind' | 'format'> {
  domain: [number, number];
  ticks: number[];
}

interface AcrossProps extends AxisProps {
  categories: ChartAxis['categories'];
  /** Room at both ends, and pixels between two ticks. */
  inset: number;
  spacing: number;
}

// What is told to the library again, it works out again, for everything in the figure: an axis or a line that is as it was
// is not.

/** The axis below. */
const Across = memo(function Across({ domain, ticks, inset, spacing, ...x }: AcrossProps) {
  const { height, rowOf } = labelRows(x, spacing);
  return (
    <XAxis
      dataKey="x"
      type="number"
      scale={x.kind}
      domain={domain}
      ticks={ticks}
      tickFormatter={x.format}
      padding={{ left: inset, right: inset }}
      tick={(tick: TickProps) => (
        <Tick tick={tick} anchor="middle" down={FIRST_ROW + rowOffset(rowOf(tick.index))}>
          {tickLabel(x, tick.payload.value)}
        </Tick>
      )}
      tickLine={false}
      axisLine={{ stroke: 'var(--line-strong)' }}
      height={height}
      interval={0}
    />
  );
}, isAlike);

/** The axis at the left. */
const Up = memo(function Up({ kind, format, domain, ticks, width }: AxisProps & { width: number }) {
  return (
    <YAxis
      type="number"
      scale={kind}
      domain={domain}
      ticks={ticks}
      tick={(tick: TickProps) => (
        <Tick tick={tick} anchor="end" down={HALF_LETTER}>
          {format(tick.payload.value)}
        </Tick>
      )}
      tickLine={false}
      axisLine={false}
      width={width}
      interval={0}
    />
  );
}, isAlike);

interface PlotLineProps {
  line: ChartSeries;
  /** Where an error bar ends at the latest. */
  bottom: number;
}

function isSameLine(now: PlotLineProps, before: PlotLineProps): boolean {
  const { points, ...look } = now.line;
  const { points: others, ...lookBefore } = before.line;
  return (
    now.bottom === before.bottom &&
    isAlike(look, lookBefore) &&
    points.length === others.length &&
    points.every((point, k) => isAlike(point, others[k]))
  );
}

/** A line with its marks and error bars. */
const PlotLine = memo(function PlotLine({ line, bottom }: PlotLineProps) {
  const { name, colour, stroke = 'solid', marks = 'none', points } = line;
  const isMarked =
    marks !== 'none' || points.some(({ spread = 0, range }) => spread > 0 || range !== undefined);
  return (
    <Line
      data={points}
      dataKey="y"
      name={name}
      stroke={stroke === 'none' ? 'none' : colour}
      strokeWidth={2}
      strokeDasharray={DASHES[stroke]}
      strokeLinejoin="round"
      shape={({ pathRef: _, ...shape }: LineDrawShapeProps) => (
        <>
          {/* Without the reference by which the library would measure the path at every drawing, for animations. */}
          <Curve {...shape} />
          {isMarked && <PointMarks line={line} places={shape.points ?? []} bottom={bottom} />}
        </>
      )}
      // A single point has no path. Of more, a dot each would take longer than the line.
      dot={
        points.length === 1 &&
        ((dot: DotItemDotProps) => <PointMarks line={line} places={dot.points} bottom={bottom} />)
      }
      activeDot={false}
      isAnimationActive={false}
    />
  );
}, isSameLine);
