import type { DescentState, Metrics } from '../../../contracts/codec.ts';
import type { ChartPoint } from '../../../ui/charts/points.ts';

/** What a curve is drawn against. */
export type Against = 'iterations' | 'seconds' | 'touched';

/**
 * What one iteration comes to on the horizontal axis. Seconds are spread evenly over the iterations of a run, which all
 * do the same work; samples touched are iterations × samples.
 */
function perIteration({ samples, seconds, iteration }: DescentState, against: Against): number {
  if (against === 'iterations') return 1;
  if (against === 'touched') return samples;
  return iteration > 0 ? seconds / iteration : 0;
}

/** The training loss of a run. */
export function lossCurve(state: DescentState | null, against: Against): ChartPoint[] {
  if (state === null) return [];
  const unit = perIteration(state, against);
  return state.lossAt.map((iteration, k) => ({ x: iteration * unit, y: state.losses[k] }));
}

/** The test error of a run along its way, ending where it stands; none of a state that does not tell. */
export function testErrorCurve(state: DescentState | null, against: Against): ChartPoint[] {
  if (state?.testCurve === undefined) return [];
  const { at, errors, records, of } = state.testCurve;
  const unit = perIteration(state, against);
  const shown = (error: number) => (state.score.task === 'regression' ? Math.sqrt(error) : error);
  const points = at.map((iteration, k) => ({ x: iteration * unit, y: shown(errors[k]) }));
  // Its score is of all test records: it does not go on from a curve of some of them.
  if (records === of && state.iteration > (at.at(-1) ?? 0)) {
    points.push({ x: state.iteration * unit, y: shownError(state.score.test) });
  }
  return points;
}

/** A test error as figures show it: the root of the mean squared error, in the unit of the target, or the log loss. */
export function shownError({ mse, logLoss }: Metrics): number {
  return mse === undefined ? (logLoss ?? NaN) : Math.sqrt(mse);
}

/** Why a descent is where it is, in words. */
export function stopWords(state: DescentState | null, playing: boolean): string {
  if (playing) return 'Running.';
  if (state === null || state.iteration === 0) return 'Not started.';
  const at = state.iteration.toLocaleString('en-US');
  if (state.stop === 'converged') {
    return `Converged after ${at} iterations: the loss changed by less than 1e-5 of itself over 100 iterations.`;
  }
  if (state.stop === 'limit') return `Not converged: stopped at the limit of ${at} iterations.`;
  return `Paused at iteration ${at}.`;
}
