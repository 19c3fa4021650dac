/** Mean and standard deviation of every channel, as networks want their pictures normalised. */

const LEVELS = 256;

/** In levels of 0 … 1, one number per channel. */
export interface ChannelStatistics {
  mean: number[];
  deviation: number[];
}

/** Adds the levels of pictures to `counts`, channels × 256, channel after channel. */
export function countLevels(pixels: Uint8Array, counts: Float64Array): void {
  const channels = counts.length / LEVELS;
  for (let channel = 0; channel < channels; channel++) {
    const at = channel * LEVELS;
    for (let k = channel; k < pixels.length; k += channels) counts[at + pixels[k]]++;
  }
}

/** No level counted yet. */
export function noLevels(channels: number): Float64Array {
  return new Float64Array(channels * LEVELS);
}

/**
 * Exact but for the last rounding: sums of levels are whole numbers that a double holds. The deviation is that of the
 * pixels themselves (divided by n); 0 where all are equal, and where there are none.
 */
export function channelStatistics(counts: Float64Array): ChannelStatistics {
  const mean: number[] = [];
  const deviation: number[] = [];
  for (let at = 0; at < counts.length; at += LEVELS) {
    let n = 0;
    let sum = 0;
    for (let level = 0; level < LEVELS; level++) {
      n += counts[at + level];
      sum += level * counts[at + level];
    }
    const average = n === 0 ? 0 : sum / n;
    let squares = 0;
    for (let level = 0; level < LEVELS; level++) squares += counts[at + level] * (level - average) ** 2;
    mean.push(average / (LEVELS - 1));
    deviation.push(n === 0 ? 0 : Math.sqrt(squares / n) / (LEVELS - 1));
  }
  return { mean, deviation };
}
