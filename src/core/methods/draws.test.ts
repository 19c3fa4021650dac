import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classQuotas, epochOrder, recordsMet } from '../selection/draw.ts';
import { epochSeed } from '../selection/epochSeed.ts';
import type { Selection, SelectionSettings } from '../selection/method.ts';
import { USUAL_SELECTION } from '../testing/selecting.ts';
import { METHOD_METAS, METHODS } from './registry.ts';

const CLASSES = 4;

type Changes = Partial<SelectionSettings> & { method?: string };

/** Every third record is a test record; classes are of very different sizes. */
function recordsOf(n: number): { train: Uint32Array; labels: Uint16Array } {
  const labels = Uint16Array.from({ length: n }, (_, k) =>
    k % 7 === 0 ? 0 : k % 5 === 0 ? 1 : k % 2 === 0 ? 2 : 3,
  );
  return { train: Uint32Array.from({ length: n }, (_, k) => k).filter((k) => k % 3 !== 2), labels };
}

/** The methods here select at once. */
const samplerOf = (n: number, { method = 'dreamlearning', ...changes }: Changes) => {
  const { train, labels } = recordsOf(n);
  const settings = { ...USUAL_SELECTION, ...changes };
  const selector = METHODS.byName(method).create({ train, labels, classes: CLASSES, settings });
  const select = (epoch: number) => selector.select(epoch, null) as Selection;
  const sampler = {
    count: selector.count,
    select,
    subset: (epoch: number) => recordsMet(select(epoch), settings.seed, epoch),
  };
  return { train, labels, sampler };
};

const sorted = (records: Uint32Array) => [...records].sort((a, b) => a - b);

/** Those that look at no picture. */
const methods = fc.constantFrom(
  ...METHOD_METAS.all.filter(({ needsNetwork }) => !needsNetwork).map(({ name }) => name),
);
const samplings = fc.constantFrom<SelectionSettings['sampling']>('uniform', 'stratified');

describe('the subset of an epoch', () => {
  it('has the right number of training records, each once, whatever the settings', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 30, max: 400 }),
        fc.double({ min: 0.05, max: 1, noNaN: true }),
        fc.nat(1_000_000),
        fc.integer({ min: 1, max: 500 }),
        methods,
        samplings,
        (n, fraction, seed, epoch, method, sampling) => {
          const { train, sampler } = samplerOf(n, { fraction, seed, method, sampling });
          const subset = sampler.subset(epoch);
          expect(sampler.count).toBe(subset.length);
          expect(subset).toHaveLength(method === 'full' ? train.length : Math.round(train.length * fraction));
          expect(new Set(subset).size).toBe(subset.length);
          const isTrain = new Set(train);
          expect(subset.every((record) => isTrain.has(record))).toBe(true);
          // From another sampler, and asked out of order: the same.
          const again = samplerOf(n, { fraction, seed, method, sampling }).sampler;
          again.subset(epoch + 1);
          expect(again.subset(epoch)).toEqual(subset);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('gives every class its share when it is stratified', () => {
    const { train, labels, sampler } = samplerOf(500, { fraction: 0.13, sampling: 'stratified' });
    const all = new Uint32Array(CLASSES);
    for (const record of train) all[labels[record]]++;
    for (let epoch = 1; epoch <= 5; epoch++) {
      const drawn = new Uint32Array(CLASSES);
      const subset = sampler.subset(epoch);
      for (const record of subset) drawn[labels[record]]++;
      drawn.forEach((count, c) => expect(Math.abs(count - all[c] * 0.13)).toBeLessThan(1));
      // Not class after class.
      const half = subset.subarray(0, subset.length / 2);
      expect(new Set(half.map((record) => labels[record])).size).toBe(CLASSES);
    }
  });

  it.each(['uniform', 'stratified'] as const)('reaches every training record in time (%s)', (sampling) => {
    const { train, sampler } = samplerOf(120, { sampling });
    const seen = new Set<number>();
    for (let epoch = 1; epoch <= 200; epoch++) for (const record of sampler.subset(epoch)) seen.add(record);
    expect(seen.size).toBe(train.length);
  });

  it('draws all records alike', () => {
    const { train, sampler } = samplerOf(60, { fraction: 0.25 });
    const counts = new Map<number, number>();
    const epochs = 2000;
    for (let epoch = 1; epoch <= epochs; epoch++) {
      for (const record of sampler.subset(epoch)) counts.set(record, (counts.get(record) ?? 0) + 1);
    }
    // 500 expected, standard deviation below 20.
    for (const record of train) expect(Math.abs((counts.get(record) ?? 0) - epochs * 0.25)).toBeLessThan(100);
  });

  it('is another one in every epoch and for every seed, but of the fixed methods', () => {
    const fresh = samplerOf(300, {}).sampler;
    expect(sorted(fresh.subset(1))).not.toEqual(sorted(fresh.subset(2)));
    expect(fresh.subset(1)).not.toEqual(samplerOf(300, { seed: 2 }).sampler.subset(1));
    expect(fresh.select(1)).toMatchObject({ isOrdered: true, weights: null });
    for (const method of ['random-fixed', 'dreamlearning-fixed', 'full']) {
      const { sampler } = samplerOf(300, { method });
      expect(sorted(sampler.subset(1))).toEqual(sorted(sampler.subset(2)));
      expect(sampler.subset(1)).not.toEqual(sampler.subset(2));
      // The very same object, which says that nothing has to be fetched.
      const selection = sampler.select(1);
      expect(sampler.select(2)).toBe(selection);
      const { records, isOrdered } = selection;
      expect(isOrdered).toBe(false);
      const order = epochOrder(USUAL_SELECTION.seed, 2, records.length);
      expect(sampler.subset(2)).toEqual(order.map((place) => records[place]));
    }
  });

  it('does not depend on where the pixels come from', () => {
    const subset = samplerOf(300, { method: 'random' }).sampler.subset(3);
    expect(samplerOf(300, { method: 'dreamlearning' }).sampler.subset(3)).toEqual(subset);
  });

  it('is refused when it holds nothing', () => {
    expect(() => samplerOf(30, { fraction: 0.0001 })).toThrowError(
      expect.objectContaining({ code: 'TRAINING_SUBSET_EMPTY' }),
    );
  });
});

it('draws what the first version drew', () => {
  const first = (changes: Changes) => [...samplerOf(40, { fraction: 0.2, ...changes }).sampler.subset(2)];
  expect(first({})).toEqual([10, 33, 31, 9, 19]);
  expect(first({ sampling: 'stratified', seed: 7 })).toEqual([1, 27, 15, 24, 7]);
  expect(first({ method: 'random-fixed' })).toEqual([15, 22, 1, 21, 28]);
  expect(first({ method: 'full' }).slice(0, 6)).toEqual([6, 13, 24, 12, 25, 28]);
});

it('every method that is listed is run, with the same record of itself', () => {
  expect(METHODS.all.map(({ meta }) => meta)).toEqual(METHOD_METAS.all);
  expect(() => METHODS.byName('hardest')).toThrowError(expect.objectContaining({ code: 'METHOD_UNKNOWN' }));
});

describe('classQuotas', () => {
  it('sum up to the count, and each is within one of its share', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(5000), { minLength: 1, maxLength: 40 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (sizes, share) => {
          const total = sizes.reduce((sum, size) => sum + size, 0);
          fc.pre(total > 0);
          const count = Math.round(total * share);
          const quotas = classQuotas(Uint32Array.from(sizes), count);
          expect(quotas.reduce((sum, quota) => sum + quota, 0)).toBe(count);
          quotas.forEach((quota, c) => {
            expect(quota).toBeLessThanOrEqual(sizes[c]);
            expect(Math.abs(quota - (sizes[c] * count) / total)).toBeLessThan(1);
          });
        },
      ),
    );
  });
});

describe('epochSeed', () => {
  it('gives streams of their own to purposes, epochs and neighbouring seeds', () => {
    const seeds = new Set<number>();
    for (const purpose of ['weights', 'subset', 'order', 'augment', 'selection'] as const) {
      for (let seed = 0; seed < 30; seed++) {
        for (let epoch = 0; epoch < 300; epoch++) seeds.add(epochSeed(seed, purpose, epoch));
      }
    }
    // 45,000 of 2^32: by chance fewer than one pair would meet.
    expect(seeds.size).toBeGreaterThan(5 * 30 * 300 - 5);
    expect(epochSeed(0xffffffff, 'order', 10_000)).toBeGreaterThanOrEqual(0);
  });
});
