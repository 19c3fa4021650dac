// @vitest-environment happy-dom
import { act } from 'react';
import { describe, expect, it } from 'vitest';
import type { ChartSeries, LineFigureProps } from './figure.tsx';
import { LinePlot } from './LinePlot.tsx';
import { MOST_LOOKS, markPath, seriesLook } from './marks.ts';
import { mountEach } from '../testing/mount.ts';

const view = mountEach();

const line: ChartSeries = {
  id: 'a',
  name: 'A',
  colour: 'var(--base)',
  points: [
    { x: 0, y: 1, spread: 0.5 },
    { x: 1, y: 2 },
  ],
};
const figure: LineFigureProps = {
  ...{ summary: '', empty: '', series: [line] },
  x: { label: 'x', kind: 'linear', format: String },
  y: { label: 'y', kind: 'linear', format: String },
};

function show(change: Partial<LineFigureProps> = {}, width = 500): void {
  act(() => view.root.render(<LinePlot {...figure} {...change} width={width} height={260} />));
}
const all = (selector: string) => [...view.place.querySelectorAll(selector)];
const labels = (axis: 'xAxis' | 'yAxis') =>
  all(`.recharts-${axis}-tick-labels text`).map(({ textContent }) => textContent);
const heights = () => all('.recharts-xAxis-tick-labels text').map((text) => text.getAttribute('y'));
const paths = () => all('.recharts-line-curve').map((path) => path.getAttribute('d') ?? '');
const startsOf = (path: string | null | undefined) => path?.match(/M/g)?.length ?? 0;

describe('the picture of a line figure', () => {
  it('has a label of its own at every tick', () => {
    show();
    expect(labels('xAxis')).toEqual(['0', '0.2', '0.4', '0.6', '0.8', '1']);
    expect(labels('yAxis')).toEqual(['0.5', '1', '1.5', '2']);
  });

  it('labels ticks more finely where short labels would be the same', () => {
    const y = { ...figure.y, format: (n: number) => n.toFixed(2), exact: (n: number) => n.toFixed(5) };
    const near = [0.1091, 0.1092, 0.1093].map((height, x) => ({ x, y: height }));
    show({ y, series: [{ ...line, points: near }] });
    expect(labels('yAxis')[0]).toBe('0.10910');
    show({ y, series: [{ ...line, points: [0, 5].map((height, x) => ({ x, y: height })) }] });
    expect(labels('yAxis')[0]).toBe('0.00');
  });

  it('names the places of an axis without numbers, in two rows where one is too narrow', () => {
    const categories = ['descending', 'ascending', 'layered', 'random order'];
    show({ x: { ...figure.x, categories } }, 700);
    expect(labels('xAxis')).toEqual(categories);
    expect(new Set(heights()).size).toBe(1);
    show({ x: { ...figure.x, categories } }, 300);
    expect(labels('xAxis')).toEqual(categories);
    expect(new Set(heights()).size).toBe(2);
  });

  it('draws a line of few points whichever their number, and interrupts it at a gap', () => {
    const points = Array.from({ length: 5000 }, (_, x) => ({ x, y: x % 7 }));
    show({ series: [{ ...line, points }] });
    expect(paths()[0].match(/[ML]/g)?.length).toBeLessThanOrEqual(300);
    show({ series: [{ ...line, points: [1, 2, NaN, 2, 1].map((y, x) => ({ x, y })) }] });
    expect(startsOf(paths()[0])).toBe(2);
    expect(paths()[0]).not.toContain('NaN');
  });

  it('draws straight up where several points stand at one place', () => {
    const steps = [0, 0, 1].map((x, k) => ({ x, y: k / 2 }));
    show({ series: [{ ...line, points: steps }] });
    expect(paths()[0].match(/[ML][^ML]+/g)).toHaveLength(3);
  });

  it('marks points by one path of a line, a single point always, and bars only where there is a spread', () => {
    show({ series: [{ ...line, marks: 'filled' }] });
    const drawn = () => all('.chart-marks path').map((path) => startsOf(path.getAttribute('d')));
    expect(drawn()).toEqual([1, 2]);
    show({ series: [line] });
    expect(drawn()).toEqual([1, 0]);
    show({ series: [{ ...line, points: [{ x: 1, y: 1 }] }] });
    expect(drawn()).toEqual([0, 1]);
    show({ series: [{ ...line, points: [0, 1].map((x) => ({ x, y: x })) }] });
    expect(drawn()).toEqual([]);
  });

  it('tells lines apart by dashes, joins no points where they are apart, and draws lines across', () => {
    const series: ChartSeries[] = [
      { ...line, stroke: 'dashed' },
      { ...line, id: 'b', stroke: 'none' },
    ];
    const across = (y: number) => ({ y, name: `at ${y}`, colour: 'var(--full)' });
    show({ series, reference: across(9), floor: across(-4) });
    const curves = all('.recharts-line-curve');
    expect(curves.map((path) => path.getAttribute('stroke-dasharray'))).toEqual(['7 5', null]);
    expect(curves.map((path) => path.getAttribute('stroke'))).toEqual(['var(--base)', 'none']);
    expect(all('.recharts-reference-line-line')).toHaveLength(2);
    expect(Number(labels('yAxis')[0])).toBeLessThanOrEqual(-4);
    expect(Number(labels('yAxis').at(-1))).toBeGreaterThanOrEqual(9);
  });

  it('draws the first line over the others if it is to', () => {
    const series = ['a', 'b'].map((id) => ({ ...line, id, colour: id }));
    const order = () => all('.recharts-line-curve').map((path) => path.getAttribute('stroke'));
    show({ series });
    expect(order()).toEqual(['a', 'b']);
    act(() => view.root.render(null));
    show({ series, firstOnTop: true });
    expect(order()).toEqual(['b', 'a']);
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
