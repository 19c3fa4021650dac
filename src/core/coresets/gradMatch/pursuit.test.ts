import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LabError } from '../../errors.ts';
import { SILENT_PULSE, type Pulse } from '../../pulse.ts';
import { codeOf } from '../../testing/codeOf.ts';
import { layerAtoms, layerTarget, sumOf, vectorAtoms, vectorTarget, type Vectors } from './atoms.ts';
import { pursue, type PursuitLimits } from './pursuit.ts';

const progress = (done: number) => ({ phase: 'picking', done, total: null, unit: 'atoms' });

const vectorsOf = (rows: number[][]): Vectors => ({
  values: Float64Array.from(rows.flat()),
  count: rows.length,
  dimension: rows[0].length,
});

function pursueRows(
  rows: number[][],
  b: Float64Array | null,
  limits: Partial<PursuitLimits> & { most: number },
  pulse: Pulse = SILENT_PULSE,
) {
  const vectors = vectorsOf(rows);
  return pursue(
    vectorAtoms(vectors),
    vectorTarget(vectors, b ?? sumOf(vectors)),
    { ridge: 0, tolerance: 1e-4, ...limits },
    { pulse, progress },
  );
}

/** Six vectors in the plane; their sum is (5, 3). */
const PLANE = [
  [3, 0],
  [0, 2],
  [1, 1],
  [-1, 0],
  [2, 1],
  [0, -1],
];

describe('orthogonal matching pursuit', () => {
  it.each([
    { most: 1, ridge: 0, atoms: [0], weights: [5 / 3], residual: 0.514496 },
    { most: 2, ridge: 0, atoms: [0, 1], weights: [5 / 3, 3 / 2], residual: 0 },
    { most: 3, ridge: 0, atoms: [0, 1], weights: [5 / 3, 3 / 2], residual: 0 },
    { most: 2, ridge: 0.5, atoms: [0, 1], weights: [15 / 9.5, 6 / 4.5], residual: 0.072834 },
  ])('in the plane, at most $most atoms at λ = $ridge', async ({ most, ridge, ...expected }) => {
    const { atoms, weights, residual } = await pursueRows(PLANE, null, { most, ridge });
    expect([...atoms]).toEqual(expected.atoms);
    expected.weights.forEach((weight, s) => expect(weights[s]).toBeCloseTo(weight, 12));
    expect(residual).toBeCloseTo(expected.residual, 6);
  });

  it('drops an atom whose weight turns negative, and never picks it again', async () => {
    const rows = [
      [4, 0, 1],
      [0, 4, 1],
      [3, 3, 0],
      [1, 0, 3],
      [0, 1, 3],
      [2, 2, 2],
    ];
    const b = Float64Array.of(6, 2, 0.5);
    const residuals: number[] = [];
    for (const most of [1, 2]) residuals.push((await pursueRows(rows, b, { most })).residual);
    expect(residuals[0]).toBeCloseTo(0.3504, 4);
    expect(residuals[1]).toBeCloseTo(0.2229, 4);
    const { atoms, weights, residual } = await pursueRows(rows, b, { most: 4 });
    expect([...atoms]).toEqual([0, 2]);
    expect(weights[0]).toBeCloseTo(153 / 162, 12);
    expect(weights[1]).toBeCloseTo(114 / 162, 12);
    expect(residual).toBeCloseTo(0.471405 / 6.3443, 5);
  });

  it('picks nothing for a target of 0, or where nothing points its way', async () => {
    expect((await pursueRows([[0, 0]], null, { most: 1 })).atoms).toHaveLength(0);
    const away = await pursueRows([[-1, 0]], Float64Array.of(1, 0), { most: 1 });
    expect(away.atoms).toHaveLength(0);
    expect(away.residual).toBe(1);
  });

  it('picks the atom of lower number among equals, and an equal one never beside it', async () => {
    const twins = [
      [1, 0],
      [1, 0],
      [0, 1],
      [0, 1],
    ];
    const { atoms, weights } = await pursueRows(twins, null, { most: 4 });
    expect([...atoms]).toEqual([0, 2]);
    expect([...weights]).toEqual([2, 2]);
  });

  it('holds its invariants whatever the atoms', async () => {
    // To nine digits: squares of the smallest doubles are 0.
    const number = fc.integer({ min: -2e9, max: 2e9 }).map((whole) => whole / 1e9);
    const problems = fc.integer({ min: 1, max: 8 }).chain((dimension) =>
      fc.record({
        rows: fc.array(fc.array(number, { minLength: dimension, maxLength: dimension }), {
          minLength: 1,
          maxLength: 24,
        }),
        target: fc.option(fc.array(number, { minLength: dimension, maxLength: dimension })),
        most: fc.integer({ min: 1, max: 24 }),
        ridge: fc.constantFrom(0, 0.01, 0.5, 10),
      }),
    );
    await fc.assert(
      fc.asyncProperty(problems, async ({ rows, target, most, ridge }) => {
        const b = target === null ? sumOf(vectorsOf(rows)) : Float64Array.from(target);
        const { atoms, weights, residual } = await pursueRows(rows, b, { most, ridge });
        expect(atoms.length).toBeLessThanOrEqual(Math.min(most, rows.length));
        expect(new Set(atoms).size).toBe(atoms.length);
        expect(weights.every((weight) => weight >= 0)).toBe(true);
        const left = b.slice();
        atoms.forEach((j, s) => rows[j].forEach((entry, k) => (left[k] -= weights[s] * entry)));
        const length = Math.hypot(...b);
        expect(Math.abs(Math.hypot(...left) - residual * length)).toBeLessThanOrEqual(1e-4 * length);
        // KKT: what is left is orthogonal to the picked atoms, but for the ridge.
        const norm = (row: number[]) => Math.hypot(...row);
        atoms.forEach((j, s) => {
          const correlation = rows[j].reduce((sum, entry, k) => sum + entry * left[k], 0);
          expect(Math.abs(correlation - ridge * weights[s])).toBeLessThanOrEqual(
            1e-6 * (1 + norm(rows[j])) * (1 + length),
          );
        });
      }),
      { numRuns: 200 },
    );
  });

  it('picks the same of gradients whose products leave single precision', async () => {
    const tiny = PLANE.map((row) => row.map((entry) => entry * 1e-30));
    const { atoms, weights } = await pursueRows(tiny, null, { most: 3 });
    expect([...atoms]).toEqual([0, 1]);
    expect(weights[0]).toBeCloseTo(5 / 3, 9);
    expect(weights[1]).toBeCloseTo(3 / 2, 9);
  });

  it('comes nearer with every atom that drops none', async () => {
    const rows = fc.array(fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 6, maxLength: 6 }), {
      minLength: 8,
      maxLength: 16,
    });
    await fc.assert(
      fc.asyncProperty(rows, async (given) => {
        let before = await pursueRows(given, null, { most: 1 });
        for (let most = 2; most <= 6; most++) {
          const now = await pursueRows(given, null, { most });
          const hasDropped = !before.atoms.every((atom, s) => now.atoms[s] === atom);
          if (!hasDropped) expect(now.residual).toBeLessThanOrEqual(before.residual + 1e-9);
          before = now;
        }
      }),
      { numRuns: 60 },
    );
  });

  it('ends between two picks when it is cancelled', async () => {
    const picked: number[] = [];
    const pulse: Pulse = {
      due: () => true,
      beat({ done }) {
        picked.push(done);
        return done < 2 ? Promise.resolve() : Promise.reject(new LabError('CANCELLED', 'Enough.'));
      },
    };
    const axes = Array.from({ length: 8 }, (_, k) => Array.from({ length: 8 }, (_, i) => (i === k ? 1 : 0)));
    expect(await codeOf(pursueRows(axes, null, { most: 8 }, pulse))).toBe('CANCELLED');
    expect([...new Set(picked)]).toEqual([0, 1, 2]);
  });
});

describe('gradients of the last layer as atoms', () => {
  it('have the inner products of the gradients that are never built', () => {
    const [count, classes, features] = [5, 3, 4];
    const wave = (scale: number) => (_: unknown, k: number) => Math.sin(scale * (k + 1));
    const residuals = Float32Array.from({ length: count * classes }, wave(1.7));
    const hidden = Float32Array.from({ length: count * features }, wave(2.3));
    const gradients = { count, residuals, classes, hidden, features };
    const built = vectorsOf(
      Array.from({ length: count }, (_, i) =>
        Array.from({ length: classes }, (_, c) => {
          const delta = residuals[i * classes + c];
          return [delta, ...hidden.subarray(i * features, (i + 1) * features).map(Number)].map((h, k) =>
            k === 0 ? delta : delta * h,
          );
        }).flat(),
      ),
    );
    const [direct, short] = [new Float64Array(count), new Float64Array(count)];
    for (let j = 0; j < count; j++) {
      vectorAtoms(built).column(j, direct);
      layerAtoms(gradients).column(j, short);
      for (let i = 0; i < count; i++) expect(Math.abs(short[i] - direct[i])).toBeLessThanOrEqual(1e-14);
    }
    const [target, same] = [vectorTarget(built, sumOf(built)), layerTarget(gradients)];
    expect(same.square).toBeCloseTo(target.square, 12);
    for (let i = 0; i < count; i++) expect(same.correlations[i]).toBeCloseTo(target.correlations[i], 12);
    const [atoms, weights] = [Uint32Array.of(3, 1, 0), Float64Array.of(0.7, 0.2, 0)];
    expect(same.residual(atoms, weights, 2)).toBeCloseTo(target.residual(atoms, weights, 2), 12);
  });
});
