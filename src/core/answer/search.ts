/**
 * How few samples are enough: for every contender and tolerance the smallest size from which on every larger one tried
 * has an error within the tolerance of full training's. It is searched for from coarse to fine by the error on
 * validation records; at what was found the test records are asked, once.
 *
 * What is found stays within the tolerance, the next smaller candidate does not, and nor was any larger one seen to
 * fail. So it is never larger than what trying every candidate would give, and the same where the error falls steadily;
 * a bump between two sizes that were tried may be missed.
 */
import { candidates, ladder } from './ladder.ts';
import { pointsOf, type JudgedSplit, type Point } from './points.ts';

export type Judge = 'test' | 'validation';

/** Contenders, each with the βs at which it is to be tried. */
export interface Wanted {
  contender: string;
  betas: number[];
}

/**
 * Tries what is wanted; gives one entry for each split.
 *
 * @param left evaluations that follow, should no bump be met
 */
export type Evaluate = (wanted: readonly Wanted[], judge: Judge, left: number) => Promise<JudgedSplit[]>;

export interface SearchRequest {
  /** Condensed samples for β = 0, 1, …, over all training records. */
  counts: ArrayLike<number>;
  trainRows: number;
  /** The condensed samples first: the others are compared at what is found for them. */
  contenders: readonly string[];
  /** Shares by which an error may exceed full training's: 0.05. */
  tolerances: readonly number[];
}

export interface Found {
  contender: string;
  /** The smallest sufficient β for each tolerance; null where the largest size tried is not within it. */
  betas: (number | null)[];
}

export interface SearchResult {
  tolerances: number[];
  found: Found[];
  /** On the validation records, every size tried, ascending for each contender. */
  tried: Point[];
  /** On the test records, at what was found for the contender and for the first one. */
  judged: Point[];
  /** Condensed samples of the largest size tried; 0 where there was none to try. */
  most: number;
}

/** Evaluations (one contender at one β, over all splits) that the search needs at most, whatever bumps there are. */
export function mostEvaluations({ counts, trainRows, contenders, tolerances }: SearchRequest): number {
  const betas = candidates(counts, trainRows);
  const rungs = ladder(betas, counts);
  if (rungs.length === 0) return 0;
  const gaps = rungs.slice(1).map((beta, k) => betas.indexOf(beta) - betas.indexOf(rungs[k]));
  const steps = Math.max(0, ...gaps.map(halvings));
  // A bump that is found for one tolerance can send a larger one from its own gap to that one's.
  const searches = (tolerances.length * (tolerances.length + 1)) / 2;
  return contenders.length * (rungs.length + steps * searches) + mostJudged(contenders, tolerances);
}

/** Halvings that leave nothing between two candidates so far apart. */
function halvings(gap: number): number {
  return Math.ceil(Math.log2(gap));
}

/** Evaluations on the test records at most: each contender at its own finds, the others at those of the first too. */
function mostJudged(contenders: readonly string[], tolerances: readonly number[]): number {
  return (2 * contenders.length - 1) * tolerances.length;
}

export async function searchSizes(request: SearchRequest, evaluate: Evaluate): Promise<SearchResult> {
  const { counts, trainRows, contenders } = request;
  const tolerances = [...request.tolerances];
  const betas = candidates(counts, trainRows);
  const rungs = ladder(betas, counts);
  const tried = new Map<string, Point[]>(contenders.map((contender) => [contender, []]));

  /** The gap that is halved next for each tolerance of a contender, where there is one. */
  function gapsOf(contender: string): Gap[] {
    const points = tried.get(contender) ?? [];
    return tolerances.flatMap((tolerance) => gapOf(betas, points, tolerance) ?? []);
  }

  async function attempt(wanted: readonly Wanted[], left: number): Promise<void> {
    for (const point of pointsOf(await evaluate(wanted, 'validation', left)))
      tried.get(point.contender)?.push(point);
    for (const points of tried.values()) points.sort((a, b) => a.beta - b.beta);
  }

  const judging = mostJudged(contenders, tolerances);
  if (rungs.length > 0) {
    const left = mostEvaluations(request) - contenders.length * rungs.length;
    await attempt(
      contenders.map((contender) => ({ contender, betas: rungs })),
      left,
    );
  }
  for (;;) {
    let left = judging;
    const wanted: Wanted[] = [];
    for (const contender of contenders) {
      const gaps = gapsOf(contender);
      const middles = ascending(gaps.map(({ from, to }) => betas[(from + to) >> 1]));
      if (middles.length > 0) wanted.push({ contender, betas: middles });
      for (const { from, to } of gaps) left += halvings(to - from) - 1;
    }
    if (wanted.length === 0) break;
    await attempt(wanted, left);
  }

  const found = contenders.map((contender): Found => {
    const points = tried.get(contender) ?? [];
    return { contender, betas: tolerances.map((tolerance) => sufficient(points, tolerance)) };
  });
  const asked = found.flatMap(({ contender, betas: own }) => {
    const all = ascending([...own, ...found[0].betas].filter((beta) => beta !== null));
    return all.length === 0 ? [] : [{ contender, betas: all }];
  });
  return {
    tolerances,
    found,
    tried: [...tried.values()].flat(),
    judged: asked.length === 0 ? [] : pointsOf(await evaluate(asked, 'test', 0)),
    most: counts[rungs.at(-1) ?? -1] ?? 0,
  };
}

/** The smallest β from which on every larger one tried is within the tolerance. */
function sufficient(points: readonly Point[], tolerance: number): number | null {
  const last = lastFailing(points, tolerance);
  return points[last + 1]?.beta ?? null;
}

/** Place of the largest size that is not within the tolerance, or −1. */
function lastFailing(points: readonly Point[], tolerance: number): number {
  return points.findLastIndex(({ ratio }) => !(ratio <= 1 + tolerance));
}

/** Places of two candidates that were tried, and of which the smaller one fails; there are others between. */
interface Gap {
  from: number;
  to: number;
}

/** The gap above the largest size that fails; null where nothing is between it and the next one tried. */
function gapOf(betas: readonly number[], points: readonly Point[], tolerance: number): Gap | null {
  const last = lastFailing(points, tolerance);
  if (last < 0 || last + 1 >= points.length) return null;
  const from = betas.indexOf(points[last].beta);
  const to = betas.indexOf(points[last + 1].beta);
  return to - from < 2 ? null : { from, to };
}

function ascending(values: readonly number[]): number[] {
  return [...new Set(values)].sort((a, b) => a - b);
}
