/** Where a landscape is drawn: its places in pixels, and paths cut off at the frame. */
import type { Landscape, LandscapePath } from '../../../../contracts/landscape.ts';

/** Edges of the picture in pixels. */
export interface PlotArea {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

type Bounds = Landscape['bounds'];

/** From places of the landscape to pixels, up being less. */
export interface Projection {
  x: (a: number) => number;
  y: (b: number) => number;
}

export function projectionOf({ a, b }: Bounds, { left, top, right, bottom }: PlotArea): Projection {
  return {
    x: (value) => left + ((value - a[0]) / (a[1] - a[0])) * (right - left),
    y: (value) => bottom - ((value - b[0]) / (b[1] - b[0])) * (bottom - top),
  };
}

/** The place of the landscape at a pixel. */
export function placeAt(
  { a, b }: Bounds,
  { left, top, right, bottom }: PlotArea,
  x: number,
  y: number,
): { a: number; b: number } {
  return {
    a: a[0] + ((x - left) / (right - left)) * (a[1] - a[0]),
    b: b[0] + ((bottom - y) / (bottom - top)) * (b[1] - b[0]),
  };
}

/** The loss at a place within the bounds, in proportion between the four places of the grid around it. */
export function lossAt(
  { bounds, surface: { columns, rows, losses } }: Pick<Landscape, 'bounds' | 'surface'>,
  a: number,
  b: number,
): number {
  const cell = ([low, high]: readonly [number, number], value: number, count: number) => {
    const at = ((value - low) / (high - low)) * (count - 1);
    const before = Math.max(0, Math.min(count - 2, Math.floor(at)));
    return { before, share: at - before };
  };
  const column = cell(bounds.a, a, columns);
  const row = cell(bounds.b, b, rows);
  const along = (line: number): number => {
    const at = line * columns + column.before;
    return losses[at] + column.share * (losses[at + 1] - losses[at]);
  };
  return along(row.before) + row.share * (along(row.before + 1) - along(row.before));
}

/** Pixels as they are written in an SVG path. */
export const pixel = (value: number): string => value.toFixed(1);

/** The shares of a line between which it lies within the area, or null where it does not. */
function within(
  [x1, y1]: readonly [number, number],
  [x2, y2]: readonly [number, number],
  { left, top, right, bottom }: PlotArea,
): readonly [from: number, to: number] | null {
  const [dx, dy] = [x2 - x1, y2 - y1];
  if (!Number.isFinite(dx) || !Number.isFinite(dy)) return null;
  let from = 0;
  let to = 1;
  // Liang and Barsky: the line enters the area at the last edge that it crosses inwards.
  for (const [inwards, room] of [
    [-dx, x1 - left],
    [dx, right - x1],
    [-dy, y1 - top],
    [dy, bottom - y1],
  ]) {
    if (inwards === 0) {
      if (room < 0) return null;
    } else if (inwards < 0) from = Math.max(from, room / inwards);
    else to = Math.min(to, room / inwards);
  }
  return from <= to ? [from, to] : null;
}

/**
 * What is drawn of a path on coming to each of its points: joined up to any of them, they are an SVG path that is cut off
 * where it leaves the area.
 */
export function piecesOf(
  { a, b }: Pick<LandscapePath, 'a' | 'b'>,
  { x, y }: Projection,
  area: PlotArea,
): string[] {
  const pieces = [''];
  let isPenThere = false;
  for (let k = 1; k < a.length; k++) {
    const from = [x(a[k - 1]), y(b[k - 1])] as const;
    const to = [x(a[k]), y(b[k])] as const;
    const shares = within(from, to, area);
    if (shares === null) {
      isPenThere = false;
      pieces.push('');
      continue;
    }
    const at = (share: number) =>
      `${pixel(from[0] + share * (to[0] - from[0]))} ${pixel(from[1] + share * (to[1] - from[1]))}`;
    const start = isPenThere && shares[0] === 0 ? '' : `M${at(shares[0])}`;
    pieces.push(`${start}L${at(shares[1])}`);
    isPenThere = shares[1] === 1;
  }
  return pieces;
}

/** Whether a place lies in the picture. */
export function isInside({ a, b }: Bounds, atA: number, atB: number): boolean {
  return atA >= a[0] && atA <= a[1] && atB >= b[0] && atB <= b[1];
}
