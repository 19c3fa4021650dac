import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { METHOD_METAS } from '../../contracts/methods.ts';
import { epochSeed } from '../../core/selection/epochSeed.ts';
import { classQuotas, EpochSampler, type SamplerSettings } from './sampler.ts';

const CLASSES = 4;

const settings = (changes: Partial<SamplerSettings> = {}): SamplerSettings => ({
  method: 'dreamlearning',
  fraction: 0.1,
  sampling: 'uniform',
  seed: 1,
  ...changes,
});

/** Every third record is a test record; classes are of very different sizes. */
function recordsOf(n: number): { train: Uint32Array; labels: Uint16Array } {
  const labels = Uint16Array.from({ length: n }, (_, k) =>
    k % 7 === 0 ? 0 : k % 5 === 0 ? 1 : k % 2 === 0 ? 2 : 3,
  );
  return { train: Uint32Array.from({ length: n }, (_, k) => k).filter((k) => k % 3 !== 2), labels };
}

const samplerOf = (n: number, changes: Partial<SamplerSettings>) => {
  const { train, labels } = recordsOf(n);
  return { train, labels, sampler: new EpochSampler(settings(changes), train, labels, CLASSES) };
};

const sorted = (records: Uint32Array) => [...records].sort((a, b) => a - b);

const methods = fc.constantFrom(...METHOD_METAS.names);
const samplings = fc.constantFrom<SamplerSettings['sampling']>('uniform', 'stratified');

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
    for (const method of ['random-fixed', 'dreamlearning-fixed', 'full'] as const) {
      const { sampler } = samplerOf(300, { method });
      expect(sorted(sampler.subset(1))).toEqual(sorted(sampler.subset(2)));
      expect(sampler.subset(1)).not.toEqual(sampler.subset(2));
      const order = sampler.fixedOrder(2);
      const records = sampler.fixedRecords();
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
    for (const purpose of ['weights', 'subset', 'order', 'augment'] as const) {
      for (let seed = 0; seed < 30; seed++) {
        for (let epoch = 0; epoch < 300; epoch++) seeds.add(epochSeed(seed, purpose, epoch));
      }
    }
    // 36,000 of 2^32: by chance fewer than one pair would meet.
    expect(seeds.size).toBeGreaterThan(4 * 30 * 300 - 5);
    expect(epochSeed(0xffffffff, 'order', 10_000)).toBeGreaterThanOrEqual(0);
  });
});
