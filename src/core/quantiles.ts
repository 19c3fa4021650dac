/** Quantiles of a few numbers, of which some may be infinite. */

/**
 * The value below which a share of the numbers lies, in proportion between two of them.
 *
 * @param ascending at least one
 * @param share 0 … 1
 */
export function quantile(ascending: readonly number[], share: number): number {
  const place = share * (ascending.length - 1);
  const below = ascending[Math.floor(place)];
  const above = ascending[Math.ceil(place)];
  // The difference of two infinities is no number.
  return below === above ? below : below + (place % 1) * (above - below);
}

/** Where the halves of some numbers lie. */
export interface Quartiles {
  lower: number;
  median: number;
  upper: number;
}

/** Of numbers in any order, at least one; what is no finite number counts as the worst, Infinity. */
export function quartilesOf(values: readonly number[]): Quartiles {
  const ascending = values.map((value) => (Number.isFinite(value) ? value : Infinity)).sort((a, b) => a - b);
  return {
    lower: quantile(ascending, 0.25),
    median: quantile(ascending, 0.5),
    upper: quantile(ascending, 0.75),
  };
}

/** Of numbers in any order, at least one. */
export function median(values: readonly number[]): number {
  return quantile(
    [...values].sort((a, b) => a - b),
    0.5,
  );
}
