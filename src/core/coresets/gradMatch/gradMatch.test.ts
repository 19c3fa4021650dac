import { describe, expect, it } from 'vitest';
import { LabError } from '../../errors.ts';
import type { Pulse } from '../../pulse.ts';
import { createGenerator } from '../../random.ts';
import { classQuotas } from '../../selection/draw.ts';
import type { Selection, SelectionContext, SelectionSettings } from '../../selection/method.ts';
import type { NetworkProbe } from '../../selection/probe.ts';
import { codeOf } from '../../testing/codeOf.ts';
import { givenProbe, USUAL_SELECTION } from '../../testing/selecting.ts';
import { writeResidual } from '../lastLayer.ts';
import { gradMatch } from './gradMatch.ts';

const CLASSES = 3;
const FEATURES = 5;
const N = 240;
const EPOCH = 21;

// A class of one picture beside two large ones of different sizes.
const labels = Uint16Array.from({ length: N }, (_, i) => (i === 7 ? 2 : i % 3 === 0 ? 1 : 0));
const train = Uint32Array.from({ length: N }, (_, i) => i).filter((i) => i % 6 !== 5);

const generator = createGenerator(5);
const chance = () => (generator.next() >>> 0) / 2 ** 32;
const logits = Float32Array.from({ length: N * CLASSES }, () => 4 * chance());
const hidden = Float32Array.from({ length: N * FEATURES }, () => Math.max(0, 2 * chance() - 0.8));

/** A network that has learned everything: softmax is 0 but for the true class. */
const certain = Float32Array.from({ length: N * CLASSES }, (_, k) =>
  k % CLASSES === labels[Math.floor(k / CLASSES)] ? 1e4 : -1e4,
);

const probeOf = (changes: Partial<Parameters<typeof givenProbe>[0]> = {}): NetworkProbe =>
  givenProbe({ classes: CLASSES, features: FEATURES, labels, logits, hidden, ...changes });

const contextOf = (changes: Partial<SelectionSettings> = {}): SelectionContext => ({
  ...{ train, labels, classes: CLASSES },
  settings: { ...USUAL_SELECTION, ...{ epochs: 100, holdOut: false, batch: 8 }, ...changes },
});

const selectWith = async (
  changes: Partial<SelectionSettings>,
  probe: NetworkProbe | null = probeOf(),
  epoch = EPOCH,
): Promise<Selection> => gradMatch.create(contextOf(changes)).select(epoch, probe);

/** Σ w g of pictures, all numbers of the last layer. */
function sumOfGradients(records: Iterable<number>, weights: ArrayLike<number> | null): number[] {
  const sum = new Array<number>(CLASSES * (FEATURES + 1)).fill(0);
  const residual = new Float32Array(CLASSES);
  let s = 0;
  for (const record of records) {
    writeResidual(logits, record * CLASSES, labels[record], CLASSES, residual, 0);
    const weight = weights === null ? 1 : weights[s];
    const features = [1, ...hidden.subarray(record * FEATURES, (record + 1) * FEATURES)];
    residual.forEach((delta, c) =>
      features.forEach((feature, k) => (sum[c * (FEATURES + 1) + k] += weight * delta * feature)),
    );
    s++;
  }
  return sum;
}

/** Length of the difference of the two directions. */
function apart(a: number[], b: number[]): number {
  const [p, q] = [Math.hypot(...a), Math.hypot(...b)];
  return Math.hypot(...a.map((entry, k) => entry / p - b[k] / q));
}

const gradients = ['layer', 'row', 'batch'] as const;

describe('GRAD-MATCH', () => {
  it.each(gradients)(
    'picks each record once, weighs none below 0, and follows from the seed: %s',
    async (gradient) => {
      const changes = { gradient, fraction: 0.3, holdOut: true };
      const { records, weights, account } = await selectWith(changes);
      const pool = 180;
      expect(records).toHaveLength(gradient === 'batch' ? 48 : 54);
      expect(new Set(records).size).toBe(records.length);
      expect(records.every((record) => train.includes(record))).toBe(true);
      expect(weights).toHaveLength(records.length);
      expect(weights!.every((weight) => weight >= 0)).toBe(true);
      expect(weights!.reduce((sum, weight) => sum + weight, 0) / records.length).toBeCloseTo(1, 5);
      expect(account!.seen).toBeGreaterThan(pool - 8);
      expect(account!.seen).toBeLessThanOrEqual(pool);
      expect(account!.bytes).toBeGreaterThan(0);
      expect(await selectWith(changes)).toMatchObject({ records, weights });
    },
  );

  it('gives every class its share', async () => {
    const { records } = await selectWith({ fraction: 0.2 });
    const countsOf = (of: Uint32Array) => {
      const counts = new Uint32Array(CLASSES);
      for (const record of of) counts[labels[record]]++;
      return counts;
    };
    expect(countsOf(records)).toEqual(classQuotas(countsOf(train), Math.floor(0.2 * train.length)));
  });

  it('matches the sum of all gradients better than as many pictures of equal weight', async () => {
    const all = sumOfGradients(train, null);
    // λ as small as the gradients here are few.
    const { records, weights, account } = await selectWith({ fraction: 0.1, ridge: 1e-6 });
    expect(account!.filled).toBe(0);
    expect(apart(sumOfGradients(records, weights), all)).toBeLessThan(0.05);
    expect(apart(sumOfGradients(records, null), all)).toBeGreaterThan(0.2);
  });

  it('needs no more pictures of a class than a row has numbers, and draws the rest', async () => {
    const { records, weights, account } = await selectWith({ gradient: 'row', fraction: 0.3, ridge: 0 });
    const picked = records.length - account!.filled;
    expect(picked).toBeLessThanOrEqual(2 * (FEATURES + 1));
    expect(account!.filled).toBeGreaterThan(records.length / 2);
    // A drawn one stands for itself, and all others for the rest of their class.
    const least = Math.min(...weights!);
    expect(weights!.filter((weight) => weight === least).length).toBeLessThanOrEqual(account!.filled);
    expect(new Set(records).size).toBe(records.length);
  });

  it('picks consecutive batches with one weight each', async () => {
    const { records, weights } = await selectWith({ gradient: 'batch', fraction: 0.3 });
    for (let first = 0; first < records.length; first += 8) {
      const place = train.indexOf(records[first]);
      expect(place % 8).toBe(0);
      expect(records.slice(first, first + 8)).toEqual(train.slice(place, place + 8));
      expect(new Set(weights!.slice(first, first + 8)).size).toBe(1);
    }
    expect(new Set(weights).size).toBe(records.length / 8);
  });

  it.each(gradients)('draws everything where no picture has a gradient: %s', async (gradient) => {
    const { records, weights, account } = await selectWith(
      { gradient, fraction: 0.3 },
      probeOf({ logits: certain }),
    );
    expect(account!.filled).toBe(records.length);
    expect(new Set(records).size).toBe(records.length);
    const [least, most] = [Math.min(...weights!), Math.max(...weights!)];
    expect(least).toBeGreaterThan(0.8);
    expect(most).toBeLessThan(1.2);
  });

  it('takes a class of one picture, and everything, as it is', async () => {
    const { records, weights } = await selectWith({ fraction: 1 });
    expect([...records].sort((a, b) => a - b)).toEqual([...train]);
    expect(new Set(weights)).toEqual(new Set([1]));
    const few = await selectWith({ fraction: 0.9 });
    expect(few.records).toContain(7);
  });

  it('begins at once after a warm start, which trains on the pool', async () => {
    const selector = gradMatch.create(contextOf({ fraction: 0.1, warmStart: 0.5, holdOut: true }));
    expect(selector.pretraining).toMatchObject({ epochs: 5, startsAnew: false });
    expect(selector.pretraining!.records).toHaveLength(180);
    const { account } = await selector.select(1, probeOf());
    expect(account!.seen).toBeGreaterThan(0);
  });

  it('goes on alike from its state', async () => {
    const changes = { fraction: 0.2, ridge: 0.01 };
    const selector = gradMatch.create(contextOf(changes));
    const first = await selector.select(EPOCH, probeOf());
    const resumed = gradMatch.create(contextOf(changes));
    expect(resumed.restore(selector.state()!)).toBe(true);
    const again = await resumed.select(EPOCH + 1, null);
    expect(again).toMatchObject({ records: first.records, weights: first.weights });
    const [next, same] = [
      await selector.select(EPOCH + 20, probeOf()),
      await resumed.select(EPOCH + 20, probeOf()),
    ];
    expect(same).toMatchObject({ records: next.records, weights: next.weights });
  });

  it('ends between picks when it is cancelled, and nothing has changed', async () => {
    let picks = 0;
    const pulse: Pulse = {
      due: () => true,
      beat: ({ total }) => {
        // Of the pictures that are looked at no total is said here.
        if (total !== null) picks++;
        return picks < 3 ? Promise.resolve() : Promise.reject(new LabError('CANCELLED', 'Enough.'));
      },
    };
    const selector = gradMatch.create(contextOf({ fraction: 0.2 }));
    const standing = await selector.select(1, probeOf());
    expect(await codeOf(Promise.resolve(selector.select(EPOCH, probeOf({ pulse }))))).toBe('CANCELLED');
    expect(picks).toBe(3);
    expect(selector.state()!.records).toEqual(standing.records);
  });

  it.each([
    ['features', { hidden: hidden.map((value, k) => (k === 40 ? NaN : value)) }],
    ['scores', { logits: logits.map((value, k) => (k === 40 ? Infinity : value)) }],
  ])('says that a network has diverged: %s', async (_name, given) => {
    for (const gradient of gradients) {
      expect(await codeOf(selectWith({ gradient }, probeOf(given)))).toBe('TRAINING_DIVERGED');
    }
  });

  it('refuses what would not fit before it looks at any picture', async () => {
    const many = 200_000;
    const context = {
      train: Uint32Array.from({ length: many }, (_, i) => i),
      labels: new Uint16Array(many),
      classes: 2,
    };
    const probe: NetworkProbe = {
      ...probeOf(),
      batches: () => {
        throw new Error('A picture was looked at.');
      },
    };
    for (const gradient of ['layer', 'batch'] as const) {
      const { settings } = contextOf({ gradient, batch: 1 });
      const selector = gradMatch.create({ ...context, settings });
      expect(await codeOf(Promise.resolve(selector.select(EPOCH, probe)))).toBe('SELECTION_TOO_LARGE');
    }
  });

  it('says that the share is less than a batch', async () => {
    const made = (async () => gradMatch.create(contextOf({ gradient: 'batch', fraction: 0.03 })))();
    expect(await codeOf(made)).toBe('TRAINING_SUBSET_EMPTY');
  });
});
