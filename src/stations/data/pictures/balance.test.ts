import { describe, expect, it } from 'vitest';
import { classShares, extremes } from './balance.ts';

const classes = [
  { name: 'a', train: 8, test: 2 },
  { name: 'b', train: 1, test: 0 },
  { name: 'c', train: 0, test: 0 },
];

describe('classShares', () => {
  it('keeps a split that was given', () => {
    const shares = classShares({ classes, split: 'given' }, { testFraction: 0.5 });
    expect(shares.map(({ train, test }) => [train, test])).toEqual([
      [8, 2],
      [1, 0],
      [0, 0],
    ]);
  });

  it('splits every class by the share, and leaves each a training picture', () => {
    const shares = classShares({ classes, split: 'made' }, { testFraction: 0.5 });
    expect(shares.map(({ train, test }) => [train, test])).toEqual([
      [5, 5],
      [1, 0],
      [0, 0],
    ]);
  });
});

it('finds the largest and the smallest class', () => {
  const shares = classShares({ classes, split: 'given' }, { testFraction: 0.2 });
  expect(extremes(shares)).toMatchObject({ most: { name: 'a' }, least: { name: 'c' } });
  expect(extremes([])).toBeNull();
});
