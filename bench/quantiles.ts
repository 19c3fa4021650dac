/** What many numbers come to. */

/** A quantile of ascending numbers, between two of them in proportion. */
export function quantile(ascending: readonly number[], share: number): number {
  const place = share * (ascending.length - 1);
  const below = Math.floor(place);
  const value = ascending[below];
  const next = ascending[Math.min(below + 1, ascending.length - 1)];
  // The difference of two infinities is none.
  return value === next ? value : value + (place - below) * (next - value);
}

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

export const ascending = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b);
