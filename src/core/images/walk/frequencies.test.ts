import { describe, expect, it } from 'vitest';
import { SILENT_PULSE } from '../../pulse.ts';
import { referenceForward } from '../testing/cosineReference.ts';
import { randomImages } from '../testing/randomImages.ts';
import { frequenciesBeside, meanMagnitudes, pictureFrequencies } from './frequencies.ts';

const COLOUR = { width: 7, height: 5, channels: 3 } as const;

describe('pictures as frequencies', () => {
  const { pixels } = randomImages({ seed: 4, shape: COLOUR, records: 40, classes: 1, given: 'none' });
  const bytes = 105;

  it('are the rounded cosine transform, and what comes back of it', () => {
    const one = pixels.slice(3 * bytes, 4 * bytes);
    const { coefficients, decoded, fidelity } = pictureFrequencies(one, COLOUR, 'dct');
    const exact = referenceForward(one, COLOUR, null);
    coefficients.forEach((value, column) => expect(Math.abs(value - exact[column])).toBeLessThan(0.5001));
    const largest = decoded.reduce((most, level, k) => Math.max(most, Math.abs(level - one[k])), 0);
    expect(fidelity.kind === 'near' ? fidelity.maxError : 0).toBe(largest);
  });

  it('have a mean magnitude for every coefficient', async () => {
    const means = await meanMagnitudes(pixels, COLOUR, 'dct', SILENT_PULSE);
    const sums = new Float64Array(bytes);
    for (let i = 0; i < 40; i++) {
      const { coefficients } = pictureFrequencies(pixels.slice(i * bytes, (i + 1) * bytes), COLOUR, 'dct');
      coefficients.forEach((value, column) => (sums[column] += Math.abs(value)));
    }
    means.forEach((mean, column) => expect(mean).toBeCloseTo(sums[column] / 40, 4));
  });

  it('show brightness and differences of colour as levels', () => {
    const shape = { width: 1, height: 1, channels: 3 } as const;
    expect([...pictureFrequencies(Uint8Array.of(200, 200, 200), shape, 'dct').planes]).toEqual([
      200, 128, 128,
    ]);
    // Y = 0.299 · 255, Cb = 128 − Y / 1.772, Cr = 128 + (255 − Y) / 1.402, which is 255.5 and clamped.
    expect([...pictureFrequencies(Uint8Array.of(255, 0, 0), shape, 'dct').planes]).toEqual([76, 85, 255]);
  });

  it('are those of the transform itself, or of the usual one beside pixels', () => {
    expect(frequenciesBeside('dct8')).toBe('dct8');
    expect(frequenciesBeside('none')).toBe('dct');
  });
});
