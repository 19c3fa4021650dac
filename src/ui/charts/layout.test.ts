import { describe, expect, it } from 'vitest';
import type { ChartSeries, LineFigureProps } from './figure.tsx';
import { curvePaths, layOutPlot } from './layout.ts';
import { MOST_LOOKS, markPath, seriesLook } from './marks.ts';

const series: ChartSeries = {
  id: 'a',
  name: 'A',
  colour: 'var(--base)',
  marks: 'filled',
  points: [
    { x: 0, y: 1, spread: 0.5 },
    { x: 1, y: 2 },
  ],
};
const figure: LineFigureProps = {
  ...{ summary: '', empty: '', series: [series] },
  x: { label: 'x', kind: 'linear', format: String },
  y: { label: 'y', kind: 'linear', format: String },
};

describe('layOutPlot', () => {
  it('gives every name of an axis an equal place', () => {
    const categories = ['a', 'b', 'c', 'd'];
    const { area, toX, xLabels } = layOutPlot({ ...figure, x: { ...figure.x, categories } }, 500);
    expect(xLabels.map(({ text }) => text)).toEqual(categories);
    expect(new Set(xLabels.map(({ y }) => y)).size).toBe(1);
    const place = (area.right - area.left) / 4;
    expect(toX(0) - area.left).toBeCloseTo(place / 2, 9);
    expect(toX(3) - toX(2)).toBeCloseTo(place, 9);
  });

  it('sets names in two rows where one is too narrow, and leaves room for them', () => {
    const categories = ['descending', 'ascending', 'layered', 'random order'];
    const narrow = layOutPlot({ ...figure, x: { ...figure.x, categories } }, 300);
    const wide = layOutPlot({ ...figure, x: { ...figure.x, categories } }, 700);
    expect(new Set(narrow.xLabels.map(({ y }) => y)).size).toBe(2);
    expect(new Set(wide.xLabels.map(({ y }) => y)).size).toBe(1);
    expect(narrow.area.bottom).toBeLessThan(wide.area.bottom);
  });

  it('labels ticks more finely where short labels would be the same', () => {
    const near = [0.1091, 0.1092, 0.1093].map((y, x) => ({ x, y }));
    const y = { ...figure.y, format: (n: number) => n.toFixed(2), exact: (n: number) => n.toFixed(5) };
    const { yFormat, yAxis } = layOutPlot({ ...figure, y, series: [{ ...series, points: near }] }, 400);
    expect(new Set(yAxis.ticks.map(yFormat)).size).toBe(yAxis.ticks.length);
    const far = layOutPlot(
      {
        ...figure,
        y,
        series: [
          {
            ...series,
            points: [
              { x: 0, y: 0 },
              { x: 1, y: 5 },
            ],
          },
        ],
      },
      400,
    );
    expect(far.yFormat(1)).toBe('1.00');
  });

  it('reaches the lines across', () => {
    const line = (y: number) => ({ y, name: 'n', colour: 'c' });
    const { yAxis } = layOutPlot({ ...figure, reference: line(9), floor: line(-4) }, 400);
    expect(yAxis.domain[0]).toBeLessThanOrEqual(-4);
    expect(yAxis.domain[1]).toBeGreaterThanOrEqual(9);
  });
});

describe('curvePaths', () => {
  const same = { toX: (x: number) => x * 10, toY: (y: number) => y * 10 };

  it('draws line, bars and marks, and bars only where there is a spread', () => {
    const paths = curvePaths(series, same);
    expect(paths.line).toBe('M0.0 10.0L10.0 20.0');
    expect(paths.bars.match(/M/g)).toHaveLength(1);
    expect(paths.bars).toContain('V15.0');
    expect(paths.marks.match(/M/g)).toHaveLength(2);
  });

  it('joins no points where they are apart, and marks a single one', () => {
    expect(curvePaths({ ...series, stroke: 'none' }, same).line).toBe('');
    const { marks: _, ...plain } = series;
    expect(curvePaths(plain, same).marks).toBe('');
    expect(curvePaths({ ...plain, points: [{ x: 1, y: 1 }] }, same).marks).not.toBe('');
  });
});

describe('marks', () => {
  it('tell every series from the others by shape and filling, and by colour', () => {
    const looks = Array.from({ length: MOST_LOOKS }, (_, k) => seriesLook(k));
    expect(new Set(looks.map(({ shape, marks }) => `${shape} ${marks}`)).size).toBe(MOST_LOOKS);
    expect(new Set(looks.map(({ colour }) => colour)).size).toBe(MOST_LOOKS);
    expect(new Set(looks.map(({ shape }) => markPath(shape, 5, 5))).size).toBe(4);
  });
});
