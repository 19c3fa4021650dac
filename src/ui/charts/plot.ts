/** Geometry of a line chart in pixels: where values lie, how lines run, and which points are near the pointer. */
import { thin, type Axis, type ScaleKind } from './scale.ts';

export interface ChartPoint {
  x: number;
  y: number;
  /** Half the length of the error bar. */
  spread?: number;
  /** Said after the value in the hint: "0.98 to 1.07 over 5 splits". */
  note?: string;
}

export interface PlotArea {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** Where a value lies between two pixels; values beyond the axis lie at its end. */
export function scaleTo(axis: Axis, kind: ScaleKind, from: number, to: number): (value: number) => number {
  const turn = kind === 'log' ? Math.log10 : (value: number) => value;
  const low = turn(axis.domain[0]);
  const span = turn(axis.domain[1]) - low;
  return (value) => {
    if (kind === 'log' && value <= 0) return from;
    const share = span === 0 ? 0.5 : (turn(value) - low) / span;
    return from + Math.min(1, Math.max(0, share)) * (to - from);
  };
}

/** Points that can be drawn: finite, positive on a logarithmic axis, and no more than the eye can tell apart. */
export function drawable(
  points: readonly ChartPoint[],
  x: ScaleKind,
  y: ScaleKind,
  most: number,
): ChartPoint[] {
  const fits = (value: number, kind: ScaleKind) => Number.isFinite(value) && (kind === 'linear' || value > 0);
  return thin(
    points.filter((point) => fits(point.x, x) && fits(point.y, y)),
    most,
  );
}

export function linePath(
  points: readonly ChartPoint[],
  x: (value: number) => number,
  y: (value: number) => number,
): string {
  return points.map((p, k) => `${k === 0 ? 'M' : 'L'}${x(p.x).toFixed(1)} ${y(p.y).toFixed(1)}`).join('');
}

/** The point of a line nearest to a pixel, if it is no further than `reach` pixels. Points ascend in x. */
export function nearest(
  points: readonly ChartPoint[],
  x: (value: number) => number,
  pixel: number,
  reach: number,
): ChartPoint | null {
  let best: ChartPoint | null = null;
  let distance = reach;
  for (const point of points) {
    const away = Math.abs(x(point.x) - pixel);
    if (away <= distance) {
      best = point;
      distance = away;
    }
  }
  return best;
}

/** Ticks whose labels do not run into each other, at so many pixels per character. */
export function readableTicks(
  ticks: readonly number[],
  x: (value: number) => number,
  label: (value: number) => string,
  perCharacter: number,
): number[] {
  const kept: number[] = [];
  let free = -Infinity;
  for (const tick of ticks) {
    const half = (label(tick).length * perCharacter) / 2;
    if (x(tick) - half < free) continue;
    kept.push(tick);
    free = x(tick) + half + 10;
  }
  return kept;
}
