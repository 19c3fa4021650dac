import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, type ExperimentSettings } from '../contracts/codec.ts';
import type { ScatterRequest } from '../contracts/scatter.ts';
import { drawOf } from '../core/contenders/contest.ts';
import { runExact, samplesOf } from '../core/experiment/training.ts';
import { Workbench } from '../core/experiment/workbench.ts';
import { SILENT_PULSE } from '../core/pulse.ts';
import { numberColumn, tableOf } from '../core/testing/randomTables.ts';
import { keepOptimum, optimumOf } from './optima.ts';
import { placedSamples, predictionLines } from './scatter.ts';

const N = 300;
const x = Array.from({ length: N }, (_, i) => (i * 7) % 64);
const bench = new Workbench(
  tableOf(
    numberColumn('x', x),
    numberColumn(
      'y',
      x.map((value, i) => 2 * value + (i % 11)),
    ),
  ),
);
const settings: ExperimentSettings = { ...DEFAULT_SETTINGS, target: 'y', beta: 3 };
const request: ScatterRequest = {
  ...{ source: { kind: 'sample', id: 'none' }, settings, x: 'x', y: 'y', withRandom: false },
};

describe('the samples', () => {
  it('are those that training sees', async () => {
    const samples = await placedSamples(bench, request);
    const { rows } = await bench.condensed(settings);
    expect(samples).toMatchObject({ beta: 3, count: rows, placed: rows, total: 240, random: null });
  });

  it('stand beside the records of the first random draw of a contest, when they are wanted', async () => {
    const samples = await placedSamples(bench, { ...request, withRandom: true });
    const drawn = await drawOf(bench, settings, { contender: 'random', draw: 0 });
    const { map } = await bench.design(settings);
    expect(samples?.random?.x).toHaveLength(samples!.count);
    samples!.random!.x.forEach((place, k) => {
      expect(place).toBeCloseTo(drawn.x[2 * k + 1] / map.scales[1] + map.means[1], 9);
      expect(samples!.random!.y[k]).toBe(drawn.y[k]);
    });
  });

  it('are none where nothing is condensed', async () => {
    expect(await placedSamples(bench, { ...request, settings: DEFAULT_SETTINGS })).toBeNull();
  });
});

describe('the lines', () => {
  it('are those of both optima, and of the random sample where it is wanted', async () => {
    const lines = await predictionLines(bench, { ...request, withRandom: true }, SILENT_PULSE);
    const [first, last] = [0, lines!.x.length - 1];
    for (const line of [lines!.full, lines!.condensed, lines!.random!]) {
      expect((line[last] - line[first]) / (lines!.x[last] - lines!.x[first])).toBeCloseTo(2, 0);
    }
    expect((await predictionLines(bench, request, SILENT_PULSE))?.random).toBeNull();
  });

  it('are none where the target is not upwards', async () => {
    expect(await predictionLines(bench, { ...request, x: 'y', y: 'x' }, SILENT_PULSE)).toBeNull();
  });
});

describe('an optimum that was solved for', () => {
  it('is kept with its design, until settings change it', async () => {
    const one = new Workbench(bench.table);
    const design = await one.design(settings);
    const { theta } = await runExact(design, await samplesOf(one, settings, 'condensed'));
    keepOptimum(design, settings, 'condensed', theta);
    expect(await optimumOf(one, settings, 'condensed', SILENT_PULSE)).toBe(theta);
    const other = await optimumOf(one, { ...settings, beta: 5 }, 'condensed', SILENT_PULSE);
    expect(other).not.toEqual(theta);
    const full = await optimumOf(one, settings, 'full', SILENT_PULSE);
    // β decides nothing of it.
    expect(await optimumOf(one, { ...settings, beta: 5 }, 'full', SILENT_PULSE)).toBe(full);
  });
});
