import { describe, expect, it } from 'vitest';
import { numberColumn, tableOf, textColumn } from '../testing/randomTables.ts';
import { predictionLine } from './predictionLine.ts';
import { DEFAULT_SETTINGS, type ExperimentSettings } from './settings.ts';
import { runExact, samplesOf } from './training.ts';
import { Workbench } from './workbench.ts';

const N = 120;
const cells = <T>(make: (i: number) => T): T[] => Array.from({ length: N }, (_, i) => make(i));
const x = cells((i) => (i * 7) % 40);
const other = cells((i) => (i * 11) % 13);
const kind = cells((i) => ['a', 'b', 'c'][(i * 5) % 3]);
const bench = new Workbench(
  tableOf(
    numberColumn('x', x),
    numberColumn('other', other),
    textColumn('kind', kind),
    numberColumn(
      'y',
      cells((i) => 3 + 2 * x[i] - other[i] + (kind[i] === 'b' ? 10 : 0)),
    ),
    numberColumn(
      'sign',
      cells((i) => (x[i] + (i % 9) > 22 ? 1 : -1)),
    ),
    textColumn(
      'word',
      cells((i) => (x[i] + (i % 9) > 22 ? 'yes' : 'no')),
    ),
  ),
);
const base: ExperimentSettings = { ...DEFAULT_SETTINGS, target: 'y', features: ['x', 'other', 'kind'] };

async function lineOf(settings: ExperimentSettings, across: string, upwards: string) {
  const line = await predictionLine(bench, settings, { x: across, y: upwards });
  if (line === null) return null;
  const design = await bench.design(settings);
  const { theta } = await runExact(design, await samplesOf(bench, settings, 'full'));
  return { x: line.x, y: line.of(theta) };
}

describe('the line of a model', () => {
  it('is what it predicts along a number, all others at their means', async () => {
    const line = await lineOf(base, 'x', 'y');
    const { split } = await bench.prepare(base);
    const mean = (values: readonly number[]) =>
      split.train.reduce((sum, row) => sum + values[row], 0) / split.train.length;
    const level = 3 - mean(other) + 10 * mean(kind.map((one) => (one === 'b' ? 1 : 0)));
    const used = split.train.map((row) => x[row]);
    expect([line!.x[0], line!.x.at(-1)]).toEqual([Math.min(...used), Math.max(...used)]);
    line!.x.forEach((place, k) => expect(line!.y[k]).toBeCloseTo(level + 2 * place, 3));
  });

  it('is a stroke at each category', async () => {
    const line = await lineOf(base, 'kind', 'y');
    expect(line!.x).toHaveLength(9);
    const at = (code: number): number => line!.y[3 * code];
    const code = (name: string): number => [...new Set(kind)].indexOf(name);
    expect(at(code('b')) - at(code('a'))).toBeCloseTo(10, 4);
    expect(at(code('c')) - at(code('a'))).toBeCloseTo(0, 4);
    expect(line!.y[3 * code('b') + 1]).toBe(at(code('b')));
    expect([2, 5, 8].every((k) => Number.isNaN(line!.y[k]))).toBe(true);
  });

  it('of two classes divides the way between their places by the probability of the second', async () => {
    const sign = await lineOf({ ...base, target: 'sign', features: ['x', 'other'] }, 'x', 'sign');
    expect(sign!.y[0]).toBeLessThan(-0.99);
    expect(sign!.y.at(-1)).toBeGreaterThan(0.99);
    const word = await lineOf({ ...base, target: 'word', features: ['x', 'other'] }, 'x', 'word');
    // The first text that appears is the place 0.
    const isYesFirst = x[0] > 22;
    word!.y.forEach((place, k) => {
      const probability = (sign!.y[k] + 1) / 2;
      expect(isYesFirst ? 1 - place : place).toBeCloseTo(probability, 6);
    });
  });

  it('is none where no line says what is predicted', async () => {
    expect(await lineOf(base, 'x', 'other')).toBeNull();
    expect(await lineOf({ ...base, features: ['x'] }, 'other', 'y')).toBeNull();
    expect(await lineOf({ ...base, target: 'kind', features: ['x', 'other'] }, 'x', 'kind')).toBeNull();
  });
});
