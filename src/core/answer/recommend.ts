/** What the found sizes come to: one contender at one size, or that there is none. */
import type { Point } from './points.ts';
import type { SearchResult } from './search.ts';

export interface Recommendation {
  /** Share by which the error was allowed to exceed full training's. */
  tolerance: number;
  /** The smallest sufficient contender, as the test records judge it. */
  best: Point;
  /** The others at the same β, as far as they were judged there. */
  others: Point[];
}

/**
 * The smallest sufficient size at the second tolerance, or at a larger one where that is not reached: the first is for
 * those who want nothing lost. A sample that is drawn is simpler than one that is made: it wins where both are as small.
 *
 * @returns null where no contender is within any of these
 */
export function recommend({ tolerances, found, judged }: SearchResult): Recommendation | null {
  for (let k = Math.min(1, tolerances.length - 1); k < tolerances.length; k++) {
    let best: { contender: string; beta: number } | null = null;
    for (const { contender, betas } of found) {
      const beta = betas[k];
      if (beta !== null && (best === null || beta <= best.beta)) best = { contender, beta };
    }
    if (best === null) continue;
    const { contender, beta } = best;
    const at = judged.filter((point) => point.beta === beta);
    const point = at.find((one) => one.contender === contender);
    if (point === undefined) continue;
    const others = at.filter((one) => one.contender !== contender);
    return { tolerance: tolerances[k], best: point, others };
  }
  return null;
}
