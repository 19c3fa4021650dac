import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../experiment/settings.ts';
import { Workbench } from '../experiment/workbench.ts';
import { SILENT_PULSE } from '../pulse.ts';
import type { Design, DesignMatrix } from '../regression/design.ts';
import { numberColumn, tableOf } from '../testing/randomTables.ts';
import type { ContenderRequest } from './contender.ts';
import { craig } from './craig.ts';
import { medoidsOf } from './medoids.ts';

const SETTINGS = { ...DEFAULT_SETTINGS, target: 'y' };
const BENCH = new Workbench(tableOf(numberColumn('x', [0, 1, 2]), numberColumn('y', [0, 1, 2])));

/** A request over points on a line, of one class or of more. */
function requestOf(
  points: readonly number[],
  samples: number,
  classes?: readonly number[],
): ContenderRequest {
  const train: DesignMatrix = {
    ...{ rows: points.length, width: 2, x: Float64Array.from(points.flatMap((x) => [1, x])) },
    ...{ outputs: 1, y: Float64Array.from(classes ?? points) },
  };
  const task = classes === undefined ? 'regression' : 'classification';
  const design = { task, train, test: train } as Design;
  return { bench: BENCH, settings: SETTINGS, design, samples, beta: 0, seed: 1, pulse: SILENT_PULSE };
}

async function made(request: ContenderRequest): Promise<[number, number][]> {
  const { rows, x, weights } = await craig.make(request);
  return Array.from({ length: rows }, (_, i) => [x[2 * i + 1], weights[i]]);
}

describe('CRAIG', () => {
  const LINE = [0, 1, 2, 10, 11, 12, 30];

  it('takes the records that most are near to, each with the number of its own', async () => {
    // By hand: the distances from 10 sum to 50, the least of all; then 1 spares 25, and 30 spares 20.
    expect(await made(requestOf(LINE, 1))).toEqual([[10, 7]]);
    expect(await made(requestOf(LINE, 3))).toEqual([
      [10, 3],
      [1, 3],
      [30, 1],
    ]);
    expect(await made(requestOf(LINE, 99))).toHaveLength(7);
  });

  it('takes each class by itself, and its weights leave the classes their shares', async () => {
    // Of seven records, six to one: the seventh is a class of its own.
    // Of the other six 2 and 10 are as near to all; the lower one is taken, and then 11 spares most.
    expect(await made(requestOf(LINE, 3, [0, 0, 0, 0, 0, 0, 1]))).toEqual([
      [2, 3],
      [11, 3],
      [30, 1],
    ]);
    // One sample for two classes: the larger one has it, and the weight of both.
    expect(await made(requestOf(LINE, 1, [0, 0, 0, 0, 0, 0, 1]))).toEqual([[2, 7]]);
  });

  it('takes a record of weight 3 for three, where it is thinned too', async () => {
    const weights = [1, 3, 1, 2, 1, 2, 4];
    const repeated = LINE.flatMap((x, k) => new Array<number>(weights[k]).fill(x));
    for (const samples of [1, 2, 3, 5]) {
      const request = requestOf(LINE, samples);
      const { train } = request.design;
      const weighted = { ...train, weights: Float64Array.from(weights) };
      const one = { ...request, design: { ...request.design, train: weighted } };
      expect(await made(one)).toEqual(await made(requestOf(repeated, samples)));
      const watch = { pulse: SILENT_PULSE, progress: () => ({ phase: '', done: 0, total: 1, unit: '' }) };
      const all = Uint32Array.from(LINE, (_, i) => i);
      const { sizes } = await medoidsOf(weighted, all, samples, watch, 5);
      expect(Array.from(sizes).reduce((sum, size) => sum + size, 0)).toBe(14);
    }
  });

  it('takes no record twice that is like another: fewer are enough', async () => {
    expect(await made(requestOf([5, 5, 5, 8, 8], 4))).toEqual([
      [5, 3],
      [8, 2],
    ]);
  });

  it('chooses among a part of very many records, and all of them weigh', async () => {
    const points = Array.from({ length: 400 }, (_, i) => Math.floor(i / 100));
    const { train } = requestOf(points, 4).design;
    const all = Uint32Array.from(points, (_, i) => i);
    const watch = { pulse: SILENT_PULSE, progress: () => ({ phase: '', done: 0, total: 4, unit: '' }) };
    const { picked, sizes } = await medoidsOf(train, all, 4, watch, 80);
    expect(Array.from(picked, (place) => points[place]).sort()).toEqual([0, 1, 2, 3]);
    expect(Array.from(sizes)).toEqual([100, 100, 100, 100]);
  });

  it('is cancelled between two records', async () => {
    let beats = 0;
    const pulse = {
      due: () => true,
      beat: () => (++beats === 3 ? Promise.reject(new Error('Stopped.')) : Promise.resolve()),
    };
    await expect(craig.make({ ...requestOf(LINE, 3), pulse })).rejects.toThrow('Stopped.');
    expect(beats).toBe(3);
  });
});
