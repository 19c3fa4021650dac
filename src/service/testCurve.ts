/** The test error along a gradient descent: what the model is worth on records that it has not seen, as it learns. */
import type { DescentState } from '../contracts/codec.ts';
import { createGenerator, permutation } from '../core/random.ts';
import { classify } from '../core/regression/classification.ts';
import type { Design, DesignMatrix } from '../core/regression/design.ts';
import { meanSquaredError } from '../core/regression/metrics.ts';
import { pickRows } from '../core/regression/predictions.ts';

/** Most test records that are looked at for one point; of more, a draw. */
const MAX_RECORDS = 20_000;
/** Seed of the draw: one for every descent, so that their curves are of the same records. */
const DRAW_SEED = 1;
/** A point's iterations over those of the point before: at most some 400 points, evenly far on a logarithmic axis. */
const GROWTH = 1.03;

export class TestCurve {
  private readonly at: number[];
  private readonly errors: number[];
  private readonly design: Design;
  private readonly matrix: DesignMatrix;

  /** @param from the state that the descent goes on from, whose curve goes on too */
  constructor(design: Design, from: DescentState | null) {
    const { test } = design;
    this.design = design;
    this.at = [...(from?.testCurve?.at ?? [])];
    this.errors = [...(from?.testCurve?.errors ?? [])];
    this.matrix =
      test.rows <= MAX_RECORDS
        ? test
        : pickRows(test, permutation(test.rows, createGenerator(DRAW_SEED)).subarray(0, MAX_RECORDS));
  }

  /** Iterations from here to the next point. */
  untilNext(iteration: number): number {
    return Math.max(1, this.next() - iteration);
  }

  /** Takes a point after so many iterations, if it is time for one. */
  add(iteration: number, theta: Float64Array): void {
    if (iteration < this.next()) return;
    this.at.push(iteration);
    this.errors.push(this.errorOf(theta));
  }

  private next(): number {
    const last = this.at.at(-1) ?? 0;
    return Math.max(last + 1, Math.ceil(last * GROWTH));
  }

  private errorOf(theta: Float64Array): number {
    return this.design.task === 'regression'
      ? meanSquaredError(this.matrix, theta)
      : (classify(this.matrix, theta, false).metrics.logLoss ?? NaN);
  }

  report(): NonNullable<DescentState['testCurve']> {
    return {
      at: [...this.at],
      errors: [...this.errors],
      records: this.matrix.rows,
      of: this.design.test.rows,
    };
  }
}
