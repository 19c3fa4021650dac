import { memory, type Tensor } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { makePictures } from '../testing/servedPictures.ts';
import { useWasm } from '../testing/nodeBackend.ts';
import { evaluate, type TestPictures } from './evaluate.ts';
import { mixBits } from '../../core/selection/epochSeed.ts';
import { EpochFeed, type FeedOptions } from './feed.ts';
import { normalisationTable } from './normalise.ts';
import { matMul, reshape, tensor2d, tidy } from '@tensorflow/tfjs-core';

const shape = { width: 3, height: 2, channels: 1 as const };
/** A value of 100 becomes 100. */
const table = normalisationTable({ mean: [0], deviation: [1 / 255] });

beforeAll(useWasm);

function feedOf(changes: Partial<FeedOptions>): EpochFeed {
  return new EpochFeed({ shape, count: 7, batch: 3, table, augment: 'none', seed: 1, ...changes });
}

/** Picture k is six times the value k. */
function numbered(count: number) {
  return {
    pixels: Uint8Array.from({ length: count * 6 }, (_, k) => Math.floor(k / 6)),
    labels: Uint16Array.from({ length: count }, (_, k) => k * 2),
  };
}

const numbers = (tensor: Tensor) => [...tensor.dataSync()].map((value) => Math.round(value));

function read(feed: EpochFeed, step: number) {
  const batch = feed.batch(step);
  const pictures = numbers(batch.pictures).filter((_, k) => k % 6 === 0);
  const read = { pictures, labels: numbers(batch.labels), mask: numbers(batch.mask) };
  expect(batch.pictures.shape).toEqual([3, 2, 3, 1]);
  batch.pictures.dispose();
  batch.labels.dispose();
  return read;
}

describe('EpochFeed', () => {
  it.each([
    ['one segment', 64 * 1024 * 1024],
    ['a segment of two batches', 2 * 3 * 6 * 4],
    ['a segment of one batch, though it is larger than it may be', 10],
  ])('cuts an epoch into batches of one shape and fills up the last one: %s', (_, segmentBytes) => {
    const feed = feedOf({ segmentBytes });
    expect(feed.steps).toBe(3);
    const before = memory().numTensors;
    for (const epoch of [1, 2]) {
      feed.begin({ ...numbered(7), order: null, weights: null, epoch });
      expect(read(feed, 0)).toEqual({ pictures: [0, 1, 2], labels: [0, 2, 4], mask: [1, 1, 1] });
      expect(read(feed, 1)).toEqual({ pictures: [3, 4, 5], labels: [6, 8, 10], mask: [1, 1, 1] });
      expect(read(feed, 2)).toEqual({ pictures: [6, 0, 1], labels: [12, 0, 2], mask: [1, 0, 0] });
    }
    // An earlier one again, as after a pause.
    expect(read(feed, 1).pictures).toEqual([3, 4, 5]);
    feed.end();
    expect(memory().numTensors).toBe(before);
    feed.dispose();
    expect(memory().numTensors).toBe(before - 2);
  });

  it('follows an order, and repeats pictures when there are fewer than a batch', () => {
    const feed = feedOf({ count: 2, batch: 3 });
    feed.begin({ ...numbered(2), order: Uint32Array.of(1, 0), weights: null, epoch: 1 });
    expect(read(feed, 0)).toEqual({ pictures: [1, 0, 1], labels: [2, 0, 2], mask: [1, 1, 0] });
    feed.dispose();
  });

  it('divides weights by their mean, and hands out the mask itself where there are none', () => {
    const feed = feedOf({ segmentBytes: 2 * 3 * 6 * 4 });
    const before = memory().numTensors;
    const weightsOf = (step: number) => {
      const { pictures, labels, mask, weights } = feed.batch(step);
      const read = [...weights.dataSync()].map((weight) => Number(weight.toFixed(5)));
      pictures.dispose();
      labels.dispose();
      return { read, isMask: mask === weights };
    };
    // Their mean is 0.004, far below 1.
    const weights = Float32Array.of(0, 4, 8, 2, 2, 4, 8).map((weight) => weight / 1000);
    const order = Uint32Array.of(6, 5, 4, 3, 2, 1, 0);
    feed.begin({ ...numbered(7), order, weights, epoch: 1 });
    expect(weightsOf(0)).toEqual({ read: [2, 1, 0.5], isMask: false });
    expect(weightsOf(1)).toEqual({ read: [0.5, 2, 1], isMask: false });
    // The last one of weight 0, and two that only fill up.
    expect(weightsOf(2)).toEqual({ read: [0, 0, 0], isMask: false });
    expect(feed.weightSum).toBeCloseTo(7, 5);
    feed.end();
    expect(memory().numTensors).toBe(before);
    feed.begin({ ...numbered(7), order, weights: null, epoch: 2 });
    expect(weightsOf(2)).toEqual({ read: [1, 0, 0], isMask: true });
    expect(feed.weightSum).toBe(7);
    feed.dispose();
  });

  it('shifts pictures anew in every epoch, and the same ones again', () => {
    const size = { width: 16, height: 16, channels: 3 as const };
    const { pixels, facts } = makePictures({ ...size, records: 8, classes: 2 });
    const colours = normalisationTable({ mean: [0, 0, 0], deviation: [1, 1, 1] });
    const feed = feedOf({ shape: size, count: 8, batch: 8, augment: 'crop-flip', table: colours });
    const epochs = [1, 2, 1].map((epoch) => {
      feed.begin({ pixels, labels: facts.labels, order: null, weights: null, epoch });
      const { pictures, labels } = feed.batch(0);
      const read = pictures.dataSync().slice();
      pictures.dispose();
      labels.dispose();
      return read;
    });
    expect(epochs[0]).not.toEqual(epochs[1]);
    expect(epochs[0]).toEqual(epochs[2]);
    feed.dispose();
  });
});

describe('evaluate', () => {
  const records = 300;
  /** Three classes; the first three pixels of a picture are its scores. */
  const pixels = Uint8Array.from({ length: records * 6 }, (_, k) => mixBits(k + 1) % 200);
  const test: TestPictures = {
    shape,
    classes: 3,
    records: Uint32Array.from({ length: records }, (_, k) => 1000 + k),
    pixels,
    labels: Uint16Array.from({ length: records }, (_, k) => k % 3),
  };
  const watch = { pause: () => Promise.resolve(), guard: <T>(promise: Promise<T>) => promise };
  const scale = 0.02;
  const gives = 'logits' as const;
  const firstThree = () =>
    tensor2d([scale, 0, 0, 0, scale, 0, 0, 0, scale, 0, 0, 0, 0, 0, 0, 0, 0, 0], [6, 3]);
  const predict = (pictures: Tensor) =>
    tidy(() => matMul<Tensor>(reshape(pictures, [-1, 6]), firstThree()) as ReturnType<typeof tensor2d>);

  const expected = Array.from({ length: records }, (_, k) => {
    const scores = [0, 1, 2].map((c) => pixels[k * 6 + c] * scale);
    const sum = scores.reduce((total, score) => total + Math.exp(score), 0);
    return { place: k, best: scores.indexOf(Math.max(...scores)), loss: Math.log(sum) - scores[k % 3] };
  });

  it('counts, averages and keeps the worst, the greatest loss first', async () => {
    const before = memory().numTensors;
    const { confusion, accuracy, loss, worst, ...rest } = await evaluate(
      { predict, gives },
      test,
      table,
      7,
      watch,
    );
    expect(memory().numTensors).toBe(before);
    expect(rest).toMatchObject({ epoch: 7, records });
    expect(accuracy).toBe(expected.filter(({ place, best }) => best === place % 3).length / records);
    expect(loss).toBeCloseTo(expected.reduce((sum, one) => sum + one.loss, 0) / records, 5);
    const counted = new Uint32Array(9);
    for (const { place, best } of expected) counted[(place % 3) * 3 + best]++;
    expect(confusion).toEqual(counted);
    const byLoss = expected.toSorted((a, b) => b.loss - a.loss || a.place - b.place).slice(0, 24);
    expect([...worst.pictures.records].sort()).toEqual(byLoss.map(({ place }) => 1000 + place).sort());
    worst.pictures.records.forEach((record, k) => {
      expect(worst.predicted[k]).toBe(expected[record - 1000].best);
      expect(worst.truth[k]).toBeCloseTo(Math.exp(-byLoss[k].loss), 5);
    });
    expect(worst.confidence[0]).toBeGreaterThan(worst.truth[0]);
    expect([...worst.pictures.pixels.subarray(0, 6)]).toEqual([
      ...pixels.subarray((worst.pictures.records[0] - 1000) * 6, (worst.pictures.records[0] - 999) * 6),
    ]);
  });

  it('takes probabilities as they are', async () => {
    const certain = (pictures: Tensor) =>
      tensor2d(Array.from({ length: pictures.shape[0] }, () => [0.5, 0.25, 0.25]));
    const { loss, accuracy } = await evaluate(
      { predict: certain, gives: 'probabilities' },
      test,
      table,
      0,
      watch,
    );
    expect(accuracy).toBeCloseTo(1 / 3);
    expect(loss).toBeCloseTo((Math.log(2) + 2 * Math.log(4)) / 3, 5);
  });

  it('can be interrupted after any batch, and leaves nothing behind', async () => {
    const before = memory().numTensors;
    const pause = (done: number) => (done > 128 ? Promise.reject(new Error('enough')) : Promise.resolve());
    await expect(evaluate({ predict, gives }, test, table, 1, { ...watch, pause })).rejects.toThrow('enough');
    expect(memory().numTensors).toBe(before);
  });

  it('says so when the scores are no numbers', async () => {
    const broken = (pictures: Tensor) =>
      tensor2d(Array.from({ length: pictures.shape[0] }, () => [1, NaN, 0]));
    await expect(evaluate({ predict: broken, gives }, test, table, 1, watch)).rejects.toMatchObject({
      code: 'TRAINING_DIVERGED',
    });
  });
});
