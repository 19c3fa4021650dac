/** The picture of a dot figure, drawn by the chart library, and loaded with it. */
import { memo } from 'react';
import {
  CartesianGrid,
  Line,
  LineChart,
  ReferenceLine,
  useXAxisScale,
  useYAxisScale,
  XAxis,
  YAxis,
} from 'recharts';
import { readableTicks } from './axes.ts';
import type { DotFigureProps, DotSeries } from './dots.ts';
import { LETTER } from './letter.ts';
import { markPath } from './marks.ts';
import { axisFor } from './scale.ts';

type DotPlotProps = Pick<DotFigureProps, 'series' | 'rows' | 'x'> & {
  /** Pixels. */
  width: number;
  height: number;
};

const MARGIN = { top: 4, right: 16, bottom: 0, left: 0 };
/** The largest share of the width that names take. */
const NAMES_SHARE = 0.4;
/** Pixels between the dots of a row. */
const BETWEEN = 10;
const LABELS = 26;

const ORIGIN = { x: 0, y: 0 };

export const DotPlot = memo(function DotPlot({ series, rows, x, width, height }: DotPlotProps) {
  const dots = rows.flatMap(({ dots }) => series.map(({ id }) => dots[id]));
  const axis = axisFor([0, ...dots.flatMap(({ low, high }) => [low, high])], 'linear', 6);
  const longest = Math.max(...rows.map(({ name }) => [...name].length));
  const namesWidth = Math.min(width * NAMES_SHARE, longest * LETTER + 14);
  const letters = Math.floor((namesWidth - 14) / LETTER);
  const ticks = readableTicks(axis, x, width - namesWidth - MARGIN.right);
  return (
    <LineChart width={width} height={height} margin={MARGIN} accessibilityLayer={false}>
      <CartesianGrid horizontal={false} stroke="var(--line)" syncWithTicks />
      <XAxis
        dataKey="x"
        type="number"
        domain={axis.domain}
        ticks={ticks}
        tickFormatter={x.format}
        tickLine={false}
        axisLine={{ stroke: 'var(--line-strong)' }}
        height={LABELS}
        interval={0}
      />
      <YAxis
        dataKey="y"
        type="number"
        domain={[-0.5, rows.length - 0.5]}
        reversed
        ticks={rows.map((_, k) => k)}
        tick={(tick: { x: number | string; y: number | string; payload: { value: number } }) => (
          <text x={tick.x} y={Number(tick.y) + 4} textAnchor="end">
            {cut(rows[tick.payload.value]?.name ?? '', letters)}
          </text>
        )}
        tickLine={false}
        axisLine={false}
        width={namesWidth}
        interval={0}
      />
      <ReferenceLine x={0} stroke="var(--line-strong)" />
      {/* The library lays out no axes without data, and draws a single point. */}
      <Line data={[ORIGIN, ORIGIN]} dataKey="y" stroke="none" dot={false} isAnimationActive={false} />
      {series.map((one, k) => (
        <Dots key={one.id} series={one} rows={rows} down={(k - (series.length - 1) / 2) * BETWEEN} />
      ))}
    </LineChart>
  );
});

function cut(name: string, letters: number): string {
  const all = [...name];
  return all.length > letters ? `${all.slice(0, Math.max(1, letters - 1)).join('')}…` : name;
}

interface DotsProps {
  series: DotSeries;
  rows: DotFigureProps['rows'];
  /** Pixels below the middle of the row. */
  down: number;
}

function Dots({ series, rows, down }: DotsProps) {
  const [toX, toY] = [useXAxisScale(), useYAxisScale()];
  if (toX === undefined || toY === undefined) return null;
  let [bars, marks] = ['', ''];
  rows.forEach(({ dots }, k) => {
    const { value, low, high } = dots[series.id];
    const [x, from, to] = [value, low, high].map((at) => toX(at) ?? NaN);
    const y = (toY(k) ?? NaN) + down;
    if (![x, from, to, y].every(Number.isFinite)) return;
    if (to - from > 0.5) bars += `M${from.toFixed(1)} ${y.toFixed(1)}H${to.toFixed(1)}`;
    marks += markPath(series.shape ?? 'circle', x, y);
  });
  return (
    <g className="chart-marks" stroke={series.colour} fill="none">
      <path d={bars} strokeWidth={2} />
      <path d={marks} strokeWidth={1.8} fill={series.marks === 'hollow' ? 'var(--panel)' : series.colour} />
    </g>
  );
}
