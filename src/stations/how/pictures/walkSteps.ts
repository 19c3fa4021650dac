/** The search of a walk, prefix by prefix: which of them are shown, which bits are whose, and where the size goes. */
import { BIT_ROLE } from '../../../contracts/codec.ts';
import type { ImageBitsReport } from '../../../contracts/images.ts';
import type { PictureWalk, WalkSearch } from '../../../contracts/pictureWalk.ts';

/** Prefixes that are shown on the way to the smallest size, and behind it. */
const ON_THE_WAY = 6;
const BEHIND = 3;

/** Number of the last prefix that was tried. */
export function lastPrefix({ baseCounts }: Pick<WalkSearch, 'baseCounts'>): number {
  return baseCounts.length - 1;
}

/** Prefixes that are shown: both ends, the one of least size, and some between; by their added bits, ascending. */
export function shownPrefixes(search: Pick<WalkSearch, 'baseCounts' | 'chosen'>): number[] {
  const { chosen } = search;
  const last = lastPrefix(search);
  // A search that turns at once has all its scenes behind the turn.
  const behind = chosen === 0 ? ON_THE_WAY + BEHIND : BEHIND;
  const shown = new Set<number>();
  for (let k = 0; k <= ON_THE_WAY; k++) shown.add(Math.round((chosen * k) / ON_THE_WAY));
  for (let k = 1; k <= behind; k++) shown.add(chosen + Math.round(((last - chosen) * k) / behind));
  return [...shown].sort((a, b) => a - b);
}

/** Bits by role when so many are added. */
export function countsAt({ constantBits, recordBits }: WalkSearch, added: number): ImageBitsReport['counts'] {
  return { constant: constantBits, base: added, deviation: recordBits - constantBits - added };
}

/** The bits with the roles that they have then. */
export function bitsAt(
  { bits, search }: Pick<PictureWalk, 'bits' | 'search'>,
  added: number,
): ImageBitsReport {
  const role = Uint8Array.from(search.addedAt, (at) =>
    at === 0 ? BIT_ROLE.constant : at <= added ? BIT_ROLE.base : BIT_ROLE.deviation,
  );
  return { ...bits, role, counts: countsAt(search, added), baseCount: search.baseCounts[added] };
}

/** Bits that a class takes, by what they are. */
export interface SizeParts {
  base: number;
  ids: number;
  deviation: number;
}

/** Sizes by one objective, per prefix. */
export function sizesBy(search: WalkSearch, objective: WalkSearch['objective']): Float64Array {
  return objective === 'true' ? search.trueBits : search.equation1Bits;
}

/** Where a size goes when so many bits are added. */
export function partsAt(
  search: WalkSearch,
  records: number,
  added: number,
  objective: WalkSearch['objective'],
): SizeParts {
  const ids = records * search.idBits[added];
  const deviation = records * (search.recordBits - search.baseBits[added]);
  return { base: sizesBy(search, objective)[added] - ids - deviation, ids, deviation };
}

/** Bits added since the size was least, when so many are added: what τ is a limit to. */
export function bitsWithoutGain(search: WalkSearch, added: number): number {
  const sizes = sizesBy(search, search.objective);
  let best = 0;
  for (let k = 1; k <= added; k++) if (sizes[k] < sizes[best]) best = k;
  return added - best;
}
