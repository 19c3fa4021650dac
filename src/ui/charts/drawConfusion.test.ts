import { describe, expect, it } from 'vitest';
import { confusionCell, rowShares } from './drawConfusion.ts';

describe('a confusion matrix as a picture', () => {
  it('takes counts as shares of their rows', () => {
    expect([...rowShares([3, 1, 0, 0], 2)]).toEqual([0.75, 0.25, 0, 0]);
  });

  it('finds the cell under a point', () => {
    expect(confusionCell(99.5, 0, 100, 20)).toEqual({ row: 0, column: 19 });
    expect(confusionCell(12, 51, 100, 10)).toEqual({ row: 5, column: 1 });
    expect(confusionCell(100, 50, 100, 10)).toBeNull();
    expect(confusionCell(-1, 50, 100, 10)).toBeNull();
  });
});
