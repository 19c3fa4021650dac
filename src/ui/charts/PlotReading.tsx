import { useState, type PointerEvent } from 'react';
import {
  DefaultZIndexes,
  usePlotArea,
  useXAxisInverseScale,
  useXAxisScale,
  useYAxisScale,
  ZIndexLayer,
} from 'recharts';
import type { ChartReading, ChartSeries } from './figure.tsx';
import { heightAt } from './points.ts';

interface PlotReadingProps extends ChartReading {
  lines: readonly ChartSeries[];
}

/** A line across at one x, with every line's height there; it follows the pointer. */
export function PlotReading({ lines, of, at, onRead }: PlotReadingProps) {
  const [pointed, setPointed] = useState<number | null>(null);
  const area = usePlotArea();
  const [toX, toY, fromX] = [useXAxisScale(), useYAxisScale(), useXAxisInverseScale()];
  if (area === undefined || toX === undefined || toY === undefined || fromX === undefined) return null;
  const x = pointed ?? at;
  const { y: top, height } = area;

  function read(value: number | null): void {
    setPointed(value);
    onRead(value);
  }
  function point({ clientX, currentTarget }: PointerEvent<SVGRectElement>): void {
    const box = currentTarget.getBoundingClientRect();
    if (box.width > 0) read(Number(fromX?.(area!.x + ((clientX - box.left) / box.width) * area!.width)));
  }
  return (
    <ZIndexLayer zIndex={DefaultZIndexes.activeDot}>
      <path d={`M${toX(x)} ${top}v${height}`} stroke="var(--line-strong)" />
      {lines.map(
        ({ id, colour, points }) =>
          of.includes(id) && (
            <circle
              key={id}
              cx={toX(x)}
              cy={toY(heightAt(points, x))}
              r={4}
              fill={colour}
              stroke="var(--panel)"
              strokeWidth={1.5}
            />
          ),
      )}
      <rect
        {...area}
        fill="none"
        pointerEvents="all"
        onPointerMove={point}
        onPointerLeave={() => read(null)}
      />
    </ZIndexLayer>
  );
}
