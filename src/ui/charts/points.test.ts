import { describe, expect, it } from 'vitest';
import { drawable, heightAt, nearest } from './points.ts';

const points = [1, 10, 100, 1000].map((x) => ({ x, y: x }));

describe('drawable', () => {
  it('leaves out what an axis cannot show, and keeps gaps', () => {
    const mixed = [
      { x: 0, y: 1 },
      { x: 1, y: NaN },
      { x: 2, y: 0 },
      { x: 3, y: 3 },
      { x: Infinity, y: 3 },
    ];
    expect(drawable(mixed, 'linear', 'linear').map(({ x }) => x)).toEqual([0, 1, 2, 3]);
    expect(drawable(mixed, 'log', 'linear').map(({ x }) => x)).toEqual([1, 2, 3]);
    expect(drawable(mixed, 'linear', 'log').map(({ x }) => x)).toEqual([0, 1, 3]);
  });

  it('draws at most 300 points of a line', () => {
    const long = Array.from({ length: 4000 }, (_, k) => ({ x: k, y: Math.sin(k) }));
    expect(drawable(long, 'linear', 'linear').length).toBeLessThanOrEqual(300);
    expect(drawable(long, 'log', 'log').length).toBeLessThanOrEqual(300);
  });
});

describe('reading a line', () => {
  const same = (value: number) => value;

  it('finds the nearest point within reach, by the measure that is given, and no gap', () => {
    expect(nearest(points, 90, 28, same)?.x).toBe(100);
    expect(nearest(points, 50, 28, same)).toBeNull();
    expect(nearest(points, 2.6, 0.5, Math.log10)?.x).toBe(1000);
    expect(nearest([], 50, 28, same)).toBeNull();
    expect(nearest([{ x: 50, y: NaN }], 50, 28, same)).toBeNull();
  });

  it('is between two points along the line that joins them, and on top of a step', () => {
    const stairs = [
      { x: 0, y: 0 },
      { x: 0, y: 0.5 },
      { x: 1, y: 1 },
    ];
    expect([0, 0.5, 1, 2].map((x) => heightAt(stairs, x))).toEqual([0.5, 0.75, 1, 1]);
    expect(heightAt([], 0.5)).toBe(0);
  });
});
