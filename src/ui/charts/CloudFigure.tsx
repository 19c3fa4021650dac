import { memo, useCallback, useMemo, useRef } from 'react';
import { readableTicks } from './axes.ts';
import { drawCloud } from './drawCloud.ts';
import type { ChartAxis } from './figure.tsx';
import { LETTER } from './letter.ts';
import { axisFor, type Axis } from './scale.ts';
import { useCanvas, type CanvasSize } from './useCanvas.ts';
import { useSize } from './useSize.ts';
import './cloudFigure.css';

interface CloudFigureProps {
  /** What it shows with its main numbers, in a sentence: read out in place of the picture. */
  summary: string;
  /** Points of the cloud, one place in both arrays each. */
  x: ArrayLike<number>;
  y: ArrayLike<number>;
  /** Both axes reach from the one to the other; points outside are not drawn. */
  range: readonly [low: number, high: number];
  axes: { x: ChartAxis; y: ChartAxis };
  /** The role whose colour the points have. */
  tone: 'full' | 'analytics';
}

const HEIGHT = 320;
const MARGIN = { top: 10, right: 16, bottom: 24 };

/** A cloud of points around the diagonal, on which both axes say the same. */
export const CloudFigure = memo(function CloudFigure(props: CloudFigureProps) {
  const { summary, x, y, range, axes, tone } = props;
  const frame = useRef<HTMLDivElement>(null);
  const { width } = useSize(frame);
  const axis = useMemo(() => axisFor(range, 'linear', 5), [range]);
  const left = Math.max(...axis.ticks.map((tick) => axes.y.format(tick).length)) * LETTER + 14;
  const draw = useCallback(
    (context: CanvasRenderingContext2D, size: CanvasSize) =>
      drawCloud(context, size, { x, y, domain: axis.domain, tone }),
    [x, y, axis, tone],
  );
  const canvas = useCanvas(draw);
  return (
    <div className="cloud">
      <span className="chart-y-label" aria-hidden="true">
        {axes.y.label}
      </span>
      <div
        ref={frame}
        className="chart-plot cloud-plot keeps-colour"
        role="img"
        aria-label={summary}
        style={{ height: HEIGHT }}
      >
        {width > 0 && <Axes axis={axis} axes={axes} left={left} width={width} />}
        <canvas
          ref={canvas}
          className="cloud-canvas"
          aria-hidden="true"
          style={{
            top: MARGIN.top,
            left,
            width: Math.max(0, width - left - MARGIN.right),
            height: HEIGHT - MARGIN.top - MARGIN.bottom,
          }}
        />
      </div>
      <span className="chart-x-label" aria-hidden="true">
        {axes.x.label}
      </span>
    </div>
  );
});

interface AxesProps {
  axis: Axis;
  axes: CloudFigureProps['axes'];
  /** Pixels. */
  left: number;
  width: number;
}

/** Ticks of both axes, and the diagonal. */
function Axes({ axis, axes, left, width }: AxesProps) {
  const [low, high] = axis.domain;
  const right = width - MARGIN.right;
  const bottom = HEIGHT - MARGIN.bottom;
  const share = (value: number) => (value - low) / (high - low);
  const toX = (value: number) => left + share(value) * (right - left);
  const toY = (value: number) => bottom - share(value) * (bottom - MARGIN.top);
  return (
    <svg width={width} height={HEIGHT} aria-hidden="true">
      {axis.ticks.map((tick) => (
        <g key={tick}>
          <line x1={left} x2={right} y1={toY(tick)} y2={toY(tick)} stroke="var(--line)" />
          <text x={left - 8} y={toY(tick) + 4} textAnchor="end">
            {axes.y.format(tick)}
          </text>
        </g>
      ))}
      {readableTicks(axis, axes.x, right - left).map((tick) => (
        <text key={tick} x={toX(tick)} y={bottom + 18} textAnchor="middle">
          {axes.x.format(tick)}
        </text>
      ))}
      <line x1={left} x2={right} y1={bottom} y2={bottom} stroke="var(--line-strong)" />
      <line
        x1={left}
        x2={right}
        y1={bottom}
        y2={MARGIN.top}
        stroke="var(--line-strong)"
        strokeWidth={1.5}
        strokeDasharray="2 4"
      />
    </svg>
  );
}
