/** The answer to "can I shrink this and still learn?": what the search found, and of which records. */
import type { SearchResult } from '../core/answer/search.ts';

export { candidates, ladder } from '../core/answer/ladder.ts';
export { pointsOf, type Point } from '../core/answer/points.ts';
export { recommend, type Recommendation } from '../core/answer/recommend.ts';
export { searchSizes, type Evaluate } from '../core/answer/search.ts';

/** Errors may exceed full training's by so much. */
export const TOLERANCES: readonly number[] = [0.01, 0.05, 0.1];
/** Draws of a contender that is drawn at random, on each split. */
export const DRAWS = 10;

export interface Answer extends SearchResult {
  /** Splits by their seeds; the experiment's own is the first. */
  splits: number[];
  metric: 'mse' | 'logLoss';
  /** Training records of the experiment's own split that the model uses. */
  trainRows: number;
  seconds: number;
}
