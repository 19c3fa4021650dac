import { useMemo, useRef, useState, type PointerEvent } from 'react';
import { curvePaths, layOutPlot, type PlotLayout } from './layout.ts';
import { nearest, type ChartPoint, type PlotArea } from './plot.ts';
import { useSize } from './useSize.ts';
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

function Plot(props: LineFigureProps) {
  const { summary, x, y, reference, floor, focus, height = FIGURE_HEIGHT } = props;
  const frame = useRef<HTMLDivElement>(null);
  const { width } = useSize(frame);
  const [pointer, setPointer] = useState<number | null>(null);
  const layout = useMemo(() => layOutPlot(props, width), [props, width]);
  const { lines, area, toX, toY } = layout;

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
        <Axes layout={layout} />
        {crossLines({ reference, floor }).map((line) => (
          <path
            key={line.name}
            d={`M${area.left} ${toY(line.y)}H${area.right}`}
            stroke={line.colour}
            strokeWidth="1.5"
            strokeDasharray={DASHES[line.stroke]}
          />
        ))}
        {first !== undefined && (
          <path d={`M${toX(first.x)} ${area.top}V${area.bottom}`} stroke="var(--line-strong)" />
        )}
        {lines.map((line) => (
          <Curve key={line.id} line={line} layout={layout} />
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

function Axes({ layout }: { layout: PlotLayout }) {
  const { area, yAxis, yFormat, toY, xLabels } = layout;
  return (
    <g className="chart-axes">
      {yAxis.ticks.map((tick) => (
        <g key={tick}>
          <path d={`M${area.left} ${Math.round(toY(tick)) + 0.5}H${area.right}`} className="chart-grid" />
          <text x={area.left - 8} y={toY(tick)} textAnchor="end" dominantBaseline="central">
            {yFormat(tick)}
          </text>
        </g>
      ))}
      <path d={`M${area.left} ${area.bottom + 0.5}H${area.right}`} className="chart-base-line" />
      {xLabels.map((label) => (
        <text key={label.tick} x={label.x} y={label.y} textAnchor="middle">
          {label.text}
        </text>
      ))}
    </g>
  );
}

function Curve({ line, layout }: { line: ChartSeries; layout: PlotLayout }) {
  const { colour, stroke = 'solid', marks = 'none' } = line;
  const paths = curvePaths(line, layout);
  return (
    <g stroke={colour} strokeWidth="2" fill="none">
      <path d={paths.line} strokeDasharray={DASHES[stroke]} strokeLinejoin="round" />
      <path d={paths.bars} strokeWidth="1.2" />
      <path d={paths.marks} strokeWidth="1.8" fill={marks === 'hollow' ? 'var(--panel)' : colour} />
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
