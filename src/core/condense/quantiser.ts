/**
 * Linear 16-bit quantisation of a numeric column over its training range. An analytics bit must halve the column's
 * range, which the bits of an ordered IEEE code or of a ratio's numerator do not.
 */
import type { NumberColumn } from '../table/table.ts';

export const QUANTISER_BITS = 16;
const LEVELS = 1 << QUANTISER_BITS;
/** Half a range below which LEVELS divided by it may overflow. */
const SMALLEST_RANGE = 2 ** -1000;

export interface Quantiser {
  /** Index of the column in the table. */
  column: number;
  /** Smallest and largest finite training value. */
  min: number;
  max: number;
}

/** Range of the finite, present values among `rows`; an empty range is 0 … 0. */
export function fitQuantiser(column: NumberColumn, index: number, rows: Uint32Array): Quantiser {
  let min = Infinity;
  let max = -Infinity;
  for (let k = 0; k < rows.length; k++) {
    const i = rows[k];
    if (column.missing !== null && column.missing[i] === 1) continue;
    const v = column.values[i];
    if (v - v !== 0) continue; // NaN and infinities
    if (v < min) min = v;
    if (v > max) max = v;
  }
  return min <= max ? { column: index, min, max } : { column: index, min: 0, max: 0 };
}

/**
 * The level of a value v is ⌊(v · unit − min · unit) · scale⌋, clamped.
 *
 * @returns scale 0 for an empty range
 */
export function quantiserScale({ min, max }: Pick<Quantiser, 'min' | 'max'>): {
  unit: number;
  scale: number;
} {
  // Halved before subtracting, so that the range of huge doubles stays finite; and a range so small that its inverse
  // would not be finite is enlarged. Powers of two change no digit.
  const unit = max / 2 - min / 2 < SMALLEST_RANGE ? 2 ** 512 : 0.5;
  return { unit, scale: max > min ? LEVELS / (max * unit - min * unit) : 0 };
}

/** ⌊(v − min) / (max − min) · 2^16⌋, clamped; missing cells and NaN give 0. */
export function quantise(column: NumberColumn, quantiser: Quantiser, rows: Uint32Array): Uint32Array {
  const { min } = quantiser;
  const codes = new Uint32Array(rows.length);
  const { unit, scale } = quantiserScale(quantiser);
  for (let k = 0; k < rows.length; k++) {
    const i = rows[k];
    if (column.missing !== null && column.missing[i] === 1) continue;
    const level = Math.floor((column.values[i] * unit - min * unit) * scale);
    codes[k] = level >= LEVELS ? LEVELS - 1 : level > 0 ? level : 0;
  }
  return codes;
}
