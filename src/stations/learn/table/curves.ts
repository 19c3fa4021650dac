import type { DescentState } from '../../../contracts/codec.ts';
import type { ChartPoint } from '../../../ui/charts/points.ts';

/** What the loss is drawn against. */
export type Against = 'iterations' | 'seconds' | 'touched';

/**
 * The training loss of a run. Seconds are spread evenly over its iterations, which all do the same work; samples
 * touched are iterations × samples.
 */
export function lossCurve(state: DescentState | null, against: Against): ChartPoint[] {
  if (state === null) return [];
  const perIteration =
    against === 'iterations'
      ? 1
      : against === 'touched'
        ? state.samples
        : state.iteration > 0
          ? state.seconds / state.iteration
          : 0;
  return state.lossAt.map((iteration, k) => ({ x: iteration * perIteration, y: state.losses[k] }));
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
