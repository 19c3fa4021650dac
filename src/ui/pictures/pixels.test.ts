import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differenceOf, writeRgba } from './pixels.ts';

describe('writeRgba', () => {
  it('repeats grey in every channel, opaque', () => {
    const strip = new Uint8ClampedArray(2 * 1 * 4);
    writeRgba(Uint8Array.of(9, 9, 7, 200), 1, { width: 2, height: 1, channels: 1 }, strip, 2, 0);
    expect([...strip]).toEqual([7, 7, 7, 255, 200, 200, 200, 255]);
  });

  it('puts a colour picture at its place in a strip and nowhere else', () => {
    const size = { width: 1, height: 2, channels: 3 as const };
    const strip = new Uint8ClampedArray(3 * 2 * 4);
    writeRgba(Uint8Array.of(1, 2, 3, 4, 5, 6), 0, size, strip, 3, 1);
    const at = (x: number, y: number) => [...strip.subarray((y * 3 + x) * 4, (y * 3 + x) * 4 + 4)];
    expect(at(1, 0)).toEqual([1, 2, 3, 255]);
    expect(at(1, 1)).toEqual([4, 5, 6, 255]);
    for (const x of [0, 2]) for (const y of [0, 1]) expect(at(x, y)).toEqual([0, 0, 0, 0]);
  });
});

describe('differenceOf', () => {
  it('says that nothing changed', () => {
    const same = Uint8Array.of(0, 128, 255);
    expect(differenceOf(same, same)).toMatchObject({ largest: 0, changed: 0, values: 3, factor: 1 });
    expect([...differenceOf(same, same).pixels]).toEqual([128, 128, 128]);
  });

  it('multiplies small differences around grey and says by how much', () => {
    const { largest, changed, factor, pixels } = differenceOf(
      Uint8Array.of(10, 10, 10),
      Uint8Array.of(12, 10, 7),
    );
    expect({ largest, changed, factor }).toEqual({ largest: 3, changed: 2, factor: 32 });
    expect([...pixels]).toEqual([128 + 64, 128, 128 - 96]);
  });

  it('cuts nothing off by its factor', () => {
    const bytes = fc.uint8Array({ minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(bytes, bytes, (a, b) => {
        const length = Math.min(a.length, b.length);
        const { largest, factor, pixels } = differenceOf(a.subarray(0, length), b.subarray(0, length));
        expect(factor === 1 || largest * factor <= 127).toBe(true);
        if (factor === 1) return;
        for (let k = 0; k < length; k++) expect(pixels[k] - 128).toBe(factor * (b[k] - a[k]));
      }),
    );
  });
});
