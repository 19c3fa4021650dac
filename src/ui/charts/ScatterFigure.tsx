import { memo, useCallback, useMemo, useRef, useState, type PointerEvent, type ReactNode } from 'react';
import { drawCloud } from './drawCloud.ts';
import { circleAt, circlePlace, drawScatter, type ScatterScene } from './drawScatter.ts';
import { PlaneAxes, planeArea, shareOf, type PlaneScale } from './PlaneAxes.tsx';
import { axisFor } from './scale.ts';
import { useCanvas, type CanvasSize } from './useCanvas.ts';
import { drawingHeight } from './drawingHeight.ts';
import { useSize } from './useSize.ts';
import './charts.css';
import './cloudFigure.css';

/** An axis of a scatter. */
export interface ScatterAxis {
  label: string;
  /** From the first to the last value. */
  low: number;
  high: number;
  /** The only values that there are, each with a name; else any between. */
  named: readonly { at: number; name: string }[] | null;
  format: (value: number) => string;
}

interface ScatterFigureProps extends Omit<ScatterScene, 'domain'> {
  /** What it shows with its main numbers, in a sentence: read out in place of the picture. */
  summary: string;
  x: ScatterAxis;
  y: ScatterAxis;
  /** Points behind everything: how far along either axis each lies, 0 … 1. */
  cloud: { x: Float32Array; y: Float32Array };
  /** What the colours and marks mean. */
  legend: ReactNode;
  /** A circle in words, by its number. */
  describe: (circle: number) => string;
  /** Said while no circle is pointed at. */
  invitation: string;
}

/** Height for a width, in pixels. */
const HEIGHT = { share: 0.5, least: 300, most: 480 };
/** How opaque the cloud gets where it is densest: what stands over it has to be seen. */
const MOST_OPAQUE = 0.5;

/**
 * A cloud of records, and over it what may change at every move of a control. Each is on a canvas of its own, so that
 * the cloud is drawn only when it changes itself, with the size or with the theme.
 */
export const ScatterFigure = memo(function ScatterFigure(props: ScatterFigureProps) {
  const { summary, x, y, cloud, circles, dots, cuts, lines, legend, describe, invitation } = props;
  const frame = useRef<HTMLDivElement>(null);
  const { width } = useSize(frame);
  const height = drawingHeight(width, HEIGHT);
  const [pointed, setPointed] = useState<{ of: typeof circles; k: number } | null>(null);
  const scaleX = useMemo(() => scaleOf(x), [x]);
  const scaleY = useMemo(() => scaleOf(y), [y]);
  const { left, top, right, bottom } = planeArea(width, height, scaleY);
  const size: CanvasSize = { width: right - left, height: bottom - top };

  const drawRecords = useCallback(
    (context: CanvasRenderingContext2D, canvasSize: CanvasSize) => {
      const domain = { x: inShares(x, scaleX), y: inShares(y, scaleY) };
      const look = { tone: 'full' as const, most: MOST_OPAQUE };
      drawCloud(context, canvasSize, { x: cloud.x, y: cloud.y, domain, ...look });
    },
    [x, y, scaleX, scaleY, cloud],
  );
  const domain = useMemo(() => ({ x: scaleX.axis.domain, y: scaleY.axis.domain }), [scaleX, scaleY]);
  const drawOver = useCallback(
    (context: CanvasRenderingContext2D, canvasSize: CanvasSize) =>
      drawScatter(context, canvasSize, { domain, circles, dots, cuts, lines }),
    [domain, circles, dots, cuts, lines],
  );
  const records = useCanvas(drawRecords);
  const over = useCanvas(drawOver);

  const point = (event: PointerEvent): void => {
    const box = over.current?.getBoundingClientRect();
    if (box === undefined) return;
    const k = circleAt({ domain, circles }, size, {
      x: event.clientX - box.left,
      y: event.clientY - box.top,
    });
    setPointed((last) =>
      k === null ? null : last?.of === circles && last.k === k ? last : { of: circles, k },
    );
  };
  const shown = pointed !== null && pointed.of === circles ? pointed.k : null;
  const ring = shown === null || circles === null ? null : circlePlace(domain, circles, size, shown);
  const place = { top, left, width: size.width, height: size.height };
  return (
    <div className="cloud scatter">
      {legend}
      <span className="chart-y-label" aria-hidden="true">
        {y.label}
      </span>
      <div
        ref={frame}
        className="chart-plot cloud-plot keeps-colour"
        role="img"
        aria-label={summary}
        style={{ height }}
        onPointerMove={point}
        onPointerDown={point}
        onPointerLeave={() => setPointed(null)}
      >
        {width > 0 && <PlaneAxes x={scaleX} y={scaleY} area={{ left, top, right, bottom }} />}
        <canvas ref={records} className="cloud-canvas scatter-records" aria-hidden="true" style={place} />
        <canvas ref={over} className="cloud-canvas scatter-samples" aria-hidden="true" style={place} />
        {ring !== null && (
          <svg className="chart-pointed scatter-pointed" aria-hidden="true" style={place}>
            <circle cx={ring.x} cy={ring.y} r={ring.radius + 2.5} />
          </svg>
        )}
      </div>
      <span className="chart-x-label" aria-hidden="true">
        {x.label}
      </span>
      <p className="chart-pointed scatter-reading">{shown === null ? invitation : describe(shown)}</p>
    </div>
  );
});

function scaleOf({ low, high, named, format }: ScatterAxis): PlaneScale {
  if (named === null) return { axis: axisFor([low, high], 'linear', 6), format };
  const names = new Map(named.map(({ at, name }) => [at, name]));
  const axis = { domain: [low, high] as [number, number], ticks: named.map(({ at }) => at) };
  return { axis, format: (value) => names.get(value) ?? '' };
}

/** What an axis as it is drawn reaches over, in shares of the way from the first to the last value. */
function inShares({ low, high }: ScatterAxis, { axis }: PlaneScale): [number, number] {
  const own = { ...axis, domain: [low, high] as [number, number] };
  return [shareOf(own, axis.domain[0]), shareOf(own, axis.domain[1])];
}
