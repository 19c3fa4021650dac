/** The search of a walk, prefix by prefix: which of them are shown, and which bits are whose. */
import { BIT_ROLE } from '../../../contracts/codec.ts';
import type { ImageBitsReport } from '../../../contracts/images.ts';
import type { PictureWalk, WalkSearch } from '../../../contracts/pictureWalk.ts';
import { lastPrefix } from '../searchSteps.ts';

/** Prefixes that are shown on the way to the smallest size, and behind it. */
const ON_THE_WAY = 6;
const BEHIND = 3;

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
