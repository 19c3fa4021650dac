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

/** Of numbers in any order, at least one. */
export function median(values: readonly number[]): number {
  return quantile(
    [...values].sort((a, b) => a - b),
    0.5,
  );
}
