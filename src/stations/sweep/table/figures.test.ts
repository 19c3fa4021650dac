import { describe, expect, it } from 'vitest';
import type { SweepPlan } from '../../../contracts/link.ts';
import type { SweepRun } from '../../lab/sweep.ts';
import {
  axisAcross,
  floorReference,
  fullReference,
  scoreSeries,
  secondsSeries,
  storageSeries,
  type Across,
  type FigureSubject,
} from './figures.ts';
import { summarise, summariseFull } from './summary.ts';
import { runOf } from '../testing/cells.ts';
import { solverNames, solverWords } from './measures.ts';

function subjectOf(
  plan: SweepPlan,
  full: SweepRun[],
  runs: SweepRun[],
  across: Across = 'axis',
): FigureSubject {
  return {
    ...{ plan, across, task: 'regression', beta: 8, rivals: [] },
    rows: summarise(plan, full, runs),
    full: summariseFull(plan, full),
  };
}

const two: SweepPlan = {
  axes: [
    { name: 'codec', values: ['entrogede', 'greedygd'] },
    { name: 'beta', values: [4, 8, 12] },
  ],
  splits: [1],
};
const cells = two.axes[0].values.flatMap((codec) =>
  two.axes[1].values.map((beta) => runOf([codec, beta], { beta: Number(beta) })),
);
const full = [runOf(['entrogede', 4], { method: 'full' }, 0.3, 0.25)];

describe('figures over two axes', () => {
  it('have a line for each value of the second axis, told apart without colour', () => {
    const series = scoreSeries(subjectOf(two, full, cells, 'samples'), 'ratio', 'gd', String);
    expect(series.map(({ name }) => name)).toEqual(['β 4', 'β 8', 'β 12']);
    expect(new Set(series.map(({ shape, marks }) => `${shape} ${marks}`)).size).toBe(3);
    expect(series.every(({ points }) => points.length === 2)).toBe(true);
    // No colour of a role stands for a series.
    for (const { colour } of series) expect(colour).toMatch(/^var\(--series-\d\)$/);
  });

  it('name the places of a first axis without numbers, and set the series beside each other', () => {
    const subject = subjectOf(two, full, cells);
    expect(axisAcross(subject, 'axis').categories).toEqual(['EntroGeDe', 'GreedyGD']);
    const series = scoreSeries(subject, 'ratio', 'gd', String);
    expect(series.every(({ stroke }) => stroke === 'none')).toBe(true);
    const xs = series.map(({ points }) => points.map(({ x }) => x));
    for (const places of xs) expect(places.map((x) => Math.abs(Math.round(x)))).toEqual([0, 1]);
    expect(new Set(xs.map(([x]) => x)).size).toBe(3);
  });

  it('draw the numbers of the solver that is chosen', () => {
    const subject = subjectOf(two, full, cells);
    expect(scoreSeries(subject, 'ratio', 'gd', String)[0].points[0].y).toBeCloseTo(2, 12);
    expect(scoreSeries(subject, 'ratio', 'exact', String)[0].points[0].y).toBeCloseTo(2, 12);
    expect(secondsSeries(subject, 'exact', String)[0].points[0].y).toBe(0.01);
    expect(storageSeries(subject, String)).toHaveLength(3);
  });
});

describe('full training', () => {
  it('is a line across where it is the same at every point', () => {
    const subject = subjectOf(two, full, cells);
    expect(fullReference(subject, 'Full', (row) => row.scores.gd.mse, String)).toMatchObject({ y: 0.3 });
    expect(floorReference(subject, 'mse', String)).toMatchObject({ y: 1.3 });
  });

  it('is a series where it changes along the axis, which is logarithmic for rates', () => {
    const plan: SweepPlan = { axes: [{ name: 'learningRate', values: [0.001, 0.01] }], splits: [1] };
    const fulls = [0.001, 0.01].map((rate) => runOf([rate], { method: 'full' }, rate, rate));
    const subject = subjectOf(plan, fulls, [runOf([0.001], {})]);
    expect(axisAcross(subject, 'axis').kind).toBe('log');
    expect(fullReference(subject, 'Full', (row) => row.scores.gd.mse, String)).toBeUndefined();
    const series = scoreSeries(subject, 'mse', 'gd', String);
    expect(series.map(({ id }) => id)).toEqual(['exact', 'gd', 'full']);
    expect(series[2].points.map(({ x, y }) => [x, y])).toEqual([
      [0.001, 0.001],
      [0.01, 0.01],
    ]);
  });
});

it('solvers keep their proper names within a sentence', () => {
  expect(solverNames('classification')).toEqual({ gd: 'gradient descent', exact: 'Newton’s method' });
  expect(solverWords('regression')).toEqual({ gd: 'Gradient descent', exact: 'Closed form' });
});
