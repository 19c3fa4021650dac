import { describe, expect, it } from 'vitest';
import { LabError } from '../../errors.ts';
import { SILENT_PULSE } from '../../pulse.ts';
import { createGenerator } from '../../random.ts';
import type { Selection, SelectionContext, SelectionSettings } from '../../selection/method.ts';
import { codeOf } from '../../testing/codeOf.ts';
import { givenProbe, USUAL_SELECTION, type GivenPictures } from '../../testing/selecting.ts';
import { dq } from './dq.ts';
import { binSizes, cutIntoBins } from './graphCut.ts';

const FEATURES = 4;

/** Pictures of the classes that are given, with random features. */
function pictures(labels: number[], given: Partial<GivenPictures> = {}): GivenPictures {
  const generator = createGenerator(5);
  return {
    classes: 3,
    features: FEATURES,
    labels: Uint16Array.from(labels),
    logits: new Float32Array(labels.length * 3),
    hidden: Float32Array.from({ length: labels.length * FEATURES }, () => (generator.next() % 1000) / 250),
    ...given,
  };
}

const inTurn = (count: number) => Array.from({ length: count }, (_, record) => record % 3);

function contextOf(given: GivenPictures, settings: Partial<SelectionSettings> = {}): SelectionContext {
  const { labels, classes } = given;
  return {
    train: Uint32Array.from(labels.keys()),
    labels,
    classes,
    settings: { ...USUAL_SELECTION, ...settings },
  };
}

async function selectionOf(
  given: GivenPictures,
  settings?: Partial<SelectionSettings>,
): Promise<Required<Selection>> {
  const selector = dq.create(contextOf(given, settings));
  const selection = (await selector.select(1, givenProbe(given))) as Required<Selection>;
  expect(selector.count).toBe(selection.records.length);
  return selection;
}

describe('DQ', () => {
  it('draws the rounded share of every bin of every class', async () => {
    const given = pictures(inTurn(72));
    const { records, weights, account } = await selectionOf(given, { fraction: 0.4, bins: 5 });
    expect(weights).toBeNull();
    expect(account).toMatchObject({ seen: 72, filled: 0 });
    expect(new Set(records).size).toBe(records.length);
    const isDrawn = new Set(records);
    for (let label = 0; label < 3; label++) {
      const members = [...given.labels.keys()].filter((record) => given.labels[record] === label);
      const values = Float32Array.from(
        members.flatMap((record) => {
          const row = [...given.hidden.subarray(record * FEATURES, (record + 1) * FEATURES)];
          return row.map((value) => value / Math.sqrt(row.reduce((sum, one) => sum + one ** 2, 0)));
        }),
      );
      const { bins } = await cutIntoBins({ values, count: members.length, columns: FEATURES }, 5, {
        pulse: SILENT_PULSE,
        progress: (done) => ({ phase: '', done, total: null, unit: '' }),
      });
      // 24 pictures: bins of 4 and 5.
      expect(bins.map((bin) => [...bin].filter((place) => isDrawn.has(members[place])).length)).toEqual(
        binSizes(24, 5).map((size) => Math.round(0.4 * size)),
      );
    }
  });

  it('is everything at a share of 1, and another draw for another seed', async () => {
    const given = pictures(inTurn(64));
    const all = await selectionOf(given, { fraction: 1 });
    expect([...all.records].sort((a, b) => a - b)).toEqual([...Array(64).keys()]);
    const drawn = async (seed: number) =>
      (await selectionOf(given, { fraction: 0.5, bins: 4, seed })).records;
    expect(await drawn(1)).toEqual(await drawn(1));
    expect(await drawn(1)).not.toEqual(await drawn(2));
  });

  it('wants a first network from every picture, and chooses once by it', async () => {
    const given = pictures(inTurn(60));
    const context = contextOf(given, { fraction: 0.5, bins: 2 });
    const selector = dq.create(context);
    expect(selector.pretraining).toMatchObject({ epochs: 5, startsAnew: true, observer: null });
    expect(selector.pretraining?.records).toEqual(context.train);
    expect(dq.create(contextOf(given, { fraction: 0.5, bins: 2, pretrain: 3 })).pretraining?.epochs).toBe(3);
    expect(selector.state()).toBeNull();
    const chosen = await selector.select(1, givenProbe(given));
    expect(await selector.select(2, null)).toBe(chosen);
    const reloaded = dq.create(context);
    expect(reloaded.restore(selector.state()!)).toBe(true);
    expect((await reloaded.select(2, null)).records).toEqual(chosen.records);
  });

  it('is refused where a bin would give nothing, and says which share would do', () => {
    const refusal = (labels: number[], settings: Partial<SelectionSettings>) => {
      try {
        dq.create(contextOf(pictures(labels), settings));
        return 'taken';
      } catch (thrown) {
        return (thrown as LabError).code === 'TRAINING_SUBSET_EMPTY' ? (thrown as LabError).message : thrown;
      }
    };
    // Ten bins of 5 in every class: half a picture is none.
    expect(refusal(inTurn(150), { fraction: 0.1 })).toBe(
      '10 % of a bin of 5 pictures is none: with 10 bins of every class the share has to be above 10 %.',
    );
    expect(refusal(inTurn(150), { fraction: 0.11 })).toBe('taken');
    expect(refusal([0, 0, 0, 1], { fraction: 0.5, bins: 1 })).toBe(
      '50 % of a bin of one picture is none: with 1 bin of every class the share has to be above 50 %.',
    );
  });

  it('takes a class of one picture, and fewer pictures than bins', async () => {
    const given = pictures([0, 0, 0, 0, 1, 2, 2]);
    const { records } = await selectionOf(given, { fraction: 0.6, bins: 3 });
    expect([...records].map((record) => given.labels[record]).sort()).toEqual([0, 0, 0, 1, 2, 2]);
  });

  it('draws at random where a network makes nothing of the pictures', async () => {
    const given = pictures(inTurn(30), { hidden: new Float32Array(30 * FEATURES) });
    expect((await selectionOf(given, { fraction: 0.5, bins: 2 })).records).toHaveLength(15 - 3);
  });

  it('says that the network has diverged', async () => {
    const settings = { fraction: 0.5, bins: 2 };
    for (const broken of [NaN, Infinity]) {
      const given = pictures(inTurn(30));
      given.hidden[17] = broken;
      expect(await codeOf(selectionOf(given, settings))).toBe('TRAINING_DIVERGED');
      const other = pictures(inTurn(30));
      other.logits[17] = NaN;
      expect(await codeOf(selectionOf(other, settings))).toBe('TRAINING_DIVERGED');
    }
  });

  it('is cancelled between picks, and chooses the same when asked again', async () => {
    const given = pictures(inTurn(60));
    const settings = { fraction: 0.5, bins: 2 };
    const phases: number[] = [];
    const pulse = {
      due: () => true,
      beat: ({ done, total }: { done: number; total: number | null }) => {
        if (total !== null) phases.push(done);
        return phases.length < 4
          ? Promise.resolve()
          : Promise.reject(new LabError('CANCELLED', 'Cancelled by a test.'));
      },
    };
    const selector = dq.create(contextOf(given, settings));
    const selecting = Promise.resolve(selector.select(1, givenProbe({ ...given, pulse })));
    expect(await codeOf(selecting)).toBe('CANCELLED');
    expect(phases).toEqual([1, 2, 3, 4]);
    expect(selector.state()).toBeNull();
    const { records } = await selector.select(1, givenProbe({ ...given, pulse: SILENT_PULSE }));
    expect(records).toEqual((await selectionOf(given, settings)).records);
  });
});
