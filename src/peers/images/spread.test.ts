import { describe, expect, it } from 'vitest';
import type { ImageSet } from '../../core/images/imageSet.ts';
import { spreadOver, takePictures } from './spread.ts';

const labels = Uint16Array.from({ length: 1000 }, (_, i) => (i % 10 === 0 ? 1 : i < 300 ? 2 : 0));
const all = Uint32Array.from({ length: 1000 }, (_, i) => i);

function count(records: Uint32Array): number[] {
  const counts = [0, 0, 0];
  for (const record of records) counts[labels[record]]++;
  return counts;
}

describe('spreadOver', () => {
  it('keeps the share of every class to within a picture', () => {
    expect(count(all)).toEqual([630, 100, 270]);
    expect(count(spreadOver(all, labels, 100))).toEqual([63, 10, 27]);
    const [first, second, third] = count(spreadOver(all, labels, 33));
    expect(first + second + third).toBe(33);
    expect(Math.abs(first - 20.79)).toBeLessThan(1);
    expect(Math.abs(second - 3.3)).toBeLessThan(1);
    expect(Math.abs(third - 8.91)).toBeLessThan(1);
  });

  it('gives different pictures in ascending order', () => {
    const some = Array.from(spreadOver(all.subarray(100), labels, 57));
    expect(new Set(some).size).toBe(57);
    expect(some).toEqual([...some].sort((a, b) => a - b));
    expect(some[0]).toBeGreaterThanOrEqual(100);
  });

  it('gives all where there are no more', () => {
    expect(spreadOver(all, labels, 1000)).toBe(all);
    expect(spreadOver(all.subarray(0, 3), labels, 5)).toHaveLength(3);
  });
});

describe('takePictures', () => {
  const set: ImageSet = {
    shape: { width: 1, height: 1, channels: 3 },
    records: 1000,
    pixels: Uint8Array.from({ length: 3000 }, (_, i) => (i / 3) % 251),
    labels,
    classNames: ['a', 'b', 'c'],
    givenTest: all.subarray(800),
  };

  it('keeps the shares of classes and of the split', () => {
    const some = takePictures(set, 100);
    expect(some.records).toBe(100);
    expect(some.givenTest).toHaveLength(20);
    const counts = [0, 0, 0];
    for (const label of some.labels) counts[label]++;
    expect(counts).toEqual([63, 10, 27]);
    // Ascending pictures: the first 800 are training pictures.
    for (const picture of some.givenTest!) expect(picture).toBeGreaterThanOrEqual(80);
  });

  it('keeps every picture with its label', () => {
    const some = takePictures({ ...set, givenTest: null }, 57);
    expect(some.givenTest).toBeNull();
    for (let k = 0; k < some.records; k++) {
      const same = Array.from(all).filter((record) => record % 251 === some.pixels[3 * k]);
      expect(same.some((record) => labels[record] === some.labels[k])).toBe(true);
    }
  });

  it('takes a small set as it is', () => {
    expect(takePictures(set, 1000)).toBe(set);
  });
});
