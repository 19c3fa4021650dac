import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { paddingOf, shiftOf, stagePicture, stageShifted } from './augment.ts';
import { measureNormalisation, normalisationTable, usualNormalisation } from './normalise.ts';
import { sampleById } from '../../contracts/gallery.ts';

const table = normalisationTable({ mean: [0], deviation: [1 / 255] });
const colours = normalisationTable({ mean: [0.5, 0.25, 0], deviation: [0.5, 0.25, 0] });

describe('stageShifted', () => {
  const shape = { width: 3, height: 2, channels: 1 };
  const pixels = Uint8Array.of(1, 2, 3, 4, 5, 6);
  const shifted = (down: number, right: number, isMirrored: boolean) => {
    const staging = new Float32Array(6).fill(-1);
    stageShifted(pixels, 0, staging, 0, shape, table, { down, right, isMirrored });
    return [...staging].map((value) => Math.round(value));
  };

  it('moves, mirrors and fills with black', () => {
    expect(shifted(0, 0, false)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(shifted(0, 0, true)).toEqual([3, 2, 1, 6, 5, 4]);
    expect(shifted(1, 0, false)).toEqual([0, 0, 0, 1, 2, 3]);
    expect(shifted(-1, 0, false)).toEqual([4, 5, 6, 0, 0, 0]);
    expect(shifted(0, 1, false)).toEqual([0, 1, 2, 0, 4, 5]);
    expect(shifted(0, -2, true)).toEqual([1, 0, 0, 4, 0, 0]);
  });

  it('without a shift is the picture as it is, channel by channel', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 60, maxLength: 60 }), (bytes) => {
        const size = { width: 5, height: 2, channels: 3 };
        const plain = new Float32Array(30);
        const moved = new Float32Array(30);
        stagePicture(bytes, 30, plain, 0, size, colours);
        const still = { down: 0, right: 0, isMirrored: false };
        stageShifted(bytes, 30, moved, 0, size, colours, still);
        expect(moved).toEqual(plain);
        expect(plain[0]).toBeCloseTo(bytes[30] / 255 / 0.5 - 1, 5);
        expect(plain[4]).toBeCloseTo(bytes[34] / 255 / 0.25 - 1, 5);
        // A channel that never changes is only centred.
        expect(plain[5]).toBeCloseTo(bytes[35] / 255, 5);
      }),
    );
  });
});

describe('shiftOf', () => {
  const shape = { width: 32, height: 16, channels: 3 };

  it('uses the whole range of shifts, alike, and mirrors half', () => {
    const downs = new Map<number, number>();
    const rights = new Map<number, number>();
    let mirrored = 0;
    const n = 9000;
    for (let place = 0; place < n; place++) {
      const { down, right, isMirrored } = shiftOf(1, 1, place, shape);
      downs.set(down, (downs.get(down) ?? 0) + 1);
      rights.set(right, (rights.get(right) ?? 0) + 1);
      if (isMirrored) mirrored++;
    }
    expect([...downs.keys()].sort((a, b) => a - b)).toEqual([-2, -1, 0, 1, 2]);
    expect([...rights.keys()].sort((a, b) => a - b)).toEqual([-4, -3, -2, -1, 0, 1, 2, 3, 4]);
    for (const count of downs.values()) expect(Math.abs(count - n / 5)).toBeLessThan(200);
    for (const count of rights.values()) expect(Math.abs(count - n / 9)).toBeLessThan(160);
    expect(Math.abs(mirrored - n / 2)).toBeLessThan(250);
  });

  it('follows from seed, epoch and place', () => {
    const shifts = (seed: number, epoch: number) =>
      Array.from({ length: 40 }, (_, place) => shiftOf(seed, epoch, place, shape));
    expect(shifts(1, 2)).toEqual(shifts(1, 2));
    expect(shifts(1, 2)).not.toEqual(shifts(1, 3));
    expect(shifts(1, 2)).not.toEqual(shifts(2, 2));
  });

  it('pads by four of 32 pixels, and less where pictures are small', () => {
    expect([32, 28, 16, 8, 3].map(paddingOf)).toEqual([4, 4, 2, 1, 0]);
  });
});

describe('normalisation', () => {
  it('is measured as mean and deviation of each channel', () => {
    const { mean, deviation } = measureNormalisation(Uint8Array.of(0, 10, 255, 10), 2);
    expect(mean[0]).toBeCloseTo(0.5);
    expect(deviation[0]).toBeCloseTo(0.5);
    expect(mean[1]).toBeCloseTo(10 / 255);
    expect(deviation[1]).toBe(0);
  });

  it('is that of the literature for the data sets of the gallery', () => {
    expect(usualNormalisation(sampleById('mnist')?.datasetId ?? '')?.mean).toEqual([0.1307]);
    expect(usualNormalisation(sampleById('cifar10')?.datasetId ?? '')?.deviation).toHaveLength(3);
    expect(usualNormalisation('another')).toBeNull();
  });
});
