import { memo, useCallback, useMemo, useRef } from 'react';
import { drawCloud } from './drawCloud.ts';
import type { ChartAxis } from './figure.tsx';
import { PlaneAxes, planeArea } from './PlaneAxes.tsx';
import { axisFor } from './scale.ts';
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

/** A cloud of points around the diagonal, on which both axes say the same. */
export const CloudFigure = memo(function CloudFigure(props: CloudFigureProps) {
  const { summary, x, y, range, axes, tone } = props;
  const frame = useRef<HTMLDivElement>(null);
  const { width } = useSize(frame);
  const axis = useMemo(() => axisFor(range, 'linear', 5), [range]);
  const area = planeArea(width, HEIGHT, { axis, format: axes.y.format });
  const draw = useCallback(
    (context: CanvasRenderingContext2D, size: CanvasSize) =>
      drawCloud(context, size, { x, y, domain: { x: axis.domain, y: axis.domain }, tone, most: 1 }),
    [x, y, axis, tone],
  );
  const canvas = useCanvas(draw);
  const { left, top, right, bottom } = area;
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
        {width > 0 && (
          <PlaneAxes x={{ axis, format: axes.x.format }} y={{ axis, format: axes.y.format }} area={area}>
            <line
              x1={left}
              x2={right}
              y1={bottom}
              y2={top}
              stroke="var(--line-strong)"
              strokeWidth={1.5}
              strokeDasharray="2 4"
            />
          </PlaneAxes>
        )}
        <canvas
          ref={canvas}
          className="cloud-canvas"
          aria-hidden="true"
          style={{ top, left, width: right - left, height: bottom - top }}
        />
      </div>
      <span className="chart-x-label" aria-hidden="true">
        {axes.x.label}
      </span>
    </div>
  );
});
