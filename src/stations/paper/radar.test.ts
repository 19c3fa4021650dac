import { describe, expect, it } from 'vitest';
import { PAPER_FIGURE1, PAPER_TABLES, type PaperTable } from '../training/paper/tables.ts';
import { shareFigure, timeFigure } from './figures.ts';
import { RADAR_AXES, radarFigure, radarOf, radarRows } from './radar.ts';
import { knownOf, sheetOf } from './sheet.ts';
import { ownRun, shippedResult } from './testing.ts';

const [mnist, cifar10] = PAPER_TABLES as [PaperTable, PaperTable];
const nothing = knownOf('mnist', [], []);

describe('the radar', () => {
  it('knows every axis of the paper', () => {
    expect(Object.keys(RADAR_AXES)).toEqual(PAPER_FIGURE1.axes);
  });

  it('sets the best of the methods shown at the rim', () => {
    const { rows, left } = radarOf(sheetOf(mnist, nothing), 'paper');
    expect(rows.map(({ method }) => method).sort()).toEqual([...PAPER_FIGURE1.methods].sort());
    expect(left).toEqual([]);
    const dreamlearning = rows.find(({ method }) => method === 'dreamlearning');
    expect(dreamlearning?.scores).toEqual([1, 1, 1, 1, 1, 1]);
    const dq = rows.find(({ method }) => method === 'dq');
    expect(dq?.scores[0]).toBeCloseTo(11 / 68);
    expect(dq?.scores[2]).toBeCloseTo(0.58);
    expect(dq?.scores[5]).toBeCloseTo(0.1);
    expect(dq?.words[0]).toBe('68');
  });

  it('takes memory and access of one set for the others, as the paper says', () => {
    const { rows } = radarOf(sheetOf(cifar10, knownOf('cifar10', [], [])), 'paper');
    expect(rows).toHaveLength(5);
  });

  it('draws what was measured, by seconds where no full training stands beside it', () => {
    const known = knownOf(
      'mnist',
      [shippedResult(), shippedResult({ method: 'dreamlearning', storageRatio: null })],
      [],
    );
    const sheet = sheetOf(mnist, known);
    const reading = radarOf(sheet, 'ours');
    expect(reading.rows.map(({ method }) => method)).toEqual(['random']);
    expect(reading.rows[0].words[0]).toBe('120');
    expect(reading.left).toEqual(['dreamlearning']);
    const figure = radarFigure(reading, sheet, 'ours');
    expect(figure.series).toHaveLength(1);
    expect(figure.summary).toMatch(
      /^Ours, MNIST at 10.%, 1 is the best shown. Random: runtime speed-up 1.00/,
    );
    expect(radarRows(reading)[1]).toEqual(['Random', 1, 1, 1, 1, 1, 1]);
    expect(radarFigure(radarOf(sheet, 'yours'), sheet, 'yours').series).toEqual([]);
  });
});

describe('accuracy against share and time', () => {
  it('has every number of the paper', () => {
    const { series } = shareFigure({ set: 'mnist', known: nothing, beside: 'paper' });
    expect(series).toHaveLength(6);
    for (const { points } of series) expect(points.map(({ x }) => x)).toEqual([0.01, 0.05, 0.1, 0.2]);
    const times = timeFigure({ set: 'mnist', known: nothing, beside: 'paper' });
    const random = times.series.find(({ name }) => name === 'Random');
    expect(random?.points[0]).toEqual({ x: 21 / 846, y: 0.98, spread: 0.0044 });
    expect(times.references?.[0].y).toBe(0.993);
  });

  it('sets one’s own beside it, and leaves out times without full training', () => {
    const known = knownOf('mnist', [], [ownRun(), ownRun({ seed: 2 })]);
    const own = shareFigure({ set: 'mnist', known, beside: 'yours' }).series.filter(({ id }) =>
      id.startsWith('own'),
    );
    expect(own).toEqual([
      expect.objectContaining({
        name: 'Yours: Random',
        points: [{ x: 0.1, y: 0.985, spread: 0, note: '2 seeds' }],
      }),
    ]);
    const time = timeFigure({ set: 'mnist', known, beside: 'yours' });
    expect(time.series.some(({ id }) => id.startsWith('own'))).toBe(false);
  });
});
