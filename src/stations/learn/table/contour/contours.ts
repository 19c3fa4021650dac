/** The contours of a landscape as SVG paths. It brings the library that finds them. */
import { contours } from 'd3-contour';
import type { Landscape } from '../../../../contracts/landscape.ts';
import { pixel, type PlotArea } from './frame.ts';

/** Levels between the least and the largest loss. */
const LEVELS = 14;

/**
 * Losses to draw contours at, ascending: as far apart as those of a round bowl whose contours are equally far from each
 * other.
 */
export function levelsOf(losses: Float64Array): number[] {
  let low = Infinity;
  let high = -Infinity;
  for (const loss of losses) {
    if (!Number.isFinite(loss)) continue;
    low = Math.min(low, loss);
    high = Math.max(high, loss);
  }
  if (!(high > low)) return [];
  return Array.from({ length: LEVELS - 1 }, (_, k) => low + (high - low) * ((k + 1) / LEVELS) ** 2);
}

export interface Contour {
  /** The loss that it encloses all of which is as large or larger. */
  level: number;
  /** A closed SVG path. */
  d: string;
}

/** The contours of a surface, the lowest level first, within the frame. */
export function contoursOf({ columns, rows, losses }: Landscape['surface'], area: PlotArea): Contour[] {
  // The library has each value in the middle of a cell, and half a cell around the outermost.
  const along = (value: number, cells: number) => Math.max(0, Math.min(1, (value - 0.5) / (cells - 1)));
  const point = ([column, row]: readonly number[]): string => {
    const x = area.left + along(column, columns) * (area.right - area.left);
    const y = area.bottom - along(row, rows) * (area.bottom - area.top);
    return `${pixel(x)} ${pixel(y)}`;
  };
  return contours()
    .size([columns, rows])
    .thresholds(levelsOf(losses))([...losses])
    .map(({ value, coordinates }) => ({
      level: value,
      d: coordinates.flatMap((rings) => rings.map((ring) => `M${ring.map(point).join('L')}Z`)).join(''),
    }));
}
