/** Runs of a sweep for tests: 1,000 training rows, ten samples for every β. */
import type { SweepCell } from '../../../contracts/codec.ts';
import type { AxisValue } from '../../../contracts/link.ts';
import type { SweepRun } from '../../lab/sweep.ts';

/** @param change what is not as usual; `gd` and `exact` hold test MSEs of 0.6 and 0.5 unless they are given */
function cellOf(change: Partial<SweepCell> = {}): SweepCell {
  const { method = 'condensed', beta = 8 } = change;
  const isFull = method === 'full';
  return {
    method,
    split: 1,
    beta,
    samples: isFull ? 1000 : beta * 10,
    trainRows: 1000,
    task: 'regression',
    gd: {
      test: { mse: 0.6, r2: 0.5 },
      iterations: 10_000,
      stop: isFull ? 'limit' : 'converged',
      seconds: isFull ? 20 : 0.5,
    },
    exact: { test: { mse: 0.5, r2: 0.6 }, seconds: 0.01 },
    floor: { mse: 1.3, r2: 0 },
    bytes: 300,
    bytesStored: 400,
    rawFloat64Bytes: 1000,
    encodeSeconds: 0.2,
    ...change,
  };
}

/** A run with these test MSEs of gradient descent and of the closed form. */
export function runOf(
  point: AxisValue[],
  change: Partial<SweepCell>,
  gdMse?: number,
  exactMse?: number,
): SweepRun {
  const cell = cellOf(change);
  if (gdMse !== undefined && cell.gd !== null)
    cell.gd = { ...cell.gd, test: { ...cell.gd.test, mse: gdMse } };
  if (exactMse !== undefined && cell.exact !== null) {
    cell.exact = { ...cell.exact, test: { ...cell.exact.test, mse: exactMse } };
  }
  return { point, cell };
}
