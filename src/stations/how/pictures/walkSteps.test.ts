import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BIT_ROLE } from '../../../contracts/codec.ts';
import { DEFAULT_IMAGE_SETTINGS } from '../../../contracts/images.ts';
import { SILENT_PULSE } from '../../../core/pulse.ts';
import { PictureWalks } from '../../../service/images/pictureWalk.ts';
import { bitsAt, shownPrefixes } from './walkSteps.ts';

const walks = new PictureWalks(() => Promise.reject(new Error('Nothing is open.')));
const walk = await walks.walk(
  {
    set: { kind: 'tiny', name: 'digits' },
    settings: { ...DEFAULT_IMAGE_SETTINGS, tau: 4 },
    label: 0,
    picture: null,
  },
  SILENT_PULSE,
);

describe('the prefixes that are shown', () => {
  it('are both ends and the smallest, ascending, and a dozen at most', () => {
    const cases = fc.nat(5_000).chain((last) => fc.record({ last: fc.constant(last), chosen: fc.nat(last) }));
    fc.assert(
      fc.property(cases, ({ last, chosen }) => {
        const shown = shownPrefixes({ baseCounts: new Uint32Array(last + 1), chosen });
        expect(shown).toEqual([...new Set(shown)].sort((a, b) => a - b));
        expect(shown).toEqual(expect.arrayContaining([0, chosen, last]));
        expect(shown[0]).toBe(0);
        expect(shown.at(-1)).toBe(last);
        expect(shown.length).toBeLessThanOrEqual(12);
        if (chosen > 20 && last - chosen > 20) expect(shown.length).toBeGreaterThanOrEqual(8);
      }),
    );
  });
});

describe('a prefix', () => {
  const { search, bits } = walk;

  it('has the roles that its bits have then', () => {
    for (const added of shownPrefixes(search)) {
      const { role, counts, baseCount } = bitsAt(walk, added);
      const count = (one: number): number => role.filter((name) => name === one).length;
      expect(counts).toEqual({
        constant: count(BIT_ROLE.constant),
        base: count(BIT_ROLE.base),
        deviation: count(BIT_ROLE.deviation),
      });
      expect(counts.base).toBe(added);
      expect(baseCount).toBe(search.baseCounts[added]);
    }
    expect(bitsAt(walk, search.chosen)).toEqual({ ...bits });
  });
});
