import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keptPart, outcomeWords, sizeOutcome } from './sizes.ts';

const SIZES = [
  { width: 32, height: 32, count: 90 },
  { width: 64, height: 48, count: 9 },
  { width: 20, height: 20, count: 1 },
];

describe('outcomeWords', () => {
  it('counts what fits and what has to change', () => {
    expect(sizeOutcome(SIZES, { width: 32, height: 32 })).toEqual({ fitting: 90, others: 10 });
    expect(outcomeWords({ sizes: SIZES, sizeCount: 3 }, { width: 32, height: 32 }, 'resize')).toBe(
      '90 pictures are 32 × 32 already; 10 are averaged to it.',
    );
    expect(outcomeWords({ sizes: SIZES, sizeCount: 3 }, { width: 20, height: 20 }, 'only')).toBe(
      '1 picture is 20 × 20 already; 99 are left out.',
    );
  });

  it('does not count what is not listed', () => {
    const words = outcomeWords({ sizes: SIZES, sizeCount: 50 }, { width: 32, height: 32 }, 'crop');
    expect(words).toContain('more than 10 are cut to it at the centre');
  });
});

describe('keptPart', () => {
  const to = { width: 32, height: 32 };

  it('takes the middle of a larger picture', () => {
    expect(keptPart({ width: 64, height: 48 }, to, 'crop')).toEqual({ x: 16, y: 8, ...to });
  });

  it('covers the size with a smaller picture before it cuts', () => {
    expect(keptPart({ width: 16, height: 24 }, to, 'crop')).toEqual({ x: 0, y: 4, width: 16, height: 16 });
  });

  it('keeps all of a picture that is averaged, and nothing of one that is left out', () => {
    expect(keptPart({ width: 64, height: 48 }, to, 'resize')).toEqual({ x: 0, y: 0, width: 64, height: 48 });
    expect(keptPart({ width: 64, height: 48 }, to, 'only')).toBeNull();
    expect(keptPart(to, to, 'only')).toEqual({ x: 0, y: 0, ...to });
  });

  it('never reaches beyond the picture, and keeps the proportions of the size', () => {
    const side = fc.integer({ min: 1, max: 500 });
    fc.assert(
      fc.property(side, side, side, side, (width, height, toWidth, toHeight) => {
        const part = keptPart({ width, height }, { width: toWidth, height: toHeight }, 'crop');
        if (part === null) throw new Error('cropping leaves nothing out');
        expect(part.x).toBeGreaterThanOrEqual(-1e-9);
        expect(part.y).toBeGreaterThanOrEqual(-1e-9);
        expect(part.x + part.width).toBeLessThanOrEqual(width + 1e-9);
        expect(part.y + part.height).toBeLessThanOrEqual(height + 1e-9);
        expect(part.width / part.height).toBeCloseTo(toWidth / toHeight, 6);
      }),
    );
  });
});
