import { describe, expect, it } from 'vitest';
import { barHeight, channelShares, histogramPath, sixteenths } from './pixelShares.ts';

/** Three black pixels for every white one. */
function mostlyBlack(channels: 1 | 3): Float64Array {
  const histogram = new Float64Array(channels * 256);
  for (let channel = 0; channel < channels; channel++) {
    histogram[channel * 256] = 3;
    histogram[channel * 256 + 255] = 1;
  }
  return histogram;
}

describe('channelShares', () => {
  it('says mean, ends and how many values occur', () => {
    expect(channelShares(mostlyBlack(1), 1)).toMatchObject([
      { name: 'Grey', mean: 63.75, black: 0.75, white: 0.25, distinct: 2 },
    ]);
    expect(channelShares(mostlyBlack(3), 3).map(({ name }) => name)).toEqual(['Red', 'Green', 'Blue']);
  });

  it('is zero, not nothing, without any pixel', () => {
    expect(channelShares(new Float64Array(256), 1)).toMatchObject([{ mean: 0, black: 0, distinct: 0 }]);
  });
});

it('keeps rare values visible on a logarithmic scale, and none invisible', () => {
  expect(barHeight(0.5, 0.5, true)).toBe(1);
  expect(barHeight(0.25, 0.5, false)).toBe(0.5);
  expect(barHeight(1e-9, 0.5, true)).toBeGreaterThan(0);
  expect(barHeight(0, 0.5, true)).toBe(0);
  expect(barHeight(0.1, 0.5, true)).toBeGreaterThan(barHeight(0.01, 0.5, true));
});

it('draws a step for every value, and sums sixteen at a time', () => {
  const [{ shares }] = channelShares(mostlyBlack(1), 1);
  expect(histogramPath(shares, 0.75, 90, false).match(/h1/g)).toHaveLength(256);
  const parts = sixteenths(shares);
  expect(parts[0]).toBe(0.75);
  expect(parts[15]).toBe(0.25);
  expect(parts.reduce((sum, part) => sum + part, 0)).toBe(1);
});
