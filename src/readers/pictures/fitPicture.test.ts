import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Picture } from '../imageReading.ts';
import { noise } from '../testing/imageFiles.ts';
import { coloursOf, greysOf, luma, withChannels } from './colour.ts';
import { fitPicture, resizeByArea } from './fitPicture.ts';

function picture(width: number, height: number, channels: 1 | 2 | 3 | 4, data?: ArrayLike<number>): Picture {
  const bytes = data === undefined ? noise(width * height * channels, width + height) : Uint8Array.from(data);
  return { width, height, channels, data: bytes };
}

/** The mean under every new pixel, by the definition: parts of pixels by their area. */
function byDefinition(
  { width, height, channels, data }: Picture,
  newWidth: number,
  newHeight: number,
): number[] {
  const overlap = (from: number, to: number, at: number) =>
    Math.max(0, Math.min(to, at + 1) - Math.max(from, at));
  const means: number[] = [];
  for (let y = 0; y < newHeight; y++)
    for (let x = 0; x < newWidth; x++)
      for (let channel = 0; channel < channels; channel++) {
        let sum = 0;
        let area = 0;
        for (let v = 0; v < height; v++)
          for (let u = 0; u < width; u++) {
            const share =
              overlap((x * width) / newWidth, ((x + 1) * width) / newWidth, u) *
              overlap((y * height) / newHeight, ((y + 1) * height) / newHeight, v);
            sum += share * data[(v * width + u) * channels + channel];
            area += share;
          }
        means.push(sum / area);
      }
  return means;
}

const side = fc.integer({ min: 1, max: 13 });

describe('resizeByArea', () => {
  it('is the mean over areas in every direction', () => {
    fc.assert(
      fc.property(
        side,
        side,
        side,
        side,
        fc.constantFrom(1, 3),
        (width, height, toWidth, toHeight, channels) => {
          const before = picture(width, height, channels);
          const after = resizeByArea(before, toWidth, toHeight);
          const means = byDefinition(before, toWidth, toHeight);
          expect(after.data.length).toBe(means.length);
          means.forEach((mean, i) => expect(Math.abs(after.data[i] - mean)).toBeLessThan(0.5 + 1e-6));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('halves by the mean of four, rounds halves up, and doubles by repeating', () => {
    expect(resizeByArea(picture(2, 2, 1, [1, 2, 3, 5]), 1, 1).data).toEqual(Uint8Array.of(3));
    expect(resizeByArea(picture(2, 1, 1, [1, 2]), 1, 1).data).toEqual(Uint8Array.of(2));
    expect(resizeByArea(picture(2, 1, 1, [1, 2]), 4, 1).data).toEqual(Uint8Array.of(1, 1, 2, 2));
    expect(resizeByArea(picture(2, 1, 1, [0, 90]), 3, 1).data).toEqual(Uint8Array.of(0, 45, 90));
  });
});

describe('fitPicture', () => {
  const shape = { width: 2, height: 2, channels: 1 as const };

  it('writes a picture of the size as it is, to its place', () => {
    const pixels = new Uint8Array(8);
    fitPicture(picture(2, 2, 1, [1, 2, 3, 4]), shape, 'only', pixels, 4);
    expect(pixels).toEqual(Uint8Array.of(0, 0, 0, 0, 1, 2, 3, 4));
    expect(() => fitPicture(picture(3, 2, 1), shape, 'only', pixels)).toThrow(RangeError);
  });

  it('cuts at the centre', () => {
    const pixels = new Uint8Array(4);
    fitPicture(
      picture(
        5,
        4,
        1,
        Array.from({ length: 20 }, (_, i) => i),
      ),
      shape,
      'crop',
      pixels,
    );
    expect(pixels).toEqual(Uint8Array.of(6, 7, 11, 12));
  });

  it('makes what is smaller than the cut cover it first, in its proportions', () => {
    const pixels = new Uint8Array(16);
    fitPicture(
      picture(4, 2, 1, [1, 2, 3, 4, 5, 6, 7, 8]),
      { width: 4, height: 4, channels: 1 },
      'crop',
      pixels,
    );
    expect(pixels).toEqual(Uint8Array.of(2, 2, 3, 3, 2, 2, 3, 3, 6, 6, 7, 7, 6, 6, 7, 7));
    fc.assert(
      fc.property(side, side, side, side, (width, height, toWidth, toHeight) => {
        const cut = new Uint8Array(toWidth * toHeight * 3);
        fitPicture(picture(width, height, 1), { width: toWidth, height: toHeight, channels: 3 }, 'crop', cut);
        const stretched = new Uint8Array(toWidth * toHeight * 3);
        fitPicture(
          picture(width, height, 1),
          { width: toWidth, height: toHeight, channels: 3 },
          'resize',
          stretched,
        );
        if (width * toHeight === height * toWidth && width <= toWidth) expect(cut).toEqual(stretched);
      }),
    );
  });

  it('lays what is transparent on white and says so', () => {
    const pixels = new Uint8Array(4);
    const { isFlattened } = fitPicture(
      picture(2, 2, 2, [0, 255, 0, 0, 100, 128, 255, 3]),
      shape,
      'only',
      pixels,
    );
    expect(isFlattened).toBe(true);
    // 255 − 128/255 · 155 = 177.2
    expect(pixels).toEqual(Uint8Array.of(0, 255, 177, 255));
    const opaque = picture(1, 1, 4, [1, 2, 3, 255]);
    const colour = new Uint8Array(3);
    expect(fitPicture(opaque, { width: 1, height: 1, channels: 3 }, 'only', colour).isFlattened).toBe(false);
    expect(colour).toEqual(Uint8Array.of(1, 2, 3));
  });
});

describe('grey and colour', () => {
  it('keeps greys through colour and back', () => {
    const greys = Uint8Array.from({ length: 256 }, (_, i) => i);
    expect(greysOf(coloursOf(greys))).toEqual(greys);
  });

  it('weighs red, green and blue as BT.601 does', () => {
    expect([luma(255, 0, 0), luma(0, 255, 0), luma(0, 0, 255), luma(255, 255, 255)]).toEqual([
      76, 150, 29, 255,
    ]);
    fc.assert(
      fc.property(fc.nat(255), fc.nat(255), fc.nat(255), (red, green, blue) => {
        expect(Math.abs(luma(red, green, blue) - (0.299 * red + 0.587 * green + 0.114 * blue))).toBeLessThan(
          0.51,
        );
        expect(greysOf(Uint8Array.of(red, green, blue))[0]).toBe(luma(red, green, blue));
      }),
    );
  });

  it('is done behind the alpha', () => {
    expect(withChannels(picture(1, 1, 4, [0, 0, 0, 0]), 1).data).toEqual(Uint8Array.of(255));
    expect(withChannels(picture(1, 1, 2, [7, 255]), 3).data).toEqual(Uint8Array.of(7, 7, 7));
  });
});
