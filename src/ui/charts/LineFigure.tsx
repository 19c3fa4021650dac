import { useMemo } from 'react';
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
import { axisFor, type ScaleKind } from './scale.ts';
import './charts.css';

export interface ChartPoint {
  x: number;
  y: number;
  /** Half the length of the error bar. */
  spread?: number;
  /** Said after the value in the tooltip: "0.98 to 1.07 over 5 splits". */
  note?: string;
}

export interface ChartSeries {
  id: string;
  name: string;
  /** A role's colour: "var(--analytics)". */
  colour: string;
  /** How it is told apart without colour. */
  stroke?: 'solid' | 'dashed' | 'dotted';
  marks?: 'none' | 'filled' | 'hollow';
  points: readonly ChartPoint[];
}

export interface ChartAxis {
  label: string;
  kind: ScaleKind;
  format: (value: number) => string;
  /** Values that the axis must reach besides those of the series. */
  include?: readonly number[];
}

interface LineFigureProps {
  /** What it shows with its main numbers, in a sentence: read out in place of the picture. */
  summary: string;
  series: readonly ChartSeries[];
  x: ChartAxis;
  y: ChartAxis;
  /** A horizontal line, such as full training. */
  reference?: { y: number; name: string; colour: string } | undefined;
  /** A point to point out, such as the chosen β. */
  focus?: { x: number; y: number; colour: string } | undefined;
  height?: number;
  /** Said in place of a chart without points. */
  empty: string;
}

const DASHES = { solid: undefined, dashed: '7 5', dotted: '2 4' } as const;
const TICK = { fill: 'var(--soft)', fontSize: 12 };

type Datum = Record<string, number | [number, number] | string>;

/** Points of all series by x: recharts wants one table. */
function tabulate(series: readonly ChartSeries[], x: ScaleKind, y: ScaleKind): Datum[] {
  const byX = new Map<number, Datum>();
  for (const line of series) {
    for (const point of line.points) {
      if ((x === 'log' && point.x <= 0) || (y === 'log' && point.y <= 0)) continue;
      let datum = byX.get(point.x);
      if (datum === undefined) byX.set(point.x, (datum = { x: point.x }));
      datum[line.id] = point.y;
      if (point.spread !== undefined) datum[`${line.id} spread`] = point.spread;
      if (point.note !== undefined) datum[`${line.id} note`] = point.note;
    }
  }
  return [...byX.values()].sort((a, b) => (a.x as number) - (b.x as number));
}

/** Lines over a numeric axis, with error bars, a reference line and a legend in words. */
export function LineFigure({
  summary,
  series,
  x,
  y,
  reference,
  focus,
  height = 260,
  empty,
}: LineFigureProps) {
  const data = useMemo(() => tabulate(series, x.kind, y.kind), [series, x.kind, y.kind]);
  const xAxis = useMemo(
    () =>
      axisFor([...series.flatMap((line) => line.points.map((p) => p.x)), ...(x.include ?? [])], x.kind, 6),
    [series, x.kind, x.include],
  );
  const yAxis = useMemo(() => {
    const reach = series.flatMap((line) =>
      line.points.flatMap((p) => [p.y - (p.spread ?? 0), p.y + (p.spread ?? 0)]),
    );
    return axisFor(
      [...reach, ...(reference === undefined ? [] : [reference.y]), ...(y.include ?? [])],
      y.kind,
      5,
    );
  }, [series, reference, y.kind, y.include]);
  const withSpread = series.filter((line) => line.points.some((point) => (point.spread ?? 0) > 0));

  return (
    <div className="line-figure">
      <ul className="chart-keys">
        {series.map((line) => (
          <li key={line.id}>
            <Swatch colour={line.colour} stroke={line.stroke ?? 'solid'} marks={line.marks ?? 'none'} />
            {line.name}
          </li>
        ))}
        {reference !== undefined && (
          <li>
            <Swatch colour={reference.colour} stroke="dashed" marks="none" />
            {reference.name}
          </li>
        )}
      </ul>
      {data.length === 0 ? (
        <p className="chart-empty" style={{ minHeight: height }}>
          {empty}
        </p>
      ) : (
        <div className="chart-plot" role="img" aria-label={summary}>
          <span className="chart-y-label">{y.label}</span>
          <LineChart
            data={data}
            responsive
            accessibilityLayer={false}
            style={{ width: '100%', height }}
            margin={{ top: 8, right: 14, bottom: 4, left: 0 }}
          >
            <CartesianGrid stroke="var(--line)" vertical={false} />
            <XAxis
              dataKey="x"
              type="number"
              scale={x.kind}
              domain={xAxis.domain}
              ticks={xAxis.ticks}
              tickFormatter={x.format}
              tick={TICK}
              stroke="var(--line-strong)"
              tickLine={false}
              allowDataOverflow
              minTickGap={12}
            />
            <YAxis
              type="number"
              scale={y.kind}
              domain={yAxis.domain}
              ticks={yAxis.ticks}
              tickFormatter={y.format}
              tick={TICK}
              axisLine={false}
              tickLine={false}
              allowDataOverflow
              width="auto"
            />
            {reference !== undefined && (
              <ReferenceLine
                y={reference.y}
                stroke={reference.colour}
                strokeDasharray="7 5"
                strokeWidth={1.5}
              />
            )}
            <Tooltip
              isAnimationActive={false}
              cursor={{ stroke: 'var(--line-strong)' }}
              content={({ active, payload }) =>
                active === true && payload.length > 0 ? (
                  <Hint datum={payload[0].payload as Datum} series={series} x={x} y={y} />
                ) : null
              }
            />
            {series.map((line) => (
              <Line
                key={line.id}
                dataKey={line.id}
                name={line.name}
                type="linear"
                stroke={line.colour}
                strokeWidth={2}
                strokeDasharray={DASHES[line.stroke ?? 'solid']}
                connectNulls
                isAnimationActive={false}
                dot={dotOf(line)}
                activeDot={{ r: 4.5, fill: line.colour, stroke: 'var(--panel)' }}
              >
                {withSpread.includes(line) && (
                  <ErrorBar
                    dataKey={`${line.id} spread`}
                    width={5}
                    stroke={line.colour}
                    strokeWidth={1.2}
                    isAnimationActive={false}
                  />
                )}
              </Line>
            ))}
            {focus !== undefined && (
              <ReferenceDot
                x={focus.x}
                y={focus.y}
                r={6}
                fill="none"
                stroke={focus.colour}
                strokeWidth={2}
                ifOverflow="hidden"
              />
            )}
          </LineChart>
          <span className="chart-x-label">{x.label}</span>
        </div>
      )}
    </div>
  );
}

function dotOf(line: ChartSeries) {
  if (line.marks === undefined || line.marks === 'none') return line.points.length === 1 ? { r: 3.5 } : false;
  const fill = line.marks === 'filled' ? line.colour : 'var(--panel)';
  return { r: 3.5, fill, stroke: line.colour, strokeWidth: 1.8, strokeDasharray: 'none' };
}

function Swatch({ colour, stroke, marks }: Required<Pick<ChartSeries, 'colour' | 'stroke' | 'marks'>>) {
  return (
    <svg className="chart-swatch" viewBox="0 0 26 10" width="26" height="10" aria-hidden="true">
      <path d="M0 5h26" stroke={colour} strokeWidth="2" strokeDasharray={DASHES[stroke]} />
      {marks !== 'none' && (
        <circle
          cx="13"
          cy="5"
          r="3.2"
          stroke={colour}
          strokeWidth="1.8"
          fill={marks === 'filled' ? colour : 'var(--panel)'}
        />
      )}
    </svg>
  );
}

interface HintProps {
  datum: Datum;
  series: readonly ChartSeries[];
  x: ChartAxis;
  y: ChartAxis;
}

function Hint({ datum, series, x, y }: HintProps) {
  return (
    <div className="chart-hint">
      <p>
        {x.label}: <b>{x.format(datum.x as number)}</b>
      </p>
      {series.map((line) => {
        const value = datum[line.id];
        const note = datum[`${line.id} note`];
        if (typeof value !== 'number') return null;
        return (
          <p key={line.id}>
            <Swatch colour={line.colour} stroke={line.stroke ?? 'solid'} marks={line.marks ?? 'none'} />
            {line.name} <b>{y.format(value)}</b>
            {typeof note === 'string' && <span className="chart-hint-note">{note}</span>}
          </p>
        );
      })}
    </div>
  );
}
