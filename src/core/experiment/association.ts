/** How closely two columns go together, as numbers without a unit. */

/** Pearson's correlation; 0 where either does not vary. */
export function correlation(a: Float64Array, b: Float64Array): number {
  const n = a.length;
  let [meanA, meanB] = [0, 0];
  for (let i = 0; i < n; i++) {
    meanA += a[i] / n;
    meanB += b[i] / n;
  }
  let [aa, bb, ab] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    const [da, db] = [a[i] - meanA, b[i] - meanB];
    aa += da * da;
    bb += db * db;
    ab += da * db;
  }
  // Two roots: the product of two large sums of squares may be no number.
  return aa > 0 && bb > 0 ? ab / Math.sqrt(aa) / Math.sqrt(bb) : 0;
}

/**
 * The correlation ratio η: the root of the share of the values' variance that lies between their groups. Of two groups
 * it is the size of the correlation with 0 and 1.
 *
 * @param groups of every value a whole number from 0
 * @returns 0 … 1; 0 where the values do not vary
 */
export function correlationRatio(groups: Float64Array, values: Float64Array): number {
  const n = values.length;
  let mean = 0;
  for (let i = 0; i < n; i++) mean += values[i] / n;
  const sums: number[] = [];
  const counts: number[] = [];
  let total = 0;
  for (let i = 0; i < n; i++) {
    const [group, away] = [groups[i], values[i] - mean];
    sums[group] = (sums[group] ?? 0) + away;
    counts[group] = (counts[group] ?? 0) + 1;
    total += away * away;
  }
  if (!(total > 0)) return 0;
  // A group's sum is divided before it is squared: the square of a large sum may be no number.
  const between = sums.reduce((sum, of, group) => sum + of * (of / counts[group]), 0);
  return Math.min(1, Math.sqrt(between / total));
}
