/** What the found sizes come to: one contender at one size, or that there is none. */
import type { Point } from './points.ts';
import type { SearchResult } from './search.ts';

/** Ratios within this of each other are equal. */
const EQUAL = 0.005;

export interface Recommendation {
  /** Share by which the error was allowed to exceed full training's. */
  tolerance: number;
  /** The best contender of the smallest sufficient size, as the test records judge it. */
  best: Point;
  /** The others at the same β, as far as they were judged there. */
  others: Point[];
}

/**
 * The smallest sufficient size at the second tolerance, or at a larger one where that is not reached: the first is for
 * those who want nothing lost. Of two contenders that are as small, the one with the lower error on the validation
 * records; where these are equal too, the later one: a sample that is drawn is simpler than one that is made.
 *
 * @returns null where no contender is within any of these
 */
export function recommend({ tolerances, found, tried, judged }: SearchResult): Recommendation | null {
  const ratioOf = (contender: string, beta: number): number =>
    tried.find((point) => point.contender === contender && point.beta === beta)?.ratio ?? Infinity;
  for (let k = Math.min(1, tolerances.length - 1); k < tolerances.length; k++) {
    let best: { contender: string; beta: number; ratio: number } | null = null;
    for (const { contender, betas } of found) {
      const beta = betas[k];
      if (beta === null) continue;
      const ratio = ratioOf(contender, beta);
      const isBetter =
        best === null || beta < best.beta || (beta === best.beta && ratio <= best.ratio + EQUAL);
      if (isBetter) best = { contender, beta, ratio };
    }
    if (best === null) continue;
    const { contender, beta } = best;
    const at = judged.filter((point) => point.beta === beta);
    const point = at.find((one) => one.contender === contender);
    if (point === undefined) continue;
    return {
      tolerance: tolerances[k],
      best: point,
      others: at.filter((one) => one.contender !== contender),
    };
  }
  return null;
}
