import { describe, expect, it } from 'vitest';
import { createGenerator, permutation } from '../../random.ts';
import type { Selection, SelectionContext, SelectionSettings, Selector } from '../../selection/method.ts';
import { givenProbe, USUAL_SELECTION } from '../../testing/selecting.ts';
import { tdds } from './tdds.ts';

const CLASSES = 2;
const N = 40;
const labels = Uint16Array.from({ length: N }, (_, i) => i % CLASSES);
const train = Uint32Array.from({ length: N }, (_, i) => i).filter((i) => i % 4 !== 0);

const contextOf = (changes: Partial<SelectionSettings> = {}): SelectionContext => ({
  ...{ train, labels, classes: CLASSES },
  settings: { ...USUAL_SELECTION, pretrain: 5, window: 3, fraction: 0.2, ...changes },
});

/** It asks nothing of it. */
const probe = givenProbe({
  ...{ classes: CLASSES, features: 1, labels },
  ...{ logits: new Float32Array(0), hidden: new Float32Array(0) },
});

/** The score of the first class: record 10 jumps furthest, record 9 less; the rest stands, or is learned steadily. */
function logitOf(record: number, epoch: number, isStill: boolean): number {
  if (record === 10) return epoch === 3 || epoch === 4 ? 3 : -3;
  if (record === 9) return epoch === 5 ? 1 : -1;
  return isStill ? 3 : 3 + (epoch * record) / 40;
}

function observe(
  selector: Selector,
  { from = 1, isStill = false, last = selector.pretraining!.epochs } = {},
): void {
  const { observer, records } = selector.pretraining!;
  for (let epoch = from; epoch <= last; epoch++) {
    observer!.begin(epoch);
    const met = permutation(records.length, createGenerator(epoch)).map((place) => records[place]);
    const logits = new Float32Array(2 * met.length);
    met.forEach((record, k) => (logits[2 * k] = logitOf(record, epoch, isStill)));
    observer!.trained({ records: met.slice(0, 11), logits: logits.slice(0, 22) });
    observer!.trained({ records: met.slice(11), logits: logits.slice(22) });
    observer!.end(epoch);
  }
}

const select = async (selector: Selector): Promise<Selection> => selector.select(1, probe);

describe('TDDS', () => {
  it('keeps the most unsteady pictures, once', async () => {
    const selector = tdds.create(contextOf());
    expect(selector.count).toBe(6);
    expect(selector.pretraining).toMatchObject({ epochs: 5, records: train, startsAnew: true });
    observe(selector);
    const selection = await select(selector);
    expect([...selection.records.subarray(0, 2)]).toEqual([10, 9]);
    expect(new Set(selection.records).size).toBe(6);
    expect(selection.records.every((record) => train.includes(record))).toBe(true);
    expect(selection).toMatchObject({ weights: null, isOrdered: false, account: { seen: 30, filled: 0 } });
    expect(await selector.select(50, null)).toBe(selection);
  });

  it('draws from those that stand still where too few do not, and counts them', async () => {
    const drawn = async (seed: number) => {
      const selector = tdds.create(contextOf({ seed }));
      observe(selector, { isStill: true });
      const { records, account } = await select(selector);
      expect([...records.subarray(0, 2)]).toEqual([10, 9]);
      expect(account?.filled).toBe(4);
      return records;
    };
    expect(await drawn(1)).toEqual(await drawn(1));
    expect(await drawn(1)).not.toEqual(await drawn(2));
  });

  it('goes on from its state, among the epochs on every picture and behind them', async () => {
    const whole = tdds.create(contextOf());
    expect(whole.state()).toBeNull();
    observe(whole);
    const { records } = await select(whole);
    const first = tdds.create(contextOf());
    observe(first, { last: 3 });
    const second = tdds.create(contextOf());
    expect(second.restore(structuredClone(first.state()!))).toBe(true);
    observe(second, { from: 4 });
    // All epochs have passed, and nothing is selected yet.
    const third = tdds.create(contextOf());
    expect(third.restore(second.state()!)).toBe(true);
    expect((await select(third)).records).toEqual(records);
    const fourth = tdds.create(contextOf());
    expect(fourth.restore(third.state()!)).toBe(true);
    expect((await fourth.select(7, null)).records).toEqual(records);
    expect(tdds.create(contextOf()).restore({ ended: Uint32Array.of(1) })).toBe(false);
  });

  it('takes the largest window that fits, and its usual epochs where none are set', async () => {
    const chosen = async (changes: Partial<SelectionSettings>) => {
      const selector = tdds.create(contextOf(changes));
      observe(selector);
      return (await select(selector)).records;
    };
    expect(await chosen({ window: 50 })).toEqual(await chosen({ window: 5 }));
    expect(await chosen({ window: 2 })).toEqual(await chosen({ window: 3 }));
    expect(tdds.create(contextOf({ pretrain: 0 })).pretraining?.epochs).toBe(30);
  });

  it('refuses epochs too few to be unsteady in, shares of nothing, and what is not a number', async () => {
    const codeOf = (code: string) => expect.objectContaining({ code }) as Error;
    expect(() => tdds.create(contextOf({ pretrain: 2 }))).toThrowError(codeOf('SETTING_OUT_OF_RANGE'));
    expect(() => tdds.create(contextOf({ fraction: 0.001 }))).toThrowError(codeOf('TRAINING_SUBSET_EMPTY'));
    const selector = tdds.create(contextOf());
    observe(selector, { last: 4 });
    await expect(select(selector)).rejects.toThrow('Not all epochs');
    const { observer } = selector.pretraining!;
    observer!.begin(5);
    observer!.trained({ records: train.slice(0, 1), logits: Float32Array.of(NaN, 1) });
    observer!.end(5);
    await expect(select(selector)).rejects.toMatchObject({ code: 'TRAINING_DIVERGED' });
  });
});
