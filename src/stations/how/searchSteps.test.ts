import { describe, expect, it } from 'vitest';
import { bitsWithoutGain, lastPrefix, partsAt, sizesBy } from './searchSteps.ts';
import { toyWalk } from './table/testing.ts';

const { search } = toyWalk();
if (search === null) throw new Error('It was searched.');
const every = Array.from(search.baseCounts, (_, added) => added);

describe('a step of the search', () => {
  it('is worth the sum of its parts, by either size', () => {
    for (const objective of ['true', 'equation1'] as const) {
      for (const added of every) {
        const { base, ids, deviation } = partsAt(search, added, objective);
        const table = search.baseBits[added] - (objective === 'true' ? search.constantBits : 0);
        expect(base).toBe(search.baseCounts[added] * table);
        expect(base + ids + deviation).toBe(sizesBy(search, objective)[added]);
      }
    }
  });

  it('knows how long there was no gain, which is τ where the search stops on a plateau', () => {
    expect(search.stop).toBe('plateau');
    expect(every.map((added) => bitsWithoutGain(search, added))).toEqual([
      0, 1, 0, 0, 0, 0, 1, 0, 0, 1, 2, 3,
    ]);
    expect(bitsWithoutGain(search, lastPrefix(search))).toBe(search.tau);
  });
});
