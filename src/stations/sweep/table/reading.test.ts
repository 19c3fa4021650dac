import { describe, expect, it } from 'vitest';
import { runOf } from '../testing/cells.ts';
import { readingWords, readSweep } from './reading.ts';
import { summarise } from './summary.ts';

const full = [runOf([8], { method: 'full' }, 0.6, 0.5)];

/** The reading of a sweep with these errors of the closed form at β = 8, 10, …, those of full training being 0.5. */
function readingOf(...errors: number[]) {
  const values = errors.map((_, k) => 8 + 2 * k);
  const plan = { axes: [{ name: 'beta' as const, values }], splits: [1] };
  const runs = errors.map((error, k) => runOf([values[k]], { beta: values[k] }, 0.6, error));
  return readSweep(plan, summarise(plan, full, runs));
}

describe('the reading of a sweep over β', () => {
  it('is the least β from which on all that were tried are within 5 %', () => {
    expect(readingOf(0.6, 0.52, 0.51)).toEqual({ isClose: true, beta: 10, samples: 100 });
    // One that is close by chance does not count while a larger one is not.
    expect(readingOf(0.5, 0.6, 0.525)).toMatchObject({ isClose: true, beta: 12 });
    expect(readingOf(0.5, 0.5)).toMatchObject({ isClose: true, beta: 8 });
  });

  it('says up to where none is close', () => {
    expect(readingOf(0.5, 0.6)).toEqual({ isClose: false, beta: 10, samples: 100 });
    expect(readingWords({ isClose: false, beta: 28, samples: 1_234.4 })).toBe(
      'Not within 5\u202f% of full up to β = 28 (1,234 samples)',
    );
    expect(readingWords({ isClose: true, beta: 19, samples: 318 })).toBe(
      'Within 5\u202f% of full from β = 19 (318 samples) on',
    );
  });

  it('is none without full training, or where something else is swept over', () => {
    const plan = { axes: [{ name: 'beta' as const, values: [8] }], splits: [1] };
    expect(readSweep(plan, summarise(plan, [], [runOf([8], {})]))).toBeNull();
    const rates = { axes: [{ name: 'learningRate' as const, values: [0.1] }], splits: [1] };
    expect(readSweep(rates, [])).toBeNull();
  });
});
