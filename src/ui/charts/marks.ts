/** The marks of points, as paths: one shape everywhere, on the page and in a saved figure. */

export type MarkShape = 'circle' | 'square' | 'triangle' | 'diamond';

/** Half the width of a mark in pixels; shapes with corners are drawn to the same area as the circle. */
const RADIUS = 3.6;

/** A closed path around a point. */
export function markPath(shape: MarkShape, x: number, y: number, radius = RADIUS): string {
  const at = (value: number) => value.toFixed(1);
  if (shape === 'circle') {
    return `M${at(x - radius)} ${at(y)}a${radius} ${radius} 0 1 0 ${2 * radius} 0a${radius} ${radius} 0 1 0 ${-2 * radius} 0`;
  }
  const corners = CORNERS[shape].map(([dx, dy]) => `${at(x + dx * radius)} ${at(y + dy * radius)}`);
  return `M${corners.join('L')}Z`;
}

type Corner = readonly [x: number, y: number];

const CORNERS: Record<Exclude<MarkShape, 'circle'>, readonly Corner[]> = {
  square: [
    [-0.89, -0.89],
    [0.89, -0.89],
    [0.89, 0.89],
    [-0.89, 0.89],
  ],
  triangle: [
    [0, -1.35],
    [1.25, 0.85],
    [-1.25, 0.85],
  ],
  diamond: [
    [0, -1.3],
    [1.3, 0],
    [0, 1.3],
    [-1.3, 0],
  ],
};

/** How a series among several is told from the others: by colour, by dashes and by marks, each enough by itself. */
export interface SeriesLook {
  colour: string;
  stroke: 'solid' | 'dashed' | 'dotted' | 'dashDotted';
  marks: 'filled' | 'hollow';
  shape: MarkShape;
}

/** Most series that can be told apart. */
export const MOST_LOOKS = 8;

const STROKES: readonly SeriesLook['stroke'][] = ['solid', 'dashed', 'dotted', 'dashDotted'];
const SHAPES: readonly MarkShape[] = ['circle', 'square', 'triangle', 'diamond'];

/** @param index 0 … MOST_LOOKS − 1; beyond, looks come again */
export function seriesLook(index: number): SeriesLook {
  const k = index % MOST_LOOKS;
  return {
    colour: `var(--series-${k + 1})`,
    stroke: STROKES[k % STROKES.length],
    marks: k < SHAPES.length ? 'filled' : 'hollow',
    shape: SHAPES[k % SHAPES.length],
  };
}
