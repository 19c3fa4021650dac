import {
  DefaultZIndexes,
  Tooltip,
  useActiveTooltipLabel,
  useIsTooltipActive,
  useXAxisScale,
  useYAxisScale,
  ZIndexLayer,
} from 'recharts';
import { HintRows, type ChartAxis, type ChartSeries } from './figure.tsx';
import { nearest, type ChartPoint } from './points.ts';

/** How far from the pointer's place a point may lie and still be named, in pixels. */
const REACH = 28;

interface PlotHintProps {
  lines: readonly ChartSeries[];
  x: ChartAxis;
  y: ChartAxis;
}

/** The points near the pointer: picked out in the picture, and in numbers. */
export function PlotHint(props: PlotHintProps) {
  return (
    <>
      <Tooltip
        isAnimationActive={false}
        cursor={{ stroke: 'var(--line-strong)' }}
        position={{ y: 12 }}
        offset={14}
        content={() => <Hint {...props} />}
      />
      <NearPoints {...props} />
    </>
  );
}

interface Near {
  line: ChartSeries;
  point: ChartPoint | null;
}

/** Every line's point near the place that is pointed at; over names, the points that stand by each other. */
function useNear({ lines, x: { categories } }: PlotHintProps): Near[] {
  const isActive = useIsTooltipActive();
  const at = Number(useActiveTooltipLabel());
  const toX = useXAxisScale();
  if (!isActive || !Number.isFinite(at) || toX === undefined) return [];
  const placeOf = categories === undefined ? (x: number) => toX(x) ?? NaN : Math.round;
  const reach = categories === undefined ? REACH : 0;
  return lines.map((line) => ({ line, point: nearest(line.points, placeOf(at), reach, placeOf) }));
}

function Hint(props: PlotHintProps) {
  const near = useNear(props);
  if (near.every(({ point }) => point === null)) return null;
  return (
    <div className="chart-hint" aria-hidden="true">
      <HintRows near={near} x={props.x} y={props.y} />
    </div>
  );
}

function NearPoints(props: PlotHintProps) {
  const [toX, toY] = [useXAxisScale(), useYAxisScale()];
  return (
    <ZIndexLayer zIndex={DefaultZIndexes.activeDot}>
      <g className="chart-pointed">
        {useNear(props).map(
          ({ line, point }) =>
            point !== null && (
              <circle
                key={line.id}
                cx={toX?.(point.x)}
                cy={toY?.(point.y)}
                r={4.5}
                fill={line.colour}
                stroke="var(--panel)"
                strokeWidth={1.5}
              />
            ),
        )}
      </g>
    </ZIndexLayer>
  );
}
