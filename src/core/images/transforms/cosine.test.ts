import { expect, it } from 'vitest';
import { cosine } from './cosine.ts';

it('cosines are those of the engine to the last digits, and exact where they are simple', () => {
  let furthest = 0;
  for (let n = 1; n <= 200; n += n < 20 ? 1 : 17) {
    for (let m = 0; m <= 5 * n; m++) {
      furthest = Math.max(furthest, Math.abs(cosine(m, n) - Math.cos((Math.PI * m) / n)));
    }
  }
  // Math.cos itself is given an angle that is rounded.
  expect(furthest).toBeLessThan(4e-15);
  expect([0, 1, 2, 3, 4, 5].map((m) => cosine(m, 2))).toEqual([1, 0, -1, 0, 1, 0]);
});
