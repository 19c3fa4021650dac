/** The steps of a search for bases: the size at each, what it is made of, and how long there was no gain. */
import type { SearchSteps } from '../../contracts/walk.ts';

/** Number of the last prefix that was tried. */
export function lastPrefix({ baseCounts }: Pick<SearchSteps, 'baseCounts'>): number {
  return baseCounts.length - 1;
}

/** Bits that an archive takes, by what they are. */
export interface SizeParts {
  base: number;
  ids: number;
  deviation: number;
}

/** Sizes by one objective, per prefix; by default the one that the search minimised. */
export function sizesBy(
  search: Pick<SearchSteps, 'trueBits' | 'equation1Bits' | 'objective'>,
  objective: SearchSteps['objective'] = search.objective,
): Float64Array {
  return objective === 'true' ? search.trueBits : search.equation1Bits;
}

/** Where a size goes when so many bits are added. */
export function partsAt(search: SearchSteps, added: number, objective: SearchSteps['objective']): SizeParts {
  const ids = search.records * search.idBits[added];
  const deviation = search.records * (search.recordBits - search.baseBits[added]);
  return { base: sizesBy(search, objective)[added] - ids - deviation, ids, deviation };
}

/** Bits added since the size was least, when so many are added: what τ is a limit to. */
export function bitsWithoutGain(
  search: Pick<SearchSteps, 'trueBits' | 'equation1Bits' | 'objective'>,
  added: number,
): number {
  const sizes = sizesBy(search);
  let best = 0;
  for (let k = 1; k <= added; k++) if (sizes[k] < sizes[best]) best = k;
  return added - best;
}
