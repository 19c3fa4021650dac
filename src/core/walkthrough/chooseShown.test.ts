import { describe, expect, it } from 'vitest';
import { createGenerator } from '../random.ts';
import { chooseShown, type Bases } from './chooseShown.ts';

const RECORDS = 400;
/** Base 0 of 150 records, base 1 of 90, and one of its own for every other record. */
const ids = Int32Array.from({ length: RECORDS }, (_, k) => (k % 8 < 3 ? 0 : k % 8 === 3 ? 1 : k));
const sizes = new Uint32Array(RECORDS);
for (const id of ids) sizes[id]++;
const bases: Bases = { ids, sizes };

/** Six bits of every record, the first of which are seldom 1. */
const generator = createGenerator(5);
const keys = Array.from({ length: RECORDS }, () =>
  Array.from({ length: 6 }, (_, bit) =>
    generator.next() >>> 0 < 2 ** 32 * (0.1 + bit * 0.08) ? '1' : '0',
  ).join(''),
);
const clusterable = {
  used: Uint32Array.from({ length: RECORDS }, (_, k) => k),
  keysOf: (places: Uint32Array) => Array.from(places, (place) => keys[place]),
};

describe('the records that are shown', () => {
  it('are all where they are few', () => {
    expect(chooseShown(3, bases, clusterable, 12, 1)).toEqual({ places: Uint32Array.of(0, 1, 2), by: null });
  });

  it('are some of the most shared bases, and pairs that agree on their first bits', () => {
    const { places, by } = chooseShown(RECORDS, bases, clusterable, 12, 1);
    expect(by).toEqual({ sharing: 6, pairs: 3 });
    expect([...places]).toEqual([...new Set(places)].sort((a, b) => a - b));
    expect(places).toHaveLength(12);
    for (const base of [0, 1])
      expect(places.filter((place) => ids[place] === base).length).toBeGreaterThanOrEqual(3);
    const first = Array.from(places, (place) => keys[place].slice(0, 3));
    const alike = first.filter((key) => first.filter((other) => other === key).length > 1);
    expect(alike.length).toBeGreaterThanOrEqual(6);
    expect(new Set(alike).size).toBeGreaterThan(1);
  });

  it('follow from the seed', () => {
    const at = (seed: number) => [...chooseShown(RECORDS, bases, clusterable, 12, seed).places];
    expect(at(1)).toEqual(at(1));
    expect(at(1)).not.toEqual(at(2));
  });

  it('are drawn where nothing is shared and nothing divides them', () => {
    const own: Bases = { ids: ids.map((_, k) => k), sizes: new Uint32Array(RECORDS).fill(1) };
    expect(chooseShown(RECORDS, own, null, 12, 1)).toMatchObject({ by: { sharing: 0, pairs: 0 } });
    expect(chooseShown(RECORDS, null, null, 12, 1).places).toHaveLength(12);
    const bare = { ...clusterable, keysOf: (some: Uint32Array) => Array.from(some, () => '') };
    const { places, by } = chooseShown(RECORDS, null, bare, 12, 1);
    expect(by).toEqual({ sharing: 0, pairs: 1 });
    expect(new Set(places).size).toBe(12);
    const one: Bases = { ids: new Int32Array(RECORDS), sizes: Uint32Array.of(RECORDS) };
    expect(chooseShown(RECORDS, one, null, 12, 1).by).toEqual({ sharing: 0, pairs: 0 });
    const none = { ...clusterable, used: new Uint32Array(0) };
    expect(chooseShown(RECORDS, null, none, 12, 1).by).toEqual({ sharing: 0, pairs: 0 });
  });
});
