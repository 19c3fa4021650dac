import { describe, expect, it } from 'vitest';
import { nextDraw } from './draw.ts';

describe('nextDraw', () => {
  it('comes by every record before it repeats one', () => {
    for (const rows of [1, 2, 3, 4, 10, 97, 1000]) {
      const seen = new Set<number>();
      for (let k = 0, at = 0; k < rows; k++, at = nextDraw(at, rows)) seen.add(at);
      expect(seen.size).toBe(rows);
    }
  });
});
