/** Where the analytics bits of a column cut it: the sides of the cells that lie along it. */
import { QUANTISER_BITS, type Quantiser } from '../condense/quantiser.ts';
import { POWER_OF_TEN, type Mapping } from '../table/mapping.ts';
import type { AnalyticsPlan, PreparedGroups } from './analytics.ts';

/** Most lines across an axis: closer together they would be an area. */
const MOST_CUTS = 128;
const LEVELS = 2 ** QUANTISER_BITS;

export interface AxisCuts {
  /** How many of the analytics bits are bits of this column. */
  bits: number;
  /**
   * Places at which they cut it, ascending, between the first and the last record; null where they are too many to be
   * drawn, or cut it into no intervals, as the bits of ratios and floats do.
   */
  at: Float64Array | null;
}

/** From the places of a column to the codes whose bits cut it, and back to the place between a code and the one before. */
interface CodeScale {
  codeOf: (place: number) => number;
  placeBelow: (code: number) => number;
}

/** Bits of a column in a row, the most significant first. */
interface BitRow {
  start: number;
  bits: number;
  /** Null where equal steps of the code are no equal steps of the place. */
  scale: CodeScale | null;
}

/**
 * @param column index of the column in the table
 * @param beta the first so many bits of the order are analytics bits
 * @param range places of the first and the last record
 */
export function axisCuts(
  groups: PreparedGroups,
  analytics: AnalyticsPlan,
  column: number,
  beta: number,
  [low, high]: readonly [number, number],
): AxisCuts {
  const rows = bitRows(groups, analytics, column);
  let bits = 0;
  let lowest = Infinity;
  for (const cell of analytics.order.subarray(0, beta)) {
    const row = rows.find(({ start, bits: width }) => cell >= start && cell < start + width);
    if (row === undefined) continue;
    bits++;
    lowest = Math.min(lowest, row.start + row.bits - 1 - cell);
  }
  if (bits === 0) return { bits, at: new Float64Array(0) };
  const scale = rows.length === 1 ? rows[0].scale : null;
  if (scale === null) return { bits, at: null };
  // The bits change from one code to the next wherever the lowest of them does.
  const step = 2 ** lowest;
  const first = Math.floor(scale.codeOf(low) / step) + 1;
  const count = Math.max(0, Math.floor(scale.codeOf(high) / step) + 1 - first);
  if (count > MOST_CUTS) return { bits, at: null };
  return { bits, at: Float64Array.from({ length: count }, (_, k) => scale.placeBelow((first + k) * step)) };
}

/** The rows of a column's bits that analytics bits are taken from: its quantised copy, or else its stored code. */
function bitRows({ coded }: PreparedGroups, plan: AnalyticsPlan, column: number): BitRow[] {
  const { layout, mappings } = coded;
  const stored = storedScale(mappings[column]);
  if (plan.rows.length > 0) {
    return plan.rows
      .filter((row) => row.column === column)
      .map(({ start, bits }) => {
        const quantiser = plan.quantisers[(start - plan.recordBits) / QUANTISER_BITS];
        return { start, bits, scale: start < plan.recordBits ? stored : quantisedScale(quantiser) };
      });
  }
  // The bits of bases are those of the stored record.
  const rows: BitRow[] = [];
  let start = 0;
  layout.fieldWidths.forEach((bits, field) => {
    if (layout.fieldColumns[field] === column) rows.push({ start, bits, scale: stored });
    start += bits;
  });
  return rows;
}

function storedScale(mapping: Mapping): CodeScale | null {
  if (mapping.kind === 'category') return { codeOf: (place) => place, placeBelow: (code) => code - 0.5 };
  if (mapping.kind !== 'decimal') return null;
  const { min } = mapping;
  const unit = POWER_OF_TEN[mapping.decimals];
  return {
    codeOf: (place) => Math.round(place * unit) - min,
    placeBelow: (code) => (code - 0.5 + min) / unit,
  };
}

function quantisedScale({ min, max }: Quantiser): CodeScale {
  return {
    codeOf: (place) => Math.min(LEVELS - 1, Math.floor(((place - min) / (max - min)) * LEVELS)),
    placeBelow: (code) => min + (max - min) * (code / LEVELS),
  };
}
