import { describe, expect, it } from 'vitest';
import { SILENT_PULSE } from '../pulse.ts';
import { createGenerator } from '../random.ts';
import { solveClosedForm } from './closedForm.ts';
import type { DesignMatrix } from './design.ts';
import { objectiveOf } from './gradientDescent.ts';
import {
  boundsOf,
  columnsPlane,
  lossOnPlane,
  placeOn,
  principalPlane,
  type Bounds,
  type Plane,
  type Surface,
} from './landscape.ts';
import { solveNewton } from './newton.ts';
import type { TargetTask } from './targets.ts';

const WIDTH = 4;

/** Records with a bias, three features of which two go together, and a number or a class that follows from them. */
function records(task: TargetTask, rows = 60): DesignMatrix {
  const generator = createGenerator(7);
  const uniform = (): number => (generator.next() | 0) / 2 ** 31;
  const x: number[] = [];
  const y: number[] = [];
  for (let i = 0; i < rows; i++) {
    const a = 1.7 * uniform();
    const b = a + 0.5 * uniform();
    const c = 1.7 * uniform();
    x.push(1, a, b, c);
    const z = 2 + 3 * a - b + 0.5 * c + uniform();
    y.push(task === 'regression' ? z : z + 3 * uniform() > 2 ? 1 : 0);
  }
  return { rows, width: WIDTH, outputs: 1, x: Float64Array.from(x), y: Float64Array.from(y) };
}

const weighted = (matrix: DesignMatrix) => ({ ...matrix, weights: new Float64Array(matrix.rows).fill(1) });

async function optimumOf(task: TargetTask, matrix: DesignMatrix): Promise<Float64Array> {
  const samples = weighted(matrix);
  return (await (task === 'regression' ? solveClosedForm(samples) : solveNewton(samples))).theta;
}

function meanLoss(task: TargetTask, matrix: DesignMatrix, theta: Float64Array): number {
  return objectiveOf(task, weighted(matrix)).pass(theta, new Float64Array(theta.length)) / matrix.rows;
}

const BOUNDS: Bounds = { a: [-1, 4], b: [-3, 2] };

/** Coefficients at a place of the grid. */
function thetaAt(
  { origin, u, v }: Plane,
  { columns, rows }: Surface,
  column: number,
  row: number,
): Float64Array {
  const at = ([low, high]: readonly [number, number], k: number, of: number) =>
    low + (k / (of - 1)) * (high - low);
  const [a, b] = [at(BOUNDS.a, column, columns), at(BOUNDS.b, row, rows)];
  return origin.map((value, j) => value + a * u[j] + b * v[j]);
}

describe.each(['regression', 'classification'] as const)('the loss of a %s on a plane', (task) => {
  const matrix = records(task);

  it('is that of the coefficients there, all over the grid', async () => {
    const theta = await optimumOf(task, matrix);
    const path = [0, 0.3, 0.9].map((share) => theta.map((value, j) => share * value + (j === 2 ? share : 0)));
    for (const plane of [columnsPlane(theta, 1, 2), principalPlane(path, theta)]) {
      const surface = await lossOnPlane(task, matrix, theta, plane, BOUNDS, SILENT_PULSE);
      for (const [column, row] of [
        [0, 0],
        [surface.columns - 1, 3],
        [7, surface.rows - 1],
        [20, 30],
      ]) {
        const direct = meanLoss(task, matrix, thetaAt(plane, surface, column, row));
        expect(surface.losses[row * surface.columns + column]).toBeCloseTo(direct, 10);
      }
      expect(surface.records).toBe(matrix.rows);
    }
  });

  it('is least at the optimum, within a cell', async () => {
    const theta = await optimumOf(task, matrix);
    // These two go their own ways: in a narrow valley that runs aslant the lowest place may be some cells along.
    const plane = columnsPlane(theta, 1, 3);
    const [a, b] = placeOn(plane, theta);
    expect([a, b]).toEqual([theta[1], theta[3]]);
    const bounds = boundsOf(
      [
        [0, 0],
        [a, b],
      ],
      [],
    );
    const { losses, columns, rows } = await lossOnPlane(task, matrix, theta, plane, bounds, SILENT_PULSE);
    const least = losses.indexOf(Math.min(...losses));
    const at = ([low, high]: readonly [number, number], k: number, of: number) =>
      low + (k / (of - 1)) * (high - low);
    const cellOf = ([low, high]: readonly [number, number], of: number) => (high - low) / (of - 1);
    expect(Math.abs(at(bounds.a, least % columns, columns) - a)).toBeLessThanOrEqual(
      cellOf(bounds.a, columns),
    );
    expect(Math.abs(at(bounds.b, Math.floor(least / columns), rows) - b)).toBeLessThanOrEqual(
      cellOf(bounds.b, rows),
    );
    expect(losses[least]).toBeGreaterThanOrEqual(meanLoss(task, matrix, theta) - 1e-12);
  });
});

it('the log loss is the mean of a draw where there are very many records', async () => {
  const matrix = records('classification', 600);
  const theta = Float64Array.of(0, 1, -1, 0.5);
  const plane = columnsPlane(theta, 1, 3);
  const few: Bounds = { a: [0, 1], b: [0, 1] };
  const surface = await lossOnPlane('classification', matrix, theta, plane, few, SILENT_PULSE, 400);
  expect(surface.records).toBe(400);
  const all = meanLoss('classification', matrix, Float64Array.of(0, 1, -1, 1));
  expect(Math.abs(surface.losses[surface.losses.length - 1] - all)).toBeLessThan(0.1 * all);
});

describe('the principal plane of a path', () => {
  const centre = Float64Array.of(3, 4, 0, 12);

  it('holds the whole of a path that lies in one', () => {
    const [p, q] = [Float64Array.of(1, 1, 0, 0), Float64Array.of(0, 0, 2, 1)];
    const path = [5, 3, 1, 0].map((k) => centre.map((value, j) => value - k * p[j] + (k % 3) * q[j]));
    const plane = principalPlane(path, centre);
    expect(plane.share).toBeCloseTo(1, 10);
    for (const theta of path) {
      const [a, b] = placeOn(plane, theta);
      theta.forEach((value, j) =>
        expect(plane.origin[j] + a * plane.u[j] + b * plane.v[j]).toBeCloseTo(value, 9),
      );
    }
    const product = plane.u.reduce((sum, value, j) => sum + value * plane.v[j], 0);
    expect(product).toBeCloseTo(0, 12);
    expect(Math.hypot(...plane.u)).toBeCloseTo(1, 12);
    // From 0 to the optimum is to the right and up.
    const start = placeOn(plane, new Float64Array(4));
    expect(start[0]).toBeLessThanOrEqual(0);
    expect(start[1]).toBeLessThanOrEqual(1e-9);
  });

  it('is some plane where the path has one direction, none, or points that are no numbers', () => {
    const straight = [0, 0.5, 1].map((share) => centre.map((value) => share * value));
    const still = [centre, centre];
    const astray = [...straight, Float64Array.of(1e200, Infinity, NaN, 0)];
    for (const path of [straight, still, astray]) {
      const { u, v, share } = principalPlane(path, centre);
      expect(Math.hypot(...u)).toBeCloseTo(1, 10);
      expect(Math.hypot(...v)).toBeCloseTo(1, 10);
      expect(u.reduce((sum, value, j) => sum + value * v[j], 0)).toBeCloseTo(0, 10);
      expect(share).toBeCloseTo(1, 10);
    }
    expect(Math.abs(principalPlane(straight, centre).u[3])).toBeCloseTo(12 / 13, 10);
  });
});

describe('the bounds of the picture', () => {
  it('hold start, optima and paths with some room', () => {
    const { a, b } = boundsOf(
      [
        [0, 0],
        [10, -2],
      ],
      [
        [
          [0, 0],
          [12, -3],
        ],
      ],
    );
    expect(a[0]).toBeLessThan(0);
    expect(a[1]).toBeGreaterThan(12);
    expect(b[0]).toBeLessThan(-3);
    expect(b[1]).toBeGreaterThan(0);
  });

  it('pass over what is no finite number, and do not shrink to a point', () => {
    const fixed = [
      [0, 0],
      [1, 1],
    ] as const;
    const astray = boundsOf(fixed, [
      [
        [2, -Infinity],
        [NaN, 3],
      ],
    ]);
    expect(astray.a[1]).toBeGreaterThan(2);
    expect(astray.a[1]).toBeLessThan(3);
    expect(astray.b[0]).toBeGreaterThan(-1);
    expect(astray.b[1]).toBeGreaterThan(3);
    for (const fixed of [
      [
        [5, 2],
        [5, 9],
      ] as const,
      [[0, 0]] as const,
      [[7, 7]] as const,
    ]) {
      const { a, b } = boundsOf(fixed, []);
      expect(a[1] - a[0]).toBeGreaterThan(0.1);
      expect(b[1] - b[0]).toBeGreaterThan(0.1);
      expect(a[0]).toBeLessThan(fixed[0][0]);
      expect(a[1]).toBeGreaterThan(fixed[0][0]);
    }
  });
});
