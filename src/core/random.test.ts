import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SILENT_PULSE } from './pulse.ts';
import { createGenerator, MAX_SEED, permutation, splitRecords, splitRecordsInSteps } from './random.ts';

describe('splitRecords', () => {
  it('is the same in steps, which tell how far they are and can be cancelled', async () => {
    for (const rows of [0, 1, 2, 65_536, 65_537, 140_000]) {
      for (const share of [0, 0.3, 1]) {
        const whole = splitRecords(rows, share, 5);
        const stepwise = await splitRecordsInSteps(rows, share, 5, SILENT_PULSE);
        // Every record is in one list, so that equal test records are equal splits.
        expect([stepwise.train.length, stepwise.test.join()]).toEqual([
          whole.train.length,
          whole.test.join(),
        ]);
        expect(stepwise.train.at(-1)).toBe(whole.train.at(-1));
      }
    }
    const done: number[] = [];
    await splitRecordsInSteps(140_000, 0.5, 5, {
      due: () => true,
      beat: (progress) => Promise.resolve(void done.push(progress.done / progress.total!)),
    });
    expect(done).toHaveLength(11);
    expect(done).toEqual([...done].sort((a, b) => a - b));
    const stopped = splitRecordsInSteps(9, 0.5, 5, {
      due: () => true,
      beat: () => Promise.reject(new Error('stop')),
    });
    await expect(stopped).rejects.toThrow('stop');
  });

  it('divides as archives already written say: this is part of the file format', () => {
    expect([...splitRecords(10, 0.3, 1).test]).toMatchInlineSnapshot(`
      [
        2,
        3,
        9,
      ]
    `);
    expect([...splitRecords(12, 0.25, MAX_SEED).test]).toMatchInlineSnapshot(`
      [
        1,
        8,
        10,
      ]
    `);
    expect([...permutation(8, createGenerator(7))]).toMatchInlineSnapshot(`
      [
        6,
        1,
        2,
        5,
        4,
        0,
        3,
        7,
      ]
    `);
  });

  it('puts every record in just one list, in the original order, round(rows × share) of them in the test list', () => {
    const cases = fc.record({
      rows: fc.nat(200),
      share: fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 0.05, 0.5, 1)),
      seed: fc.integer({ min: 0, max: MAX_SEED }),
    });
    fc.assert(
      fc.property(cases, ({ rows, share, seed }) => {
        const { train, test } = splitRecords(rows, share, seed);
        expect(test.length).toBe(Math.round(rows * share));
        const all = [...train, ...test].sort((a, b) => a - b);
        expect(all).toEqual(Array.from({ length: rows }, (_, i) => i));
        for (const list of [train, test]) expect([...list]).toEqual([...list].sort((a, b) => a - b));
        expect(splitRecords(rows, share, seed).test).toEqual(test);
      }),
    );
  });

  it('differs between neighbouring seeds, and shares no more records than chance gives', () => {
    let shared = 0;
    for (let seed = 0; seed < 100; seed++) {
      const a = splitRecords(400, 0.25, seed).test;
      const b = new Set(splitRecords(400, 0.25, seed + 1).test);
      expect(a.every((record) => b.has(record))).toBe(false);
      shared += a.filter((record) => b.has(record)).length;
    }
    // 100 of 400 twice share 25 on average, with a standard deviation of about 3.75; of 100 means 0.375.
    expect(Math.abs(shared / 100 - 25)).toBeLessThan(2);
  });
});

describe('permutation', () => {
  it('visits all orders about equally often', () => {
    const counts = new Map<string, number>();
    const generator = createGenerator(3);
    for (let k = 0; k < 2400; k++) {
      const order = permutation(4, generator).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(24);
    // 100 expected, standard deviation about 9.8.
    for (const count of counts.values()) expect(Math.abs(count - 100)).toBeLessThan(50);
  });

  it('of nothing and of one thing is what it has to be', () => {
    expect([...permutation(0, createGenerator(0))]).toEqual([]);
    expect([...permutation(1, createGenerator(0))]).toEqual([0]);
  });
});

describe('createGenerator', () => {
  it('refuses what is no unsigned 32-bit integer', () => {
    for (const seed of [-1, 1.5, NaN, Infinity, MAX_SEED + 1]) {
      expect(() => createGenerator(seed)).toThrow(expect.objectContaining({ code: 'SETTING_OUT_OF_RANGE' }));
    }
    expect(createGenerator(MAX_SEED).next()).not.toBe(createGenerator(0).next());
  });
});
