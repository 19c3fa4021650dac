import { describe, expect, it } from 'vitest';
import { LabError } from '../../errors.ts';
import { SILENT_PULSE } from '../../pulse.ts';
import { createGenerator } from '../../random.ts';
import type { Selection, SelectionContext, SelectionSettings } from '../../selection/method.ts';
import { codeOf } from '../../testing/codeOf.ts';
import { givenProbe, USUAL_SELECTION, type GivenPictures } from '../../testing/selecting.ts';
import { craig } from './craig.ts';

const CLASSES = 3;

/** Pictures of three classes in turn, with random scores. */
function pictures(count: number, given: Partial<GivenPictures> = {}): GivenPictures {
  const generator = createGenerator(7);
  const logits = Float32Array.from({ length: count * CLASSES }, () => (generator.next() % 1000) / 250);
  return {
    classes: CLASSES,
    features: 1,
    labels: Uint16Array.from({ length: count }, (_, record) => record % CLASSES),
    logits,
    hidden: new Float32Array(count),
    ...given,
  };
}

function contextOf(given: GivenPictures, settings: Partial<SelectionSettings> = {}): SelectionContext {
  const { labels, classes } = given;
  return {
    train: Uint32Array.from(labels.keys()),
    labels,
    classes,
    settings: { ...USUAL_SELECTION, holdOut: false, ...settings },
  };
}

/** What is selected where the network is asked for the first time. */
async function selectionOf(
  given: GivenPictures,
  settings?: Partial<SelectionSettings>,
): Promise<Required<Selection>> {
  const selector = craig.create(contextOf(given, settings));
  return (await selector.select(21, givenProbe(given))) as Required<Selection>;
}

const countsOf = ({ records, weights }: Required<Selection>, labels: Uint16Array) => {
  const counts = Array.from({ length: CLASSES }, () => ({ picked: 0, weight: 0 }));
  records.forEach((record, k) => {
    counts[labels[record]].picked++;
    counts[labels[record]].weight += weights![k];
  });
  return counts;
};

describe('CRAIG', () => {
  it('picks the same share of every class, whose weights are its members', async () => {
    const given = pictures(90);
    const selection = await selectionOf(given, { fraction: 0.2 });
    expect(new Set(selection.records).size).toBe(18);
    expect(countsOf(selection, given.labels)).toEqual(Array(3).fill({ picked: 6, weight: 30 }));
    expect(Math.min(...selection.weights!)).toBeGreaterThanOrEqual(1);
    expect(selection.account).toMatchObject({ seen: 90, filled: 0 });
    expect(selection.account.bytes).toBeGreaterThan(90 * CLASSES * 4);
  });

  it('stands for a cluster by its middle, and for an outlier by itself', async () => {
    // Scores of the true class, 0, against class 1: five easy pictures, three doubtful ones, one that is wrong.
    const margins = [9, 10, 11, 10.5, 9.5, 0.1, 0, -0.1, -8];
    const logits = Float32Array.from(margins.flatMap((margin) => [margin, 0, -30]));
    const given = pictures(9, { labels: new Uint16Array(9), logits });
    const { records, weights } = await selectionOf(given, { fraction: 3 / 9 });
    const weightOf = new Map([...records].map((record, k) => [record, weights![k]]));
    expect([weightOf.size, weightOf.get(6), weightOf.get(8)]).toEqual([3, 3, 1]);
    expect([...records].filter((record) => record < 5).map((record) => weightOf.get(record))).toEqual([5]);
  });

  it('is a random draw first, then the same for a seed, and changes with the network only when it is due', async () => {
    const given = pictures(60);
    const context = contextOf(given, { reselect: 3, fraction: 0.2 });
    const [one, two] = [craig.create(context), craig.create(context)];
    const drawn = await one.select(1, null);
    expect([drawn.weights, drawn.records.length, one.count]).toEqual([null, 12, 12]);
    expect(await one.select(3, null)).toBe(drawn);
    const chosen = await one.select(4, givenProbe(given));
    expect(chosen.records).not.toEqual(drawn.records);
    expect(await one.select(6, null)).toBe(chosen);
    expect(two.restore(one.state()!)).toBe(true);
    const { records, weights } = chosen;
    expect(await two.select(6, null)).toEqual({ records, weights, isOrdered: false });
    const other = pictures(60, { logits: given.logits.slice().reverse() });
    const [next, again] = [await one.select(7, givenProbe(other)), await two.select(7, givenProbe(other))];
    expect([again.records, again.weights]).toEqual([next.records, next.weights]);
    expect(next.records).not.toEqual(chosen.records);
  });

  it('picks nothing that is held out', async () => {
    const given = pictures(100);
    const drawn = async (seed: number) =>
      new Set((await selectionOf(given, { holdOut: true, fraction: 1, seed })).records);
    const [first, second] = [await drawn(1), await drawn(2)];
    expect([first.size, second.size]).toEqual([90, 90]);
    expect(first).not.toEqual(second);
  });

  it('takes a class of one picture, and gives no quota to a class that is too small', async () => {
    const given = pictures(41, {
      labels: Uint16Array.from({ length: 41 }, (_, k) => (k === 40 ? 2 : k % 2)),
    });
    const all = await selectionOf(given, { fraction: 1 });
    expect(new Set(all.records).size).toBe(41);
    expect(all.weights!.every((weight) => weight === 1)).toBe(true);
    const few = await selectionOf(given, { fraction: 0.1 });
    expect(countsOf(few, given.labels)).toEqual([
      { picked: 2, weight: 20 },
      { picked: 2, weight: 20 },
      { picked: 0, weight: 0 },
    ]);
  });

  it('fills a class up at random where its gradients are all alike, or 0', async () => {
    for (const score of [0, 1e4]) {
      const logits = Float32Array.from({ length: 60 * CLASSES }, (_, at) => (at % CLASSES === 0 ? score : 0));
      const given = pictures(60, { labels: new Uint16Array(60), logits });
      const [selection, other] = [
        await selectionOf(given, { fraction: 0.5 }),
        await selectionOf(given, { fraction: 0.5, seed: 2 }),
      ];
      expect(selection.account.filled).toBe(30);
      expect(new Set(selection.records).size).toBe(30);
      expect([...selection.weights!]).toEqual(Array(30).fill(2));
      expect(selection.records).not.toEqual(other.records);
    }
  });

  it('fills a class up at random where every gradient lies on a picked one', async () => {
    // Twenty pictures with one score, ten with another.
    const logits = Float32Array.from({ length: 30 * CLASSES }, (_, at) =>
      at % CLASSES > 0 ? 0 : at < 20 * CLASSES ? 2 : -1,
    );
    const given = pictures(30, { labels: new Uint16Array(30), logits });
    const { records, weights, account } = await selectionOf(given, { fraction: 0.2 });
    expect(account.filled).toBe(4);
    expect(new Set(records).size).toBe(6);
    const drawn = [...records].slice(2).filter((record) => record < 20).length;
    expect([...records].slice(0, 2)).toEqual([0, 20]);
    expect([...weights!]).toEqual([20 - drawn, 10 - (4 - drawn), 1, 1, 1, 1]);
  });

  it('says that the network has diverged, and that a share is too small', async () => {
    const given = pictures(30);
    given.logits[40] = NaN;
    expect(await codeOf(selectionOf(given))).toBe('TRAINING_DIVERGED');
    expect(() => craig.create(contextOf(given, { fraction: 0.035, holdOut: true }))).toThrow(
      expect.objectContaining({
        code: 'TRAINING_SUBSET_EMPTY',
        message: '3.5 % of 27 training pictures is less than one picture.',
      }),
    );
  });

  it('is cancelled between picks, changes nothing, and selects the same when asked again', async () => {
    const given = pictures(90);
    let left = 40;
    const pulse = {
      ...SILENT_PULSE,
      due: () => --left < 0,
      beat: () => Promise.reject(new LabError('CANCELLED', 'By a test.')),
    };
    const selector = craig.create(contextOf(given, { fraction: 0.2 }));
    const before = selector.state();
    expect(await codeOf(Promise.resolve(selector.select(21, givenProbe({ ...given, pulse }))))).toBe(
      'CANCELLED',
    );
    expect(selector.state()).toEqual(before);
    const { records } = await selector.select(21, givenProbe(given));
    expect(records).toEqual((await selectionOf(given, { fraction: 0.2 })).records);
  });
});
