import { describe, expect, it } from 'vitest';
import type { SweepPlan } from '../../../contracts/link.ts';
import { statistic } from '../../statistic.ts';
import { estimateSeconds, summarise, summariseFull } from './summary.ts';
import { runOf } from '../testing/cells.ts';

const full = [
  runOf([8], { method: 'full', split: 1 }, 0.5, 0.4),
  runOf([8], { method: 'full', split: 2 }, 1, 0.8),
];
const runs = [
  runOf([12], { split: 2, beta: 12 }, 1.1, 0.8),
  runOf([12], { split: 1, beta: 12 }, 0.6, 0.5),
  runOf([8], { split: 1, beta: 8 }, 0.75, 0.6),
];
const plan: SweepPlan = { axes: [{ name: 'beta', values: [8, 12, 20] }], splits: [1, 2] };

describe('statistic', () => {
  it('gives mean, sample deviation and range', () => {
    expect(statistic([1, 2, 3, 4])).toEqual({ mean: 2.5, std: Math.sqrt(5 / 3), min: 1, max: 4, count: 4 });
    expect(statistic([7])).toEqual({ mean: 7, std: 0, min: 7, max: 7, count: 1 });
    expect(statistic([])).toBeNull();
  });
});

describe('summarise', () => {
  it('averages the ratios of the splits, not the ratio of the averages', () => {
    const [eight, twelve] = summarise(plan, full, runs);
    expect(eight.point).toEqual([8]);
    expect(twelve.scores.gd.ratio?.mean).toBeCloseTo((0.6 / 0.5 + 1.1 / 1) / 2, 12);
    expect(twelve.scores.exact.ratio?.mean).toBeCloseTo((0.5 / 0.4 + 1) / 2, 12);
    expect(twelve.scores.gd.ratio?.min).toBeCloseTo(1.1, 12);
    expect(twelve.scores.gd.mse?.mean).toBeCloseTo(0.85, 12);
    expect(twelve.gdSpeedUp?.mean).toBe(40);
    expect(twelve.storage?.mean).toBe(0.3);
    expect(twelve.storageStored?.mean).toBe(0.4);
    expect(twelve.sampleShare.mean).toBe(0.12);
    expect(twelve.atLimit).toBe(0);
  });

  it('uses only splits whose full training is done', () => {
    const [, twelve] = summarise(plan, [full[1]], runs);
    expect(twelve.scores.gd.ratio).toMatchObject({ mean: 1.1, count: 1 });
    expect(twelve.splits).toBe(2);
    expect(summarise(plan, [], runs)[0].scores.gd.ratio).toBeUndefined();
    expect(summarise(plan, full, [])).toEqual([]);
  });

  it('keeps the points of two axes apart, in the plan’s order, each against the full training of its rate', () => {
    const grid: SweepPlan = {
      axes: [
        { name: 'learningRate', values: [0.001, 0.01] },
        { name: 'codec', values: ['entrogede', 'greedygd'] },
      ],
      splits: [1],
    };
    const rows = summarise(
      grid,
      [
        runOf([0.01, 'entrogede'], { method: 'full' }, 2, 2),
        runOf([0.001, 'entrogede'], { method: 'full' }, 1, 1),
      ],
      [
        runOf([0.01, 'greedygd'], {}, 8, 8),
        runOf([0.001, 'greedygd'], {}, 3, 3),
        runOf([0.01, 'entrogede'], {}, 6, 6),
      ],
    );
    expect(rows.map(({ point, scores }) => [...point, scores.gd.ratio?.mean])).toEqual([
      [0.001, 'greedygd', 3],
      [0.01, 'entrogede', 3],
      [0.01, 'greedygd', 4],
    ]);
  });

  it('has the metrics of classes, without those that are missing or no numbers', () => {
    const classes = runOf([8], {
      task: 'classification',
      gd: {
        test: { accuracy: 0.9, balancedAccuracy: 0.8, logLoss: Infinity },
        ...{ iterations: 1, stop: 'limit', seconds: 1 },
      },
      exact: null,
    });
    const [row] = summarise(plan, [], [classes]);
    expect(row.scores.gd).toMatchObject({ accuracy: { mean: 0.9 }, balancedAccuracy: { mean: 0.8 } });
    expect(Object.keys(row.scores.gd)).toEqual(['accuracy', 'balancedAccuracy']);
    expect(row.scores.exact).toEqual({});
    expect(row.exactSeconds).toBeNull();
  });
});

describe('summariseFull', () => {
  it('has one row where nothing changes full training, over all splits', () => {
    const [row, ...others] = summariseFull(plan, full);
    expect(others).toEqual([]);
    expect(row).toMatchObject({ splits: 2, scores: { gd: { mse: { mean: 0.75 }, ratio: { mean: 1 } } } });
    expect(row.floor.mse?.mean).toBe(1.3);
    expect(summariseFull(plan, [])).toEqual([]);
  });

  it('has a row for every rate', () => {
    const byRate: SweepPlan = { axes: [{ name: 'learningRate', values: [0.001, 0.01] }], splits: [1, 2] };
    const rows = summariseFull(byRate, [
      runOf([0.01], { method: 'full', split: 1 }, 4, 4),
      runOf([0.001], { method: 'full', split: 1 }, 2, 2),
      runOf([0.01], { method: 'full', split: 2 }, 6, 6),
    ]);
    expect(rows.map(({ point, scores }) => [point[0], scores.gd.mse?.mean])).toEqual([
      [0.001, 2],
      [0.01, 5],
    ]);
  });
});

describe('estimateSeconds', () => {
  it('adds the share of the rows that every point trains on', () => {
    const seconds = estimateSeconds({
      ...{ full: 3, fullSeconds: 10, betas: [1, 2, 99], encodings: 2, encodeSeconds: 1, trainRows: 100 },
      condensedSamples: Uint32Array.of(1, 10, 20, 50),
    });
    expect(seconds).toBeCloseTo(10 * (3 + 0.8) + 2, 9);
  });
});
