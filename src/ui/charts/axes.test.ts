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

it('keeps labels apart on both kinds of axis', () => {
  const axis = (kind: 'linear' | 'log') => ({ label: 'x', kind, format: String });
  const shown = (kind: 'linear' | 'log', ticks: number[], width: number) =>
    readableTicks({ domain: [ticks[0], ticks[ticks.length - 1]], ticks }, axis(kind), width);
  expect(shown('linear', [0, 10, 30, 100], 100)).toEqual([0, 30, 100]);
  expect(shown('log', [1, 10, 100, 1000], 300)).toEqual([1, 10, 100, 1000]);
  expect(shown('log', [1, 10, 100, 1000], 40)).toEqual([1, 100]);
});
