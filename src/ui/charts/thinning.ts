/** Long lines by few of their points, so that they look the same. */
import type { ScaleKind } from './scale.ts';

interface Point {
  x: number;
  /** No finite number where the line is interrupted. */
  y: number;
}

/**
 * At most `most` of the points, in their order: the first and the last, and in every stretch of equal length on the
 * axis the lowest, the highest and the first gap. (Heights are only compared, so that the kind of their axis is of no
 * matter.)
 *
 * @param points ascending in x, positive on a logarithmic axis
 * @param most at least 5
 */
export function thin<P extends Point>(points: readonly P[], most: number, axis: ScaleKind): P[] {
  if (points.length <= most) return [...points];
  const place = axis === 'log' ? Math.log : (x: number) => x;
  const last = points.length - 1;
  const start = place(points[0].x);
  const span = place(points[last].x) - start;
  const hasGaps = points.some(({ y }) => !Number.isFinite(y));
  const stretches = Math.floor((most - 2) / (hasGaps ? 3 : 2));
  const stretchOf = (x: number) =>
    span > 0 ? Math.min(stretches - 1, Math.floor(((place(x) - start) / span) * stretches)) : 0;
  const kept: P[] = [points[0]];
  for (let from = 1; from < last;) {
    const stretch = stretchOf(points[from].x);
    let [low, high, gap] = [-1, -1, -1];
    let to = from;
    for (; to < last && stretchOf(points[to].x) === stretch; to++) {
      const { y } = points[to];
      if (!Number.isFinite(y)) {
        if (gap < 0) gap = to;
        continue;
      }
      if (low < 0 || y < points[low].y) low = to;
      if (high < 0 || y > points[high].y) high = to;
    }
    for (const k of [...new Set([low, high, gap])].sort((a, b) => a - b)) if (k >= 0) kept.push(points[k]);
    from = to;
  }
  kept.push(points[last]);
  return kept;
}
