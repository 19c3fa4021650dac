import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../experiment/settings.ts';
import { solve } from '../experiment/training.ts';
import { Workbench } from '../experiment/workbench.ts';
import { SILENT_PULSE } from '../pulse.ts';
import { createGenerator } from '../random.ts';
import type { Design, DesignMatrix } from '../regression/design.ts';
import { codeOf } from '../testing/codeOf.ts';
import { numberColumn, tableOf } from '../testing/randomTables.ts';
import type { ContenderRequest } from './contender.ts';
import { craig } from './craig.ts';
import { gradMatch } from './gradMatch.ts';
import { RecordGradients, residualsAt, startOf } from './recordGradients.ts';

const SETTINGS = { ...DEFAULT_SETTINGS, target: 'y' };
const BENCH = new Workbench(tableOf(numberColumn('x', [0, 1, 2]), numberColumn('y', [0, 1, 2])));

interface Rows {
  x: readonly number[][];
  y: readonly number[];
}

function designOf({ x, y }: Rows, task: Design['task'] = 'regression'): Design {
  const train: DesignMatrix = {
    ...{ rows: y.length, width: x[0].length + 1, x: Float64Array.from(x.flatMap((row) => [1, ...row])) },
    ...{ outputs: 1, y: Float64Array.from(y) },
  };
  return { task, train, test: train } as Design;
}

function requestOf(design: Design, samples: number): ContenderRequest {
  return { bench: BENCH, settings: SETTINGS, design, samples, beta: 0, seed: 1, pulse: SILENT_PULSE };
}

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);

/** Two corners of a square on the line 2 + 2x, two on 2. */
const SQUARE: Rows = { x: [[-1], [1], [-1], [1]], y: [0, 2, 2, 4] };

const generator = createGenerator(3);
const uniform = (): number => (generator.next() >>> 0) / 2 ** 32;
/** Records about a plane, with a tail. */
const MANY: Rows = (() => {
  const x = Array.from({ length: 300 }, () => [uniform() - 0.5, uniform() ** 3]);
  return { x, y: x.map(([a, b]) => 3 * a - b + uniform()) };
})();

describe('gradients of records', () => {
  it('are residuals times features: by hand', () => {
    const design = designOf(SQUARE);
    const start = residualsAt(design, startOf(design));
    expect([...start]).toEqual([2, 0, 0, -2]);
    // At y = 2 + 2x.
    const later = residualsAt(design, Float64Array.of(2, 2));
    expect([...later]).toEqual([0, 2, -2, 0]);
    // Stacked: (2, −2, 0, 0), (0, 0, 2, 2), (0, 0, −2, 2), (−2, −2, 0, 0), in all (0, −4, 0, 4).
    const gradients = new RecordGradients(design.train, [start, later], Uint32Array.of(0, 1, 2, 3));
    expect(gradients.square).toBe(32);
    expect([...gradients.correlations]).toEqual([8, 8, 8, 8]);
    const column = new Float64Array(4);
    gradients.column(0, column);
    expect([...column].map(Math.abs)).toEqual([8, 0, 0, 0]);
    // (0, −4, 0, 4) − ½ (0, 0, −2, 2) = (0, −4, 1, 3)
    const correlations = new Float64Array(4);
    expect(gradients.residual(Uint32Array.of(2), Float64Array.of(0.5), 1, correlations)).toBe(26);
    expect([...correlations]).toEqual([8, 8, 4, 8]);
  });

  it('begin with the mean of the target, or the shares of the classes', () => {
    const pair = designOf({ x: [[0], [1], [2], [3]], y: [0, 0, 0, 1] }, 'classification');
    const [first, , , last] = residualsAt(pair, startOf(pair));
    expect([first, last]).toEqual([expect.closeTo(0.25, 12), expect.closeTo(-0.75, 12)]);
  });
});

describe('GRAD-MATCH', () => {
  it('takes what the gradients at every optimum so far need: by hand', async () => {
    // At the start the first and the last record match the sum; on the line through them the other two are off.
    const { rows, y, weights } = await gradMatch.make(requestOf(designOf(SQUARE), 4));
    expect(rows).toBe(4);
    expect([...y].sort()).toEqual([0, 2, 2, 4]);
    for (const weight of weights) expect(weight).toBeCloseTo(1, 6);
  });

  it('comes to the optimum of all records with few of them', async () => {
    const design = designOf(MANY);
    const made = await gradMatch.make(requestOf(design, 60));
    // Sums of squares and products of two features, the bias and the target: nine numbers with the sum of the weights.
    expect(made.rows).toBeLessThanOrEqual(15);
    const [few, all] = await Promise.all([
      solve(design, made, SILENT_PULSE),
      solve(design, { ...design.train, weights: new Float64Array(300).fill(1) }, SILENT_PULSE),
    ]);
    few.theta.forEach((value, j) => expect(value).toBeCloseTo(all.theta[j], 3));
  });

  it('keeps the number and the mean of every class', async () => {
    const y = MANY.x.map(([a, b], i) => Number(a + b + 0.3 * Math.sin(i) > 0.2));
    const design = designOf({ x: MANY.x, y }, 'classification');
    const { rows, width, x, y: classes, weights } = await gradMatch.make(requestOf(design, 120));
    for (const label of [0, 1]) {
      const own = y.flatMap((value, i) => (value === label ? [i] : []));
      const picked = Array.from({ length: rows }, (_, i) => i).filter((i) => classes[i] === label);
      expect(picked.reduce((total, i) => total + weights[i], 0)).toBeCloseTo(own.length, 6);
      for (const j of [0, 1]) {
        const mean = own.reduce((total, i) => total + MANY.x[i][j], 0);
        expect(picked.reduce((total, i) => total + weights[i] * x[i * width + j + 1], 0)).toBeCloseTo(
          mean,
          3,
        );
      }
    }
  });

  it('has a sample where gradients cancel out, where there is room for one, and of a class of one record', async () => {
    // Σ r = Σ r x = 0.
    const flat = designOf({ x: [[-1], [1], [-1], [1]], y: [0, 0, 1, 1] });
    for (const samples of [1, 2, 4]) {
      for (const design of [flat, designOf(SQUARE), designOf(MANY)]) {
        const made = await gradMatch.make(requestOf(design, samples));
        expect(made.rows).toBeGreaterThanOrEqual(1);
        expect(made.rows).toBeLessThanOrEqual(samples);
        expect(sum(made.weights)).toBeCloseTo(design.train.rows, 8);
      }
    }
    const lone = designOf({ x: MANY.x, y: MANY.y.map((_, i) => Number(i === 7)) }, 'classification');
    const made = await gradMatch.make(requestOf(lone, 20));
    const place = made.y.indexOf(1);
    expect(made.weights[place]).toBeCloseTo(1, 8);
    expect(sum(made.weights)).toBeCloseTo(300, 8);
  });

  it('takes as many as there are records, and never one twice', async () => {
    const design = designOf(MANY);
    const { rows, width, x } = await gradMatch.make(requestOf(design, 300));
    const seen = Array.from({ length: rows }, (_, i) => x.slice(i * width, (i + 1) * width).join());
    expect(new Set(seen).size).toBe(rows);
  });

  it('is cancelled between two records', async () => {
    let beats = 0;
    const pulse = {
      due: () => true,
      beat: () => (++beats === 3 ? Promise.reject(new Error('Stopped.')) : Promise.resolve()),
    };
    const request = { ...requestOf(designOf(MANY), 30), pulse };
    await expect(gradMatch.make(request)).rejects.toThrow('Stopped.');
    expect(beats).toBe(3);
  });
});

it('are refused a constant target, as everyone is', async () => {
  const bench = new Workbench(
    tableOf(numberColumn('x', [0, 1, 2, 3, 4]), numberColumn('y', [1, 1, 1, 1, 1])),
  );
  for (const { make } of [craig, gradMatch]) {
    const asked = async () => {
      const design = await bench.design(SETTINGS);
      return make({ ...requestOf(design, 2), bench });
    };
    expect(await codeOf(asked())).toBe('TARGET_CONSTANT');
  }
});
