/** Counts of pixel values as the page shows them. */

export interface ChannelShares {
  name: string;
  /** Share of the channel's values that are 0 … 255. */
  shares: Float64Array;
  mean: number;
  black: number;
  white: number;
  /** Different values that occur. */
  distinct: number;
}

/** @param histogram channels × 256 counts */
export function channelShares(histogram: Float64Array, channels: 1 | 3): ChannelShares[] {
  const names = channels === 1 ? ['Grey'] : ['Red', 'Green', 'Blue'];
  return names.map((name, channel) => {
    const counts = histogram.subarray(channel * 256, (channel + 1) * 256);
    let total = 0;
    let sum = 0;
    let distinct = 0;
    for (let value = 0; value < 256; value++) {
      total += counts[value];
      sum += value * counts[value];
      if (counts[value] > 0) distinct++;
    }
    const of = Math.max(1, total);
    return {
      name,
      shares: counts.map((count) => count / of),
      mean: sum / of,
      black: counts[0] / of,
      white: counts[255] / of,
      distinct,
    };
  });
}

/** Least share that a logarithmic picture tells from none: a millionth. */
const DECADES = 6;

/** Height of a bar, 0 … 1, on a linear scale up to `most`, or on a logarithmic one over six decades. */
export function barHeight(share: number, most: number, isLogarithmic: boolean): number {
  if (share <= 0 || most <= 0) return 0;
  if (!isLogarithmic) return share / most;
  return Math.min(1, Math.max(0.015, 1 + Math.log10(share / most) / DECADES));
}

/** The bars of all values as one path, 256 wide and `height` high. */
export function histogramPath(
  shares: Float64Array,
  most: number,
  height: number,
  isLogarithmic: boolean,
): string {
  let path = `M0 ${height}`;
  for (let value = 0; value < 256; value++) {
    const top = height - barHeight(shares[value], most, isLogarithmic) * height;
    path += `V${top.toFixed(2)}h1`;
  }
  return `${path}V${height}Z`;
}

/** Shares of sixteen equal ranges of values, for the table. */
export function sixteenths(shares: Float64Array): number[] {
  return Array.from({ length: 16 }, (_, k) => {
    let sum = 0;
    for (let value = k * 16; value < (k + 1) * 16; value++) sum += shares[value];
    return sum;
  });
}
