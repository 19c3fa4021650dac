import { describe, expect, it } from 'vitest';
import { SILENT_PULSE } from '../pulse.ts';
import { numberColumn, tableOf } from '../testing/randomTables.ts';
import { DEFAULT_SETTINGS } from './settings.ts';
import { summariseRuns, timeTraining } from './timing.ts';
import { Workbench } from './workbench.ts';

describe('runs in a few numbers', () => {
  it.each([
    [[3], 3, [3, 3]],
    [[4, 1], 2.5, [1.75, 3.25]],
    [[5, 1, 4, 2, 3], 3, [2, 4]],
  ])('of %j', (seconds, median, quartiles) => {
    expect(summariseRuns(seconds)).toEqual({ median, quartiles, repeats: seconds.length });
  });
});

describe('timing a training', () => {
  it('repeats it, and makes the samples anew in every run', async () => {
    const x = Array.from({ length: 60 }, (_, i) => (i * 7) % 40);
    const bench = new Workbench(
      tableOf(
        numberColumn('x', x),
        numberColumn(
          'y',
          x.map((value) => 2 * value),
        ),
      ),
    );
    const settings = { ...DEFAULT_SETTINGS, target: 'y', features: ['x'], beta: 4 };
    const before = await bench.condensed(settings);
    const times = await timeTraining(bench, settings, SILENT_PULSE);
    for (const { median, quartiles, repeats } of [times.full, times.condensed]) {
      expect(repeats).toBeGreaterThanOrEqual(3);
      expect(quartiles[0]).toBeLessThanOrEqual(median);
      expect(median).toBeLessThanOrEqual(quartiles[1]);
    }
    expect(times.making).toBeGreaterThanOrEqual(0);
    const after = await bench.condensed(settings);
    expect([...after.x]).toEqual([...before.x]);
  });
});
