import { useMemo, useRef, useState, type PointerEvent } from 'react';
import { linePath, nearest, readableTicks, scaleTo, type ChartPoint, type PlotArea } from './plot.ts';
import { axesOf, CHARACTER } from './axes.ts';
import { useSize } from './useSize.ts';
import {
  DASHES,
  FIGURE_HEIGHT,
  FigureFrame,
  HintRows,
  type ChartAxis,
  type ChartSeries,
  type LineFigureProps,
} from './figure.tsx';

/** How far from the pointer a point of an unmarked line may lie and still be named, in pixels. */
const REACH = 28;

/**
 * Lines over numeric axes in one small SVG, for the time while workers compute: an update touches a few attributes,
 * where a general chart library renders for tens of milliseconds. Looks as LineFigure does.
 */
export function LiveFigure(props: LineFigureProps) {
  return (
    <FigureFrame {...props}>
      <Plot {...props} />
    </FigureFrame>
  );
}

function Plot({ summary, series, x, y, reference, focus, height = FIGURE_HEIGHT }: LineFigureProps) {
  const frame = useRef<HTMLDivElement>(null);
  const { width } = useSize(frame);
  const [pointer, setPointer] = useState<number | null>(null);
  const { lines, xAxis, yAxis, labelWidth, inset } = useMemo(
    () => axesOf({ series, x, y, reference }),
    [series, x, y, reference],
  );
  const area: PlotArea = {
    left: labelWidth,
    right: Math.max(labelWidth + 28, width - 16),
    top: 10,
    bottom: height - 26,
  };
  const toX = scaleTo(xAxis, x.kind, area.left + inset, area.right - inset);
  const toY = scaleTo(yAxis, y.kind, area.bottom, area.top);

  const onPointerMove = (event: PointerEvent<HTMLDivElement>): void => {
    setPointer(event.clientX - event.currentTarget.getBoundingClientRect().left);
  };
  const near =
    pointer === null
      ? []
      : lines.map((line) => ({ line, point: nearest(line.points, toX, pointer, reachOf(line)) }));
  const first = near.find(({ point }) => point !== null)?.point ?? undefined;

  return (
    <div
      ref={frame}
      className="chart-plot"
      onPointerMove={onPointerMove}
      onPointerLeave={() => setPointer(null)}
    >
      <svg role="img" aria-label={summary} width={width} height={height} className="keeps-colour">
        <Axes area={area} x={x} y={y} xTicks={xAxis.ticks} yTicks={yAxis.ticks} toX={toX} toY={toY} />
        {reference !== undefined && (
          <path
            d={`M${area.left} ${toY(reference.y)}H${area.right}`}
            stroke={reference.colour}
            strokeWidth="1.5"
            strokeDasharray={DASHES.dashed}
          />
        )}
        {first !== undefined && (
          <path d={`M${toX(first.x)} ${area.top}V${area.bottom}`} stroke="var(--line-strong)" />
        )}
        {lines.map((line) => (
          <Curve key={line.id} line={line} toX={toX} toY={toY} />
        ))}
        {focus !== undefined && <Focus focus={focus} area={area} toX={toX} toY={toY} />}
        {near.map(
          ({ line, point }) =>
            point !== null && (
              <circle
                key={line.id}
                cx={toX(point.x)}
                cy={toY(point.y)}
                r="4.5"
                fill={line.colour}
                stroke="var(--panel)"
                strokeWidth="1.5"
              />
            ),
        )}
      </svg>
      {near.some(({ point }) => point !== null) && <Hint near={near} x={x} y={y} toX={toX} width={width} />}
    </div>
  );
}

/** Single points are named from anywhere; a line only where it runs. */
function reachOf(line: ChartSeries): number {
  return line.marks === undefined || line.marks === 'none' ? REACH : Infinity;
}

type ToPixel = (value: number) => number;

interface AxesProps {
  area: PlotArea;
  x: ChartAxis;
  y: ChartAxis;
  xTicks: readonly number[];
  yTicks: readonly number[];
  toX: ToPixel;
  toY: ToPixel;
}

function Axes({ area, x, y, xTicks, yTicks, toX, toY }: AxesProps) {
  return (
    <g className="chart-axes">
      {yTicks.map((tick) => (
        <g key={tick}>
          <path d={`M${area.left} ${Math.round(toY(tick)) + 0.5}H${area.right}`} className="chart-grid" />
          <text x={area.left - 8} y={toY(tick)} textAnchor="end" dominantBaseline="central">
            {y.format(tick)}
          </text>
        </g>
      ))}
      <path d={`M${area.left} ${area.bottom + 0.5}H${area.right}`} className="chart-base-line" />
      {readableTicks(xTicks, toX, x.format, CHARACTER).map((tick) => (
        <text key={tick} x={toX(tick)} y={area.bottom + 18} textAnchor="middle">
          {x.format(tick)}
        </text>
      ))}
    </g>
  );
}

function Curve({ line, toX, toY }: { line: ChartSeries; toX: ToPixel; toY: ToPixel }) {
  const { points, colour, marks = 'none' } = line;
  const alone = points.length === 1;
  return (
    <g stroke={colour} strokeWidth="2" fill="none">
      <path
        d={linePath(points, toX, toY)}
        strokeDasharray={DASHES[line.stroke ?? 'solid']}
        strokeLinejoin="round"
      />
      {points.map((point) => {
        if (point.spread === undefined || point.spread === 0) return null;
        const at = toX(point.x);
        const low = toY(point.y - point.spread);
        const high = toY(point.y + point.spread);
        return (
          <path
            key={point.x}
            d={`M${at} ${low}V${high}M${at - 4} ${low}h8M${at - 4} ${high}h8`}
            strokeWidth="1.2"
          />
        );
      })}
      {(alone || marks !== 'none') &&
        points.map((point) => (
          <circle
            key={point.x}
            cx={toX(point.x)}
            cy={toY(point.y)}
            r="3.6"
            strokeWidth="1.8"
            fill={marks === 'hollow' ? 'var(--panel)' : colour}
          />
        ))}
    </g>
  );
}

interface FocusProps {
  focus: NonNullable<LineFigureProps['focus']>;
  area: PlotArea;
  toX: ToPixel;
  toY: ToPixel;
}

function Focus({ focus, area, toX, toY }: FocusProps) {
  const at = toX(focus.x);
  const isRight = at > (area.left + area.right) / 2;
  return (
    <g>
      <circle cx={at} cy={toY(focus.y)} r="5.5" fill="var(--panel)" stroke={focus.colour} strokeWidth="2" />
      {focus.label !== undefined && (
        <text x={at + (isRight ? -10 : 10)} y={toY(focus.y) - 10} textAnchor={isRight ? 'end' : 'start'}>
          {focus.label}
        </text>
      )}
    </g>
  );
}

interface HintProps {
  near: readonly { line: ChartSeries; point: ChartPoint | null }[];
  x: ChartAxis;
  y: ChartAxis;
  toX: ToPixel;
  width: number;
}

/** The points near the pointer in numbers, on the side that has room. */
function Hint({ near, x, y, toX, width }: HintProps) {
  const first = near.find(({ point }) => point !== null)?.point;
  if (first === undefined || first === null) return null;
  const at = toX(first.x);
  const side = at > width / 2 ? { right: width - at + 14 } : { left: at + 14 };
  return (
    <div className="chart-hint" style={side} aria-hidden="true">
      <HintRows near={near} x={x} y={y} />
    </div>
  );
}
