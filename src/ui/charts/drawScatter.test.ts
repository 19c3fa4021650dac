import { describe, expect, it } from 'vitest';
import { circleAt, circlePlace, circleRadius, type Circles } from './drawScatter.ts';

const SIZE = { width: 800, height: 400 };
const DOMAIN = { x: [0, 10], y: [0, 10] } as const;
const circlesOf = (...circles: [x: number, y: number, weight: number][]): Circles => ({
  x: circles.map(([x]) => x),
  y: circles.map(([, y]) => y),
  weights: circles.map(([, , weight]) => weight),
  total: circles.reduce((sum, [, , weight]) => sum + weight, 0),
});

describe('a circle', () => {
  it('has an area that is its weight', () => {
    const circles = circlesOf([1, 1, 400], [2, 2, 100], [3, 3, 4]);
    const radius = circleRadius(circles, SIZE);
    expect(radius(400)).toBeCloseTo(2 * radius(100), 9);
    expect(radius(400)).toBeCloseTo(10 * radius(4), 9);
  });

  it('is neither too large for the plot nor too small to be seen', () => {
    expect(circleRadius(circlesOf([5, 5, 1e6]), SIZE)(1e6)).toBeLessThan(60);
    expect(circleRadius(circlesOf([5, 5, 1e6], [1, 1, 1]), SIZE)(1)).toBeGreaterThan(1);
    expect(circleRadius(circlesOf(), SIZE)(1)).toBeGreaterThan(0);
  });

  it('stands at its place, the vertical axis upwards', () => {
    expect(circlePlace(DOMAIN, circlesOf([2, 10, 5]), SIZE, 0)).toMatchObject({ x: 160, y: 0 });
  });
});

describe('pointing', () => {
  it('means the circle with the nearest middle, of a small one within a large one too', () => {
    const circles = circlesOf([5, 5, 900], [5.2, 5, 1], [9, 9, 1]);
    const at = (x: number, y: number) => circleAt({ domain: DOMAIN, circles }, SIZE, { x, y });
    expect(at(400, 200)).toBe(0);
    expect(at(415, 200)).toBe(1);
    expect(at(726, 44)).toBe(2);
  });

  it('means none where there is none near', () => {
    expect(circleAt({ domain: DOMAIN, circles: circlesOf([5, 5, 1]) }, SIZE, { x: 10, y: 10 })).toBeNull();
    expect(circleAt({ domain: DOMAIN, circles: null }, SIZE, { x: 10, y: 10 })).toBeNull();
  });
});
