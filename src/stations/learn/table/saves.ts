/**
 * What condensing saves: the cost model of the paper's Appendix C beside what was measured. Gradient descent takes
 * O(k·n·d) operations for k iterations on n records of d columns; an optimum by its normal equations O(n·d² + d³), in
 * every step of Newton's method again.
 */
import type { ClosedFormResult, DescentState } from '../../../contracts/codec.ts';
import type { TimedTraining } from '../../lab/learn.ts';

/** A training as far as the model knows it. */
export type Trained = Pick<ClosedFormResult, 'samples' | 'width' | 'iterations'>;

/** What full training takes ÷ what condensed training takes: above 1 is saved. Null where it is not known. */
export interface Saving {
  predicted: number;
  /** Records or samples read in all passes. */
  touched: number;
  time: number | null;
}

function solverCost({ samples, width, iterations }: Trained): number {
  return iterations * (samples * width ** 2 + width ** 3);
}

/** Of the optimum: by operations, by samples touched, and by the median times, making the samples counted. */
export function optimumSaving(full: Trained, condensed: Trained, times: TimedTraining | null): Saving {
  const isTold = times !== null && times.full.median > 0 && times.condensed.median > 0;
  return {
    predicted: solverCost(full) / solverCost(condensed),
    touched: (full.iterations * full.samples) / (condensed.iterations * condensed.samples),
    time: isTold ? times.full.median / times.condensed.median : null,
  };
}

/**
 * Of gradient descent, as far as both runs have come. The model is of as many iterations on either side: condensed
 * samples save records in each, and may need other numbers of them.
 */
export function descentSaving(full: DescentState | null, condensed: DescentState | null): Saving | null {
  if (full === null || condensed === null || full.touched === 0 || condensed.touched === 0) return null;
  if (full.stop === 'running' || condensed.stop === 'running') return null;
  return {
    predicted: full.samples / condensed.samples,
    touched: full.touched / condensed.touched,
    time: full.seconds > 0 && condensed.seconds > 0 ? full.seconds / condensed.seconds : null,
  };
}
