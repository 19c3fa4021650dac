import { describe, expect, it } from 'vitest';
import type { SweepContest } from '../../lab/sweep.ts';
import { runOf } from '../testing/cells.ts';
import { rivalSeries } from './figures.ts';
import { summariseRivals } from './rivals.ts';
import { summarise, summariseFull } from './summary.ts';
import { heldBytes, tradeoffSeries, type TradeoffSubject } from './tradeoff.ts';

const plan = { axes: [{ name: 'beta' as const, values: [8, 12] }], splits: [1] };
const full = [runOf([8], { method: 'full' }, 0.6, 0.5)];
const runs = [
  runOf([8], { beta: 8, sampleBytes: 160 }, 0.7, 0.6),
  runOf([12], { beta: 12, sampleBytes: 240 }, 0.7, 0.55),
];
const contest: SweepContest = {
  ...{ split: 1, metric: 'mse', full: { error: 0.5, seconds: 1 }, floor: 1.3 },
  trials: [
    {
      contender: 'random',
      beta: 8,
      samples: 80,
      errors: [1, 3, 2, 4, 5],
      seconds: { making: 0, fitting: 0 },
    },
    { contender: 'k-means', beta: 8, samples: 40, errors: [0.6], seconds: { making: 1, fitting: 0 } },
  ],
};

const subject: TradeoffSubject = {
  ...{
    plan,
    across: 'axis',
    beta: 8,
    task: 'regression',
    runs,
    peers: null,
    target: 'y',
    records: 1_250,
    codec: 'EntroGeDe',
  },
  rows: summarise(plan, full, runs),
  full: summariseFull(plan, full),
  rivals: summariseRivals([contest]),
};

describe('contenders of a sweep', () => {
  it('have the median and the quartiles of their ratios, in the order of the registry', () => {
    const [random, centres] = subject.rivals;
    expect(random.meta.name).toBe('random');
    expect(random.points).toEqual([{ beta: 8, samples: 80, draws: 5, median: 6, quartiles: [4, 8] }]);
    expect(centres.points[0].median).toBeCloseTo(1.2, 12);
    expect(rivalSeries(subject)[0]).toMatchObject({ isBand: true, points: [{ x: 8, y: 6, range: [4, 8] }] });
  });
});

describe('what a byte buys', () => {
  it('sets bytes of samples against ratios, and everything at 1', () => {
    expect(heldBytes(subject)).toEqual([
      { beta: 8, samples: 80, bytes: 160 },
      { beta: 12, samples: 120, bytes: 240 },
    ]);
    const picked: number[] = [];
    const series = tradeoffSeries(subject, (beta) => picked.push(beta), String);
    const places = Object.fromEntries(series.map(({ id, points }) => [id, points.map(({ x, y }) => [x, y])]));
    expect(places).toEqual({
      condensed: [
        [160, 1.2],
        [240, expect.closeTo(1.1, 12)],
      ],
      // A drawn record is 1 byte of 1,000 here; centres are as large as condensed samples.
      random: [[80, 6]],
      'k-means': [[80, expect.closeTo(1.2, 12)]],
      raw: [[1000, 1]],
      archive: [[300, 1]],
    });
    series[0].onPick?.(series[0].points[1]);
    expect(picked).toEqual([12]);
  });

  it('has the best peers where they are measured, and the paper where it is its table', () => {
    const peer = { sentence: '', ratio: 1, encodeMegabytesPerSecond: 1, decodeMegabytesPerSecond: 1 };
    const rest = { recordMicroseconds: 1, exact: true, note: null };
    const rows = [
      { ...peer, ...rest, name: 'archive', label: 'ours', isOurs: true, randomAccess: true, bytes: 1 },
      { ...peer, ...rest, name: 'a', label: 'each', isOurs: false, randomAccess: true, bytes: 400 },
      { ...peer, ...rest, name: 'b', label: 'gzip', isOurs: false, randomAccess: false, bytes: 200 },
      { ...peer, ...rest, name: 'c', label: 'zstd', isOurs: false, randomAccess: false, bytes: 100 },
    ];
    const sizes = { trainRows: 1000, measuredRows: 500, columns: 1, rawFloat64Bytes: 500, csvBytes: 1 };
    const peers = { rows, ...sizes, seconds: 1, machine: '' };
    const series = tradeoffSeries(
      { ...subject, peers, target: 'MedHouseVal', records: 20_640 },
      () => undefined,
      String,
    );
    const last = series.slice(-3).map(({ id, points: [{ x, y }] }) => [id, x, y]);
    expect(last).toEqual([
      ['alone', 800, 1],
      ['together', 200, 1],
      ['paper', 7_360, 1.04],
    ]);
  });
});
