import { describe, expect, it } from 'vitest';
import { betaAt } from './analyticsOrder.ts';
import { curveY, ORDER, orderX, powersOfTen } from './orderGeometry.ts';

describe('the strip of the analytics order', () => {
  it('puts every β where a pointer at that place finds it again', () => {
    for (const [length, width] of [
      [6, 326],
      [108, 1000],
      [1024, 1400],
    ]) {
      for (let beta = 1; beta <= length; beta++) {
        const x = orderX(beta, length, width);
        expect(betaAt(x, ORDER.left, width - ORDER.left - ORDER.right, length)).toBe(beta);
      }
    }
  });

  it('draws one sample at the bottom and the highest power at the top', () => {
    expect(powersOfTen(1)).toEqual([1, 10]);
    expect(powersOfTen(16_512)).toEqual([1, 10, 100, 1_000, 10_000, 100_000]);
    expect(curveY(1, 1000)).toBe(ORDER.curveTop + ORDER.curveHeight);
    expect(curveY(1000, 1000)).toBe(ORDER.curveTop);
  });
});
