import { describe, expect, it } from 'vitest';
import { channelStatistics, countLevels, noLevels } from './channelStatistics.ts';

describe('channelStatistics', () => {
  it('are those of the pixels, channel by channel, whatever the pieces', () => {
    const pixels = Uint8Array.from({ length: 3 * 50 }, (_, k) => (k * k * 31 + 7 * (k % 3)) % 256);
    const counts = noLevels(3);
    countLevels(pixels.subarray(0, 60), counts);
    countLevels(pixels.subarray(60), counts);
    const { mean, deviation } = channelStatistics(counts);
    for (let channel = 0; channel < 3; channel++) {
      const values = [...pixels].filter((_, k) => k % 3 === channel).map((value) => value / 255);
      const average = values.reduce((sum, value) => sum + value, 0) / values.length;
      const variance = values.reduce((sum, value) => sum + (value - average) ** 2, 0) / values.length;
      expect(mean[channel]).toBeCloseTo(average, 12);
      expect(deviation[channel]).toBeCloseTo(Math.sqrt(variance), 12);
    }
  });

  it('of one level, or of none, deviate by nothing', () => {
    const counts = noLevels(1);
    expect(channelStatistics(counts)).toEqual({ mean: [0], deviation: [0] });
    countLevels(new Uint8Array(9).fill(255), counts);
    expect(channelStatistics(counts)).toEqual({ mean: [1], deviation: [0] });
  });
});
