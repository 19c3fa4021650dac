import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GrowingFactor } from './factor.ts';

/** L Lᵀ of a factor, row-major. */
function product({ lower, size }: GrowingFactor): number[][] {
  const row = (i: number) => [...lower.subarray((i * (i + 1)) / 2, (i * (i + 1)) / 2 + i + 1)];
  const rows = Array.from({ length: size }, (_, i) => row(i));
  return rows.map((a) => rows.map((b) => a.reduce((sum, entry, k) => sum + entry * (b[k] ?? 0), 0)));
}

describe('a factor that grows and shrinks', () => {
  it('is that of the rows that are left, and solves with them', () => {
    const numbers = fc.double({ min: -3, max: 3, noNaN: true });
    const vectors = fc.array(fc.array(numbers, { minLength: 12, maxLength: 12 }), {
      minLength: 1,
      maxLength: 12,
    });
    fc.assert(
      fc.property(vectors, fc.array(fc.nat(1000), { maxLength: 8 }), (given, removals) => {
        const dot = (a: number[], b: number[]) => a.reduce((sum, entry, k) => sum + entry * b[k], 0);
        const factor = new GrowingFactor(given.length);
        const left: number[][] = [];
        const append = (vector: number[]) => {
          const row = Float64Array.from(left, (other) => dot(other, vector));
          expect(factor.append(row, dot(vector, vector) + 0.5, vector[0])).toBe(true);
          left.push(vector);
        };
        given.forEach(append);
        for (const removal of removals) {
          if (left.length < 2) break;
          const place = removal % left.length;
          factor.remove(place);
          const [taken] = left.splice(place, 1);
          // Every other one comes back, as the last.
          if (removal % 2 === 0) append(taken);
        }
        const matrix = left.map((a, i) => left.map((b, j) => dot(a, b) + (i === j ? 0.5 : 0)));
        const differs = product(factor).flatMap((row, i) => row.map((entry, j) => entry - matrix[i][j]));
        expect(Math.max(...differs.map(Math.abs))).toBeLessThan(1e-9);
        const solution = new Float64Array(given.length);
        factor.solve(solution);
        const misses = matrix.map(
          (row, i) => row.reduce((sum, entry, j) => sum + entry * solution[j], 0) - left[i][0],
        );
        expect(Math.max(...misses.map(Math.abs))).toBeLessThan(1e-9);
      }),
      { numRuns: 60 },
    );
  });

  it('refuses a row that depends on the others', () => {
    const factor = new GrowingFactor(3);
    expect(factor.append(new Float64Array(0), 4, 1)).toBe(true);
    expect(factor.append(Float64Array.of(2), 1, 1)).toBe(false);
    expect(factor.append(Float64Array.of(2), 2, 1)).toBe(true);
    expect(factor.append(Float64Array.of(0, 0), 0, 1)).toBe(false);
    expect(factor.size).toBe(2);
    expect(product(factor)).toEqual([
      [4, 2],
      [2, 2],
    ]);
  });
});
