import { expect, it } from 'vitest';
import { landscapeSeconds, miniBatchLimit, miniBatchWork, type LandscapeSize } from './landscapeWork.ts';

const size: LandscapeSize = {
  ...{ task: 'regression', rows: 20_000, samples: 100, width: 10 },
  ...{ iterations: 10_000, batch: 64, seconds: 3 },
};
const secondsOf = (change: Partial<LandscapeSize>) => landscapeSeconds({ ...size, ...change });

it('more records, coefficients and steps take longer, and so does log loss', () => {
  for (const change of [{ rows: 80_000 }, { width: 40 }, { iterations: 40_000 }, { batch: 256 }])
    expect(secondsOf(change)).toBeGreaterThan(secondsOf({}));
  expect(secondsOf({ task: 'classification' })).toBeGreaterThan(secondsOf({}) + 0.5);
});

it('a descent counts with what it may take', () => {
  const classes = { task: 'classification', iterations: 1_000 } as const;
  // It would take 2.7 s, which is let be; or ends once that is known to be too long.
  expect(secondsOf(classes) - secondsOf({ ...classes, seconds: 1 })).toBeCloseTo(2.37, 1);
  expect(secondsOf({ ...classes, seconds: 0 })).toBeLessThan(secondsOf({ ...classes, seconds: 1 }));
});

it('mini-batches end before they become long', () => {
  expect(miniBatchLimit(500, miniBatchWork(64, 10))).toBe(500);
  expect(miniBatchLimit(1e6, miniBatchWork(64, 10))).toBe(10_000);
  expect(miniBatchLimit(1e6, miniBatchWork(4_096, 1_000))).toBe(40);
  expect(miniBatchLimit(1e6, 1e12)).toBe(1);
});
