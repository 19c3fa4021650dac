import { describe, expect, it } from 'vitest';
import { drawable, linePath, nearest, readableTicks, scaleTo } from './plot.ts';

const points = [1, 10, 100, 1000].map((x) => ({ x, y: x }));

describe('scaleTo', () => {
  it('places values on linear and logarithmic axes, and keeps them on the axis', () => {
    const linear = scaleTo({ domain: [0, 10], ticks: [] }, 'linear', 100, 200);
    expect([0, 5, 10, 20, -3].map(linear)).toEqual([100, 150, 200, 200, 100]);
    const log = scaleTo({ domain: [1, 1000], ticks: [] }, 'log', 300, 0);
    expect([1, 10, 1000, 0, -1].map((value) => Math.round(log(value)))).toEqual([300, 200, 0, 300, 300]);
    expect(scaleTo({ domain: [5, 5], ticks: [] }, 'linear', 0, 10)(5)).toBe(5);
  });
});

describe('drawable', () => {
  it('leaves out what an axis cannot show, and thins long lines', () => {
    const mixed = [
      { x: 0, y: 1 },
      { x: 1, y: NaN },
      { x: 2, y: 3 },
    ];
    expect(drawable(mixed, 'linear', 'linear', 500)).toHaveLength(2);
    expect(drawable(mixed, 'log', 'linear', 500)).toEqual([{ x: 2, y: 3 }]);
    const long = Array.from({ length: 4000 }, (_, k) => ({ x: k, y: k }));
    expect(drawable(long, 'linear', 'linear', 500)).toHaveLength(500);
  });
});

describe('lines and pointer', () => {
  const same = (value: number) => value;

  it('draws a path through all points', () => {
    expect(linePath(points.slice(0, 2), same, same)).toBe('M1.0 1.0L10.0 10.0');
    expect(linePath([], same, same)).toBe('');
  });

  it('finds the nearest point within reach', () => {
    expect(nearest(points, same, 90, 28)?.x).toBe(100);
    expect(nearest(points, same, 50, 28)).toBeNull();
    expect(nearest([], same, 50, 28)).toBeNull();
  });

  it('keeps labels apart', () => {
    expect(readableTicks([0, 10, 30, 80], same, String, 7)).toEqual([0, 30, 80]);
  });
});
