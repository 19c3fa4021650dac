/** Errors as shares of full training's at its optimum: what condensing costs. */
import { errorRatio, ratioError, type ClosedFormResult, type Metrics } from '../contracts/codec.ts';

/** Error ÷ that of full training at its optimum, or null while that has not been reached. */
export function optimumRatio(own: Metrics, optimum: ClosedFormResult | null): number | null {
  if (optimum?.converged !== true) return null;
  const { test, floor } = optimum.score;
  return errorRatio(ratioError(own), ratioError(test), ratioError(floor));
}

/** Condensed against full at the optimum of both: no descent on its way there ever stands for one. */
export function condensedRatio(
  full: ClosedFormResult | null,
  condensed: ClosedFormResult | null,
): number | null {
  if (condensed?.converged !== true || condensed.score.task !== full?.score.task) return null;
  return optimumRatio(condensed.score.test, full);
}
