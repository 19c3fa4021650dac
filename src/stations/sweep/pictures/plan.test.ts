import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countImagePoints, imageSweepPoints } from '../../../contracts/imageSweep.ts';
import {
  DEFAULT_IMAGE_SETTINGS,
  type RepresentationName,
  type TransformName,
} from '../../../contracts/images.ts';
import { storageFigure } from './figure.ts';
import { cellFacts, seriesOfCells, smallest } from './plan.ts';
import { cellOf } from './testing.ts';
import { changedWords, headline } from './words.ts';

const cells = [
  cellOf({ transform: 'none', tau: 64 }, 550),
  cellOf({ transform: 'none', tau: 16 }, 560),
  cellOf({ transform: 'dct', tau: 64 }, 400),
  cellOf({ transform: 'dct', tau: 64, classWise: false }, 450),
];

describe('the plan', () => {
  it('counts the points that are run', () => {
    const some = <T extends string>(...of: T[]) => fc.subarray(of);
    fc.assert(
      fc.property(
        some<TransformName>('none', 'dct', 'dct8'),
        some<RepresentationName>('zigzag', 'offset', 'signmag', 'twos'),
        fc.uniqueArray(fc.integer({ min: 1, max: 99 }), { maxLength: 4 }),
        fc.subarray([true, false]),
        (transforms, representations, taus, classWise) => {
          const plan = { transforms, representations, taus, classWise, limit: 10 };
          expect(countImagePoints(DEFAULT_IMAGE_SETTINGS, plan)).toBe(
            imageSweepPoints(DEFAULT_IMAGE_SETTINGS, plan).length,
          );
        },
      ),
    );
  });
});

describe('points', () => {
  it('form a series for every encoding, ascending in τ', () => {
    const series = seriesOfCells(cells);
    expect(series.map(({ cells: own }) => own.map(({ settings }) => settings.tau))).toEqual([
      [16, 64],
      [64],
      [64],
    ]);
  });

  it('come to shares and rates', () => {
    expect(cellFacts(cells[0])).toEqual({
      ...{ storage: 0.55, equation1: 0.6, encodeRate: 0.005, decodeRate: 0.02 },
    });
    expect(cellFacts({ ...cells[0], decodeSeconds: 0 }).decodeRate).toBeNull();
  });

  it('are compared without and with loss', () => {
    const { exact, any } = smallest(cells);
    expect([exact?.bytes, any?.bytes]).toEqual([550, 400]);
    expect(smallest([])).toEqual({ exact: null, any: null });
    const words = headline(cells).replace(/\u202f/g, ' ');
    expect(words).toContain('Smallest: 40.0 % of the raw pixels by DCT · zigzag · table per class');
    expect(words).toContain('near-lossless, PSNR 51.4 dB. Smallest without loss: 55.0 %');
    expect(headline(cells.slice(0, 2))).toMatch(/^Smallest: .* lossless\.$/);
    expect(headline([])).toContain('No points yet');
  });
});

describe('the figure', () => {
  it('joins points along τ and only there, and names what is near-lossless', () => {
    const along = storageFigure(cells, 'tau');
    expect(along.series).toHaveLength(3);
    expect(along.series[0].points.map(({ x, y }) => [x, y])).toEqual([
      [16, 0.56],
      [64, 0.55],
    ]);
    expect(along.series.every(({ stroke }) => stroke !== 'none')).toBe(true);
    expect(along.series.map(({ name }) => name.includes('(near-lossless)'))).toEqual([false, true, true]);
    expect(along.series[1].points[0].note).toContain('near-lossless, PSNR 51.4');
    expect(along.x.ticks).toEqual([16, 64]);
    const time = storageFigure(cells, 'encode');
    expect(time.series.every(({ stroke }) => stroke === 'none')).toBe(true);
    expect(time.series[0].points[0].x).toBe(0.2);
  });
});

it('says which settings have moved on', () => {
  const now = { ...DEFAULT_IMAGE_SETTINGS, codec: 'greedygd', tau: 7 };
  expect(changedWords(DEFAULT_IMAGE_SETTINGS, now)).toBe('codec EntroGeDe, now GreedyGD');
  expect(changedWords(now, now)).toBe('');
});
