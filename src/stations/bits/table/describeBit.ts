import { BIT_ROLE, type AnalyticsOrder, type BitsReport } from '../../../contracts/codec.ts';
import { formatBit, formatCount, formatPlural, formatValue } from '../../../ui/format.ts';
import { isNearlyConstant, largestBeta } from './analyticsOrder.ts';
import type { MapPlace } from './mapGeometry.ts';

export interface BitWords {
  /** Column and place: "MedInc, bit 3 of 20 from the top". */
  name: string;
  /** Share of ones, entropy. */
  numbers: string;
  role: keyof typeof ROLES;
  roleWords: string;
  /** Rank in the analytics order, and what choosing it would do. */
  rank: string;
  /** β that makes it the last analytics bit, or null if it can be none. */
  beta: number | null;
}

const ROLES = {
  constant: { role: 'constant', roleWords: 'constant: the same in every training record, stored once' },
  base: { role: 'base', roleWords: 'base: shared by all records with the same base' },
  deviation: { role: 'deviation', roleWords: 'deviation: stored with each record' },
  varying: { role: 'varying', roleWords: 'not the same in every record: coded with each' },
  none: { role: 'none', roleWords: 'quantised copy for clustering: not stored' },
} as const;

export function roleOf(
  { role, hasBases }: Pick<BitsReport, 'role' | 'hasBases'>,
  cell: number,
): (typeof ROLES)[keyof typeof ROLES] {
  switch (role[cell]) {
    case BIT_ROLE.constant:
      return ROLES.constant;
    case BIT_ROLE.base:
      return ROLES.base;
    case BIT_ROLE.deviation:
      return hasBases ? ROLES.deviation : ROLES.varying;
    default:
      return ROLES.none;
  }
}

/** What the bits that make the condensed samples are called. */
export function bitWords({ condenser }: BitsReport): string {
  return condenser === 'clusters' ? 'analytics bit' : 'bit that condenses';
}

/** "1st", "2nd", "13th" */
export function ordinal(n: number): string {
  const tens = n % 100;
  const suffix = tens >= 11 && tens <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th');
  return `${formatCount(n)}${suffix}`;
}

/** Condensed samples at a β in words; the order "pool" knows them exactly only for the β it was made for. */
export function condensedAt(
  bits: BitsReport,
  beta: number,
  order: AnalyticsOrder,
  analysedBeta: number,
): string {
  const words = formatPlural(bits.condensedSamples[beta] ?? 1, 'condensed sample');
  return order === 'pool' && beta !== analysedBeta ? `about ${words}` : words;
}

/** Everything the map says about one bit. */
export function describeBit(bits: BitsReport, ranks: Int32Array, place: MapPlace, beta: number): BitWords {
  const row = bits.rows[place.row];
  const cell = row.start + place.bit;
  const p = bits.trainRows > 0 ? bits.ones[cell] / bits.trainRows : 0;
  const { role, roleWords } = roleOf(bits, cell);
  const rank = ranks[cell];
  return {
    name: `${row.label}, ${formatBit(place.bit + 1, row.bits)}`,
    numbers: `share of ones p = ${formatValue(p, 3)}, entropy H = ${formatValue(bits.entropy[cell], 3)} bit${
      isNearlyConstant(bits, cell) ? ', nearly constant' : ''
    }`,
    role,
    roleWords,
    rank: rankWords(bits, place, rank, beta),
    beta: rank >= 0 && rank < largestBeta(bits.order) ? rank + 1 : null,
  };
}

function rankWords(bits: BitsReport, place: MapPlace, rank: number, beta: number): string {
  const row = bits.rows[place.row];
  const cell = row.start + place.bit;
  const isClusters = bits.condenser === 'clusters';
  const kind = bitWords(bits);
  if (rank >= 0) {
    const order = isClusters ? 'analytics order' : 'order of the search';
    const words = `${ordinal(rank + 1)} of ${formatCount(bits.order.length)} in the ${order}`;
    if (rank === beta - 1) return `${words}, the last ${kind} now`;
    return rank < beta
      ? `${words}, ${isClusters ? 'an' : 'a'} ${kind} now`
      : `${words}, one at β = ${formatCount(rank + 1)}`;
  }
  if (bits.ones[cell] === 0 || bits.ones[cell] === bits.trainRows) return `no ${kind}: it splits nothing`;
  if (!isClusters) return `no ${kind}`;
  if (row.use === 'target') return 'not an analytics bit: the target stays out of the clusters';
  if (row.use === 'other') return 'not an analytics bit: the column is not a feature';
  const quantised = bits.rows.some((other) => other.kind === 'quantised' && other.column === row.column);
  return quantised && row.kind === 'stored'
    ? 'not an analytics bit: this column clusters on its quantised row (≈)'
    : 'not an analytics bit in this order';
}
