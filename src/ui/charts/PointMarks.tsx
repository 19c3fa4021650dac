import { useYAxisScale } from 'recharts';
import type { ChartSeries } from './figure.tsx';
import { markPath } from './marks.ts';
import { reachOf, type ChartPoint } from './points.ts';

/** Half the length of the end of an error bar, in pixels. */
const BAR_END = 4;
/** How far from a point it can be pressed, in pixels. */
const PICK = 12;

interface PointMarksProps {
  line: ChartSeries;
  /** Its points where the library has placed them, in pixels: a pass behind the line while it changes. */
  places: readonly { x: number | null; y: number | null; payload?: unknown }[];
  /** A bar ends where the axis does, which on a logarithmic one is above 0. */
  bottom: number;
}

/** The error bars of a line, or their band, and the marks of its points, as a path each. */
export function PointMarks({ line, places, bottom }: PointMarksProps) {
  const toY = useYAxisScale();
  const { colour, marks = 'none', shape = 'circle', isBand = false, onPick } = line;
  let [barPaths, markPaths] = ['', ''];
  const [lows, highs]: [string[], string[]] = [[], []];
  for (const { x, y, payload } of places) {
    if (x === null || y === null) continue;
    const [least, most] = reachOf(payload as ChartPoint);
    if (most > least) {
      const [low, high] = [Math.max(bottom, least), most].map((at) => (toY?.(at) ?? y).toFixed(1));
      lows.push(`${x.toFixed(1)} ${low}`);
      highs.unshift(`${x.toFixed(1)} ${high}`);
      const end = `h${2 * BAR_END}m${-BAR_END} 0`;
      barPaths += `M${x.toFixed(1)} ${low}m${-BAR_END} 0${end}V${high}m${-BAR_END} 0${end}`;
    }
    if (marks !== 'none' || places.length === 1) markPaths += markPath(shape, x, y);
  }
  return (
    <g className="chart-marks" stroke={colour} fill="none">
      {isBand && lows.length > 1 ? (
        <path d={`M${[...lows, ...highs].join('L')}Z`} stroke="none" fill={colour} opacity={0.16} />
      ) : (
        <path d={barPaths} strokeWidth={1.2} />
      )}
      <path d={markPaths} strokeWidth={1.8} fill={marks === 'hollow' ? 'var(--panel)' : colour} />
      {onPick !== undefined &&
        places.map(
          ({ x, y, payload }) =>
            x !== null &&
            y !== null && (
              <circle
                key={x}
                className="chart-pick"
                cx={x}
                cy={y}
                r={PICK}
                fill="none"
                stroke="none"
                pointerEvents="all"
                onClick={() => onPick(payload as ChartPoint)}
              />
            ),
        )}
    </g>
  );
}
