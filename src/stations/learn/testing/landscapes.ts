/** A landscape for tests. */
import type { Landscape, LandscapePath } from '../../../contracts/landscape.ts';

/**
 * A landscape over the columns a and b of a round bowl around (1, 2).
 *
 * @param isWhole whether descent on all records came to its end, or stopped after 10 steps
 */
export function landscapeOf({ batch, isWhole }: { batch: number; isWhole: boolean }): Landscape {
  const side = 5;
  const bounds = { a: [-1, 3], b: [-1, 3] } as const;
  const losses = Float64Array.from(
    { length: side * side },
    (_, k) => 1 + ((k % side) - 2) ** 2 + (Math.floor(k / side) - 3) ** 2,
  );
  const path = (
    descender: LandscapePath['descender'],
    samplesPerStep: number,
    end: readonly [a: number, b: number],
  ): LandscapePath => ({
    ...{ descender, samplesPerStep, learningRate: 0.1, at: [0, 10, 100], stop: 'limit' },
    ...{ a: Float64Array.of(0, end[0] / 2, end[0]), b: Float64Array.of(0, end[1] / 2, end[1]) },
    ...{ secondsLeft: null, loss: 1 },
  });
  const full = path('full', 80, [1, 2]);
  const halted: Partial<LandscapePath> = {
    ...{ at: [0, 10], a: full.a.slice(0, 2), b: full.b.slice(0, 2), stop: 'running', secondsLeft: 120 },
  };
  const optimum = { ridge: 0, converged: true };
  return {
    task: 'regression',
    axes: { kind: 'columns', across: 1, up: 2 },
    columns: [
      { column: 2, name: 'b' },
      { column: 1, name: 'a' },
      { column: 0, name: 'intercept' },
    ],
    width: 3,
    bounds,
    surface: { columns: side, rows: side, losses, records: 80 },
    trainRows: 80,
    optima: {
      full: { a: 1, b: 2, loss: 1, ...optimum },
      condensed: { a: 1.1, b: 1.9, loss: 1.02, ...optimum },
    },
    paths: [
      isWhole ? full : { ...full, ...halted },
      path('condensed', 20, [1.1, 1.9]),
      path('miniBatch', batch, [0.9, 2.1]),
    ],
  };
}
