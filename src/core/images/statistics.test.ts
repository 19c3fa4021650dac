import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { LabError } from '../errors.ts';
import type { ImageSet } from './imageSet.ts';
import { imageSetId, imageSetIdInPieces, meanPicture, pixelHistogram } from './statistics.ts';

const set = (): ImageSet => ({
  shape: { width: 2, height: 1, channels: 3 },
  records: 2,
  pixels: Uint8Array.of(1, 2, 3, 1, 2, 255, 4, 2, 3, 1, 0, 255),
  labels: Uint16Array.of(1, 0),
  classNames: ['cat', 'Ä'],
  givenTest: Uint32Array.of(1),
});

describe('pixelHistogram', () => {
  it('counts every level per channel', () => {
    const counts = pixelHistogram(set());
    expect(counts.length).toBe(3 * 256);
    expect([counts[1], counts[4], counts[256], counts[258], counts[512 + 3], counts[512 + 255]]).toEqual([
      3, 1, 1, 3, 2, 2,
    ]);
    expect(counts.reduce((sum, count) => sum + count)).toBe(12);
  });
});

describe('meanPicture', () => {
  const pixels = Uint8Array.of(0, 10, 1, 20, 255, 255);

  it('is the mean of the first or of the named pictures, halves rounded up', () => {
    expect([...meanPicture(pixels, 2, 2)]).toEqual([1, 15]);
    expect([...meanPicture(pixels, [2, 1], 2)]).toEqual([128, 138]);
    expect([...meanPicture(pixels, Uint32Array.of(2), 2)]).toEqual([255, 255]);
  });

  it('is black where there are none', () => {
    expect([...meanPicture(pixels, [], 2)]).toEqual([0, 0]);
  });
});

describe('imageSetId', () => {
  it('hashes the bytes that the format names', () => {
    const text = (value: string): number[] => {
      const bytes = [...new TextEncoder().encode(value)];
      return [bytes.length, ...bytes];
    };
    const bytes = [
      ...text('dreamlearning-images-1'), 2, 1, 3, 2, 2, ...text('cat'), ...text('Ä'),
      1, 0, 0, 0, 1, 1, 1, 0, 0, 0, ...set().pixels,
    ]; // prettier-ignore
    expect(imageSetId(set())).toBe(createHash('sha256').update(Uint8Array.from(bytes)).digest('hex'));
  });

  it('is the same in pieces, with beats between them, and ends where a beat fails', async () => {
    const large: ImageSet = { ...set(), pixels: Uint8Array.from({ length: 200_000 }, (_, k) => k * 7) };
    const done: number[] = [];
    const pulse = {
      due: () => true,
      beat: async (progress: { done: number }) => {
        done.push(progress.done);
      },
    };
    expect(await imageSetIdInPieces(large, pulse)).toBe(imageSetId(large));
    expect(done.at(-1)).toBe(200_000);
    const cancelled = { due: () => true, beat: () => Promise.reject(new LabError('CANCELLED', 'Enough.')) };
    await expect(imageSetIdInPieces(large, cancelled)).rejects.toThrow('Enough.');
  });

  it('differs where the set does', () => {
    const changed: ImageSet[] = [
      { ...set(), givenTest: null },
      { ...set(), givenTest: Uint32Array.of(0) },
      { ...set(), classNames: ['cat', 'dog'] },
      { ...set(), labels: Uint16Array.of(0, 0) },
      { ...set(), shape: { width: 1, height: 2, channels: 3 } },
      { ...set(), pixels: new Uint8Array(12) },
    ];
    expect(new Set([set(), ...changed].map(imageSetId)).size).toBe(7);
  });
});
