import { describe, expect, it } from 'vitest';
import { LabError } from '../../errors.ts';
import type { Pulse } from '../../pulse.ts';
import { createGenerator } from '../../random.ts';
import { holdOut } from '../../selection/holdOut.ts';
import type { Selection, SelectionContext, SelectionSettings } from '../../selection/method.ts';
import { givenProbe, USUAL_SELECTION } from '../../testing/selecting.ts';
import { glister } from './glister.ts';

const CLASSES = 3;
const N = 300;
const EPOCH = 21;

const labels = Uint16Array.from({ length: N }, (_, i) => i % CLASSES);
const train = Uint32Array.from({ length: N }, (_, i) => i).filter((i) => i % 5 !== 4);

/** Every tenth picture is taken for another class, the others are learned more or less. */
function logitsOf(seed: number): Float32Array {
  const generator = createGenerator(seed);
  const logits = new Float32Array(N * CLASSES);
  for (let i = 0; i < N; i++) {
    const seen = i % 10 === 3 ? (labels[i] + 1) % CLASSES : labels[i];
    logits[i * CLASSES + seen] = 1 + (8 * generator.next()) / 2 ** 32 + 4;
  }
  return logits;
}

const probeOf = (pulse?: Pulse, logits = logitsOf(1)) =>
  givenProbe({
    ...{ classes: CLASSES, features: 2, labels, logits, hidden: new Float32Array(2 * N) },
    ...(pulse !== undefined && { pulse }),
  });

const contextOf = (changes: Partial<SelectionSettings> = {}): SelectionContext => ({
  ...{ train, labels, classes: CLASSES },
  settings: { ...USUAL_SELECTION, epochs: 100, ...changes },
});

const selectWith = async (changes: Partial<SelectionSettings>): Promise<Selection> =>
  glister.create(contextOf(changes)).select(EPOCH, probeOf());

const greedies = ['stochastic', 'naive', 'rounds'] as const;

describe('GLISTER', () => {
  it.each(greedies.flatMap((greedy) => [false, true].map((byClass) => ({ greedy, byClass }))))(
    'picks its share of what is not held out: $greedy, by class: $byClass',
    async (changes) => {
      const context = contextOf(changes);
      const { pool, validation } = holdOut(context, true);
      const { records, weights, account } = await selectWith(changes);
      expect(records).toHaveLength(Math.floor(0.1 * pool.length));
      expect(new Set(records).size).toBe(records.length);
      expect(records.every((record) => pool.includes(record))).toBe(true);
      expect(weights).toBeNull();
      expect(account).toMatchObject({ seen: pool.length + validation.length, filled: 0 });
      expect(account!.bytes).toBeGreaterThan(4 * CLASSES * (pool.length + 2 * validation.length));
      expect(account!.bytes).toBeLessThan(60 * N);
      const counts = [0, 1, 2].map((c) => records.filter((record) => labels[record] === c).length);
      if (changes.byClass) expect(Math.max(...counts) - Math.min(...counts)).toBeLessThan(2);
      // What is mistaken is what it is after.
      const mistaken = records.filter((record) => record % 10 === 3).length;
      expect(mistaken).toBeGreaterThan(records.length / 4);
    },
  );

  it('follows from the seed', async () => {
    const { records } = await selectWith({});
    expect((await selectWith({})).records).toEqual(records);
    expect((await selectWith({ seed: 2 })).records).not.toEqual(records);
  });

  it.each([0.005, 0.05, 1])(
    'picks fewer than its rounds, and everything: a share of %f',
    async (fraction) => {
      for (const greedy of greedies) {
        const { records } = await selectWith({ fraction, greedy });
        expect(new Set(records).size).toBe(Math.floor(fraction * 216));
      }
    },
  );

  it('is drawn at random before anything is learned, and goes on from its state', async () => {
    const selector = glister.create(contextOf());
    const first = await selector.select(1, null);
    expect(first.account).toBeUndefined();
    expect(await selector.select(20, null)).toBe(first);
    const second = await selector.select(EPOCH, probeOf());
    expect(second.records).not.toEqual(first.records);
    const resumed = glister.create(contextOf());
    expect(resumed.restore(selector.state()!)).toBe(true);
    expect((await resumed.select(EPOCH, null)).records).toEqual(second.records);
    const other = probeOf(undefined, logitsOf(2));
    expect((await resumed.select(41, other)).records).toEqual((await selector.select(41, other)).records);
  });

  it.each(greedies)('is cancelled between picks, and begins again: %s', async (greedy) => {
    const beats: (number | null)[] = [];
    const pulse: Pulse = {
      due: () => true,
      beat: ({ done, total, unit }) => {
        expect(unit).toBe('pictures');
        if (total === null) return Promise.resolve();
        beats.push(done);
        return beats.length > 2 ? Promise.reject(new LabError('CANCELLED', 'By a test.')) : Promise.resolve();
      },
    };
    const selector = glister.create(contextOf({ greedy }));
    const first = await selector.select(20, null);
    await expect(selector.select(EPOCH, probeOf(pulse))).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(beats).toEqual(greedy === 'rounds' ? [1, 2, 4] : [1, 2, 3]);
    expect(selector.state()!.records).toEqual(first.records);
    const again = await selector.select(EPOCH, probeOf());
    expect(again.records).toEqual((await selectWith({ greedy })).records);
  });

  it('refuses to judge a class by none of its own', () => {
    // Held out are 24 of 240; a class of one picture has none among them.
    const rare = Uint16Array.from(labels, (label, i) => (label === 2 && i !== 2 ? 0 : label));
    const create = (changes: Partial<SelectionSettings>) =>
      glister.create({ ...contextOf(changes), labels: rare });
    expect(() => create({ byClass: true, fraction: 1 })).toThrowError(
      expect.objectContaining({
        code: 'SELECTION_VALIDATION_CLASS',
        message: expect.stringMatching('class 2'),
      }),
    );
    // It is to give nothing.
    expect(create({ byClass: true }).count).toBe(21);
    expect(create({ fraction: 1 }).count).toBe(216);
  });

  it('refuses scores that are not numbers', async () => {
    const logits = logitsOf(1);
    logits[30] = NaN;
    await expect(glister.create(contextOf()).select(EPOCH, probeOf(undefined, logits))).rejects.toMatchObject(
      { code: 'TRAINING_DIVERGED' },
    );
  });
});
