/** Points of a line: which of them can be drawn, and what a line says at a place. */
import { thin } from './thinning.ts';
import type { ScaleKind } from './scale.ts';

export interface ChartPoint {
  x: number;
  /** A value that is no finite number interrupts its line. */
  y: number;
  /** Half the length of the error bar. */
  spread?: number;
  /** Ends of the error bar, or of the band, where it is not as long below as above. */
  range?: readonly [low: number, high: number];
  /** Said after the value in the hint: "0.98 to 1.07 over 5 splits". */
  note?: string;
}

/** Where a point's error bar ends: at the point itself where it has none, or one without end. */
export function reachOf({ y, spread = 0, range = [y - spread, y + spread] }: ChartPoint): [number, number] {
  return [Number.isFinite(range[0]) ? range[0] : y, Number.isFinite(range[1]) ? range[1] : y];
}

/** Most points of a line that are drawn: a figure is a few hundred pixels wide. */
const MOST_POINTS = 300;

/** What of a line its axes can show: what is not above 0 has no place on a logarithmic one. Points ascend in x. */
export function drawable(points: readonly ChartPoint[], x: ScaleKind, y: ScaleKind): readonly ChartPoint[] {
  const shown = points.filter(
    (point) =>
      Number.isFinite(point.x) &&
      (x === 'linear' || point.x > 0) &&
      (y === 'linear' || !Number.isFinite(point.y) || point.y > 0),
  );
  // The chart library's store goes through every object that it is given, but for frozen ones.
  return Object.freeze(thin(shown, MOST_POINTS, x));
}

/** The point with a value that is nearest to a place, if it is no further than `reach`, by its own measure of places. */
export function nearest(
  points: readonly ChartPoint[],
  place: number,
  reach: number,
  placeOf: (x: number) => number,
): ChartPoint | null {
  let best: ChartPoint | null = null;
  let distance = reach;
  for (const point of points) {
    const away = Math.abs(placeOf(point.x) - place);
    if (away <= distance && Number.isFinite(point.y)) {
      best = point;
      distance = away;
    }
  }
  return best;
}

/** A line's height at x: the highest where it goes straight up, 0 before its first point. */
export function heightAt(points: readonly ChartPoint[], x: number): number {
  let height = 0;
  for (let k = 0; k < points.length; k++) {
    const point = points[k];
    if (point.x > x) {
      const before = points[k - 1] ?? { x: 0, y: 0 };
      return before.y + ((x - before.x) / (point.x - before.x)) * (point.y - before.y);
    }
    height = point.y;
  }
  return height;
}
