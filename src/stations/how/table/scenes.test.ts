import { describe, expect, it } from 'vitest';
import { bitWords, placeOf, sceneKey, scenesOf, wordsOf, type TableScene } from './scenes.ts';
import { toyWalk } from './testing.ts';

const report = toyWalk();
const scenes = scenesOf(report);
const words = (scene: TableScene) => {
  const { title, text, spoken } = wordsOf(scene, report);
  return [title, ...text, spoken].join(' ');
};

describe('the scenes of a table', () => {
  it('go from the numbers to the samples, every bit a scene', () => {
    expect(scenes.map(sceneKey)).toEqual([
      ...['values', 'codes', 'bits', 'entropy'],
      ...Array.from({ length: 12 }, (_, k) => `search ${k}`),
      ...['chosen', 'merge', 'stored'],
      ...Array.from({ length: 6 }, (_, k) => `analytics ${k}`),
      ...['clusters', 'means'],
    ]);
  });

  it('are fewer where nothing can be learned, and where the search is long', () => {
    const alone = scenesOf({ ...report, clusters: null });
    expect(alone.at(-1)?.kind).toBe('stored');
    const { search } = report;
    if (search === null) throw new Error('It was searched.');
    const long = scenesOf({
      ...report,
      search: { ...search, baseCounts: new Uint32Array(400), chosen: 300 },
    });
    const shown = long.flatMap((scene) => (scene.kind === 'search' ? [scene.added] : []));
    expect(shown.length).toBeLessThan(30);
    for (const added of [0, 1, 2, 300, 301, 399]) expect(shown).toContain(added);
    expect([...shown].sort((a, b) => a - b)).toEqual(shown);
  });

  it('say the sizes, the bits and the failures of the search', () => {
    expect(words({ kind: 'search', added: 0 })).toContain('4 bits are the same in all records');
    expect(words({ kind: 'search', added: 1 })).toContain('speed, bit 2 of 6, is set in 2 of 12 records.');
    expect(words({ kind: 'search', added: 1 })).toContain('170 bits, 2 more. No gain: 1 of 3 in a row');
    const three = words({ kind: 'search', added: 3, before: 0 });
    expect(three).toContain('Bits 1 to 3 join the base The last of them: ');
    // 168 bits three bits before, 150 now.
    expect(three).toContain('150 bits, 18 fewer.');
    expect(words({ kind: 'search', added: 8 })).toContain('120 bits, 9 fewer. The smallest so far.');
    expect(words({ kind: 'search', added: 11 })).toContain('No gain 3 times in a row: the search stops.');
    expect(words({ kind: 'chosen' })).toContain('120 bits, with 12 bits in the base and 3 different bases');
    // 3 × 8 + 12 × (2 + 6)
    expect(words({ kind: 'stored' })).toContain('3 × 8 + 12 × (2 + 6) = 120 bits, 55.6');
  });

  it('say the clusters', () => {
    expect(bitWords(report, 10)).toBe('temperature, bit 5 of 6');
    expect(words({ kind: 'analytics', bits: 5 })).toContain('temperature, bit 5 of 6.');
    expect(words({ kind: 'analytics', bits: 5 })).toContain('6 clusters now');
    expect(words({ kind: 'means' })).toContain('6 weighted samples instead of 12 records');
  });

  it('are found again when the numbers have changed', () => {
    const fewer = scenesOf({ ...report, clusters: null });
    expect(sceneKey(scenes[placeOf(scenes, { kind: 'search', added: 3 }, 0)])).toBe('search 3');
    expect(sceneKey(scenes[placeOf(scenes, { kind: 'search', added: 30 }, 0)])).toBe('search 11');
    expect(sceneKey(fewer[placeOf(fewer, { kind: 'means' }, scenes.length - 1)])).toBe('stored');
  });
});
