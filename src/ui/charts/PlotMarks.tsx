import { useYAxisScale } from 'recharts';
import type { ChartSeries } from './figure.tsx';
import { markPath } from './marks.ts';
import type { ChartPoint } from './points.ts';

/** Half the length of the end of an error bar, in pixels. */
const BAR_END = 4;

interface PlotMarksProps {
  line: ChartSeries;
  /** Its points where the library has placed them, in pixels: a pass behind the line while it changes. */
  places: readonly { x: number | null; y: number | null; payload?: unknown }[];
  /** A bar ends where the axis does, which on a logarithmic one is above 0. */
  bottom: number;
}

/** The error bars of a line and the marks of its points, as a path each. */
export function PlotMarks({ line, places, bottom }: PlotMarksProps) {
  const toY = useYAxisScale();
  const { colour, marks = 'none', shape = 'circle' } = line;
  let [barPaths, markPaths] = ['', ''];
  for (const { x, y, payload } of places) {
    if (x === null || y === null) continue;
    const { y: value, spread = 0 } = payload as ChartPoint;
    if (spread > 0) {
      const [low, high] = [Math.max(bottom, value - spread), value + spread].map((at) =>
        (toY?.(at) ?? y).toFixed(1),
      );
      const end = `h${2 * BAR_END}m${-BAR_END} 0`;
      barPaths += `M${x.toFixed(1)} ${low}m${-BAR_END} 0${end}V${high}m${-BAR_END} 0${end}`;
    }
    if (marks !== 'none' || places.length === 1) markPaths += markPath(shape, x, y);
  }
  return (
    <g className="chart-marks" stroke={colour} fill="none">
      <path d={barPaths} strokeWidth={1.2} />
      <path d={markPaths} strokeWidth={1.8} fill={marks === 'hollow' ? 'var(--panel)' : colour} />
    </g>
  );
}
