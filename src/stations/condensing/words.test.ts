import { describe, expect, it } from 'vitest';
import type { DataAxis, ScatterCloud, ScatterSamples } from '../../contracts/scatter.ts';
import { cellsWords, linesWords, missingWords, pictureWords, placeWords, sampleWords } from './words.ts';

const number = (column: string): DataAxis => ({
  ...{ column, kind: 'number', low: 0, high: 10, named: null, time: null },
});
const cut: DataAxis = {
  ...{ column: 'cut', kind: 'category', low: -0.5, high: 2.5, time: null },
  named: ['Ideal', 'Premium', 'Good'].map((name, at) => ({ at, name })),
};
const axes = { x: number('carat'), y: number('price') };
const NONE = { bits: 0, at: new Float64Array(0) };
const samples: ScatterSamples = {
  ...{ beta: 24, count: 2, placed: 2, total: 342, random: null },
  ...{ x: Float64Array.of(0.531, 2), y: Float64Array.of(1523, 9000), weights: Float64Array.of(341, 1) },
  cuts: { x: { bits: 3, at: Float64Array.of(1, 2, 3) }, y: NONE },
};
const cloud = {
  columns: [{ name: 'carat', kind: 'number', use: 'feature', strength: 0.9 }],
  ...{ trainRows: 345, used: 342, placed: 342 },
} as ScatterCloud;

describe('a place', () => {
  it('is a number, a time, a category or between two', () => {
    expect(placeWords(number('price'), 1523.456)).toBe('1,523');
    expect(placeWords({ ...number('day'), time: 'YYYY-MM-DD' }, 18_262.4)).toBe('2020-01-01');
    expect(placeWords(cut, 1)).toBe('“Premium”');
    expect(placeWords(cut, 0.4)).toBe('between “Ideal” and “Premium”');
  });
});

it('a sample is said with its weight and its place', () => {
  expect(sampleWords(axes, samples, 0)).toBe(
    'This sample stands for 341 records, at carat 0.531 and price 1,523.',
  );
  expect(sampleWords({ x: axes.x, y: cut }, samples, 1)).toContain('stands for 1 record,');
});

it('the picture is said in place of it', () => {
  expect(pictureWords(axes, cloud, samples)).toBe(
    '342 training records by carat and price, and 2 condensed samples among them as circles as large as their weights. The heaviest stands for 341 records, at carat 0.531 and price 1,523.',
  );
  expect(pictureWords(axes, cloud, null)).toBe('342 training records by carat and price.');
});

describe('the cells', () => {
  it('are said with the bits that cut them', () => {
    expect(cellsWords(axes, samples)).toBe(
      'At β = 24, 3 of the bits cut carat and none cuts price. The other 21 cut other columns, so a cell may hold several samples.',
    );
  });

  it('are none where other columns are cut, and not drawn where they are too narrow', () => {
    expect(cellsWords(axes, { ...samples, cuts: { x: NONE, y: NONE } })).toContain(
      'none of the bits cuts carat or price',
    );
    const narrow = { ...samples, beta: 9, cuts: { x: { bits: 9, at: null }, y: NONE } };
    expect(cellsWords(axes, narrow)).toContain('The cells along carat are too narrow');
    expect(cellsWords(axes, narrow)).not.toContain('The other');
  });
});

describe('the lines', () => {
  it('are said to be predictions, of two classes probabilities', () => {
    expect(linesWords(axes, cloud, true, { target: 'price', classes: null })).toContain(
      'predicts along carat',
    );
    expect(linesWords(axes, cloud, true, { target: 'price', classes: ['no', 'yes'] })).toContain(
      '0 at “no”, 1 at “yes”',
    );
  });

  it('that are not there have a reason', () => {
    const none = (target: string | null, classes: string[] | null = null, x = axes.x) =>
      linesWords({ ...axes, x }, cloud, false, { target, classes });
    expect(none(null)).toBe('');
    expect(none('carat')).toContain('Put carat upwards');
    expect(none('price', ['a', 'b', 'c'])).toContain('more than two classes');
    expect(none('price', null, number('depth'))).toContain('depth is not a feature');
    expect(none('price')).toBe('');
  });
});

it('what is not in the picture is counted', () => {
  expect(missingWords(cloud, samples)).toBe('Not in the picture: 3 records that training leaves out.');
  expect(missingWords({ ...cloud, used: 345 }, { ...samples, count: 3 })).toBe(
    'Not in the picture: 3 records whose value in one of the columns is missing or infinite; 1 sample of such records alone.',
  );
  expect(missingWords({ ...cloud, trainRows: 342 }, samples)).toBe('');
});
