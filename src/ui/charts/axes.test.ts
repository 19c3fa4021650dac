import { expect, it } from 'vitest';
import { axesOf, readableTicks } from './axes.ts';

const whole = (value: number): string => value.toFixed(0);

function ticksOver(last: number): number[] {
  const points = Array.from({ length: last }, (_, k) => ({ x: k + 1, y: k }));
  const { xAxis } = axesOf({
    series: [{ id: 'run', name: 'A run', colour: 'red', points }],
    x: { label: 'epochs', kind: 'linear', format: whole },
    y: { label: 'loss', kind: 'linear', format: whole },
  });
  return xAxis.ticks;
}

it('gives no two ticks of the x axis the same label', () => {
  for (const last of [2, 3, 4, 5, 7, 20, 100]) {
    const labels = ticksOver(last).map(whole);
    expect(new Set(labels).size, labels.join()).toBe(labels.length);
  }
  expect(ticksOver(3)).toEqual([1, 2, 3]);
});

it('writes close values out, or marks fewer of them, rather than repeat a label', () => {
  const axis = (low: number, high: number, exact?: (value: number) => string) => {
    const points = [low, high].map((y, x) => ({ x, y }));
    const { yAxis, yFormat } = axesOf({
      series: [{ id: 'run', name: 'A run', colour: 'red', points }],
      x: { label: 'bits', kind: 'linear', format: whole },
      y: { label: 'size', kind: 'linear', format: (value) => `${(value / 1000).toFixed(2)} kB`, exact },
    });
    return yAxis.ticks.map(yFormat);
  };
  const bytes = axis(3004, 3012, (value) => `${whole(value)} B`);
  expect(bytes).toContain('3006 B');
  expect(new Set(bytes).size).toBe(bytes.length);
  const fewer = axis(3004, 3012);
  expect(new Set(fewer).size).toBe(fewer.length);
  expect(axis(3000, 9000)).toContain('4.00 kB');
});

it('keeps labels apart on both kinds of axis', () => {
  const axis = (kind: 'linear' | 'log') => ({ label: 'x', kind, format: String });
  const shown = (kind: 'linear' | 'log', ticks: number[], width: number) =>
    readableTicks({ domain: [ticks[0], ticks[ticks.length - 1]], ticks }, axis(kind), width);
  expect(shown('linear', [0, 10, 30, 100], 100)).toEqual([0, 30, 100]);
  expect(shown('log', [1, 10, 100, 1000], 300)).toEqual([1, 10, 100, 1000]);
  expect(shown('log', [1, 10, 100, 1000], 40)).toEqual([1, 100]);
});
