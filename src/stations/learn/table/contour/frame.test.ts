import { describe, expect, it } from 'vitest';
import { contoursOf, levelsOf } from './contours.ts';
import { landscapeOf } from '../../testing/landscapes.ts';
import { isInside, lossAt, piecesOf, placeAt, projectionOf } from './frame.ts';

const area = { left: 10, top: 20, right: 110, bottom: 70 };
const bounds = { a: [0, 10], b: [-1, 1] } as const;
const project = projectionOf(bounds, area);
const path = (...places: [number, number][]) => ({
  a: Float64Array.from(places, ([a]) => a),
  b: Float64Array.from(places, ([, b]) => b),
});
const drawn = (...places: [number, number][]) => piecesOf(path(...places), project, area);

describe('places in pixels', () => {
  it('reach from edge to edge, upwards', () => {
    expect([project.x(0), project.x(10), project.y(-1), project.y(1)]).toEqual([10, 110, 70, 20]);
    expect(isInside(bounds, 10, -1)).toBe(true);
    expect(isInside(bounds, 10.1, 0)).toBe(false);
    expect(isInside(bounds, NaN, 0)).toBe(false);
  });
});

it('the loss under a pointer is between those around it', () => {
  // A bowl of 1 + (a − 1)² + (b − 2)² at whole numbers.
  const bowl = landscapeOf({ batch: 1, isWhole: true });
  expect(lossAt(bowl, 1, 2)).toBe(1);
  expect(lossAt(bowl, 3, -1)).toBe(14);
  expect(lossAt(bowl, 1.5, 2)).toBe(1.5);
  expect(lossAt(bowl, 1.5, 2.5)).toBe(2);
  const place = placeAt(bounds, area, project.x(4), project.y(0.25));
  expect([place.a, place.b].map((value) => Number(value.toFixed(9)))).toEqual([4, 0.25]);
});

describe('a path', () => {
  it('is one line, a piece for every point', () => {
    expect(drawn([0, 0], [5, 0], [5, 1]).join('')).toBe('M10.0 45.0L60.0 45.0L60.0 20.0');
    expect(drawn([0, 0])).toEqual(['']);
  });

  it('is cut off where it leaves the frame, and goes on where it comes back', () => {
    const pieces = drawn([0, 0], [20, 0], [20, 5], [5, 0]);
    expect(pieces).toHaveLength(4);
    expect(pieces[1]).toBe('M10.0 45.0L110.0 45.0');
    expect(pieces[2]).toBe('');
    expect(pieces[3]).toMatch(/^M\d+\.\d 20\.0L60\.0 45\.0$/);
  });

  it('of no finite numbers is not drawn', () => {
    expect(drawn([0, 0], [Infinity, 0], [NaN, 0], [1e300, -1e300]).join('')).toBe('');
  });
});

describe('contours', () => {
  const side = 21;
  const bowl = Float64Array.from(
    { length: side * side },
    (_, k) => ((k % side) - 10) ** 2 + (Math.floor(k / side) - 10) ** 2,
  );

  it('of a round bowl are equally far from each other, within the frame', () => {
    const levels = levelsOf(bowl);
    const radii = levels.map(Math.sqrt);
    radii.slice(1).forEach((radius, k) => expect(radius - radii[k]).toBeCloseTo(radii[0], 10));
    const made = contoursOf({ columns: side, rows: side, losses: bowl, records: 1 }, area);
    expect(made.map(({ level }) => level)).toEqual(levels);
    for (const { d } of made) {
      for (const [, x, y] of d.matchAll(/([\d.]+) ([\d.]+)/g)) {
        expect(Number(x)).toBeGreaterThanOrEqual(area.left);
        expect(Number(x)).toBeLessThanOrEqual(area.right);
        expect(Number(y)).toBeGreaterThanOrEqual(area.top);
        expect(Number(y)).toBeLessThanOrEqual(area.bottom);
      }
    }
    // The innermost leaves out the middle: an edge around everything, and a hole.
    expect(made[0].d.match(/M/g)).toHaveLength(2);
  });

  it('of even ground there are none', () => {
    expect(levelsOf(new Float64Array(9))).toEqual([]);
    expect(levelsOf(new Float64Array(4).fill(NaN))).toEqual([]);
    expect(contoursOf({ columns: 3, rows: 3, losses: new Float64Array(9), records: 1 }, area)).toEqual([]);
  });
});
