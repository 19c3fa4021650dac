import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ServedSubset } from '../../contracts/subsetPort.ts';
import { LabError } from '../../core/errors.ts';
import { useWasm } from '../testing/nodeBackend.ts';
import { makePictures } from '../testing/servedPictures.ts';
import { normalisationTable } from './normalise.ts';
import { PretrainingPictures } from './pretrainingPictures.ts';

beforeAll(useWasm);

const made = makePictures({ records: 100, width: 6, height: 6, channels: 1, classes: 3 });
const { train, labels } = made.facts;
const LENGTH = 36;
const BATCH = 8;

function opened(changes: { heldBytes?: number; pieceBytes?: number; segmentBytes?: number }) {
  const asked: number[] = [];
  const pictures = new PretrainingPictures({
    ...{ records: train, shape: { width: 6, height: 6, channels: 1 }, batch: BATCH, seed: 5 },
    ...{ table: normalisationTable({ mean: [0.3], deviation: [0.2] }), augment: 'crop-flip' },
    ...changes,
  });
  const fetch = async (records: Uint32Array): Promise<ServedSubset> => {
    asked.push(records.length);
    const pixels = new Uint8Array(records.length * LENGTH);
    records.forEach((record, k) =>
      pixels.set(made.pixels.subarray(record * LENGTH, (record + 1) * LENGTH), k * LENGTH),
    );
    const resident = { subset: pixels.length, bases: 0, index: 0, blocks: 0, total: pixels.length };
    return {
      ...{ pixels, labels: Uint16Array.from(records, (record) => labels[record]) },
      ...{ resident, bytesRead: 0, seconds: 0 },
    };
  };
  return { pictures, fetch, asked };
}

/** What an epoch's steps count: records, and their pictures as they are uploaded. */
async function epochOf({ pictures, fetch }: ReturnType<typeof opened>, epoch: number) {
  const found: { records: number[]; values: number[] }[] = [];
  pictures.begin(epoch);
  for (let step = 0; step < pictures.feed.steps; step++) {
    await pictures.supply(step, fetch);
    const batch = pictures.feed.batch(step);
    const counted = pictures.feed.counted(step);
    const records = [...pictures.recordsOf(step)];
    expect(records).toHaveLength(counted);
    expect([...batch.labels.dataSync()].slice(0, counted)).toEqual(records.map((record) => labels[record]));
    found.push({ records, values: [...batch.pictures.dataSync()].slice(0, counted * LENGTH) });
    batch.pictures.dispose();
    batch.labels.dispose();
  }
  return found;
}

describe('the pictures of epochs on every picture', () => {
  it('are the same, held or fetched in pieces', async () => {
    const before = memory().numTensors;
    const held = opened({ segmentBytes: 0 });
    const pieces = opened({ heldBytes: 0, pieceBytes: 3 * BATCH * LENGTH, segmentBytes: 0 });
    // A device that uploads two batches at once, in pieces of two uploads.
    const uploads = opened({
      ...{ heldBytes: 0, pieceBytes: 5 * BATCH * LENGTH },
      segmentBytes: 2 * BATCH * LENGTH * Float32Array.BYTES_PER_ELEMENT,
    });
    for (const epoch of [1, 2]) {
      const expected = await epochOf(held, epoch);
      expect(await epochOf(pieces, epoch)).toEqual(expected);
      expect(await epochOf(uploads, epoch)).toEqual(expected);
    }
    expect(held.asked).toEqual([80]);
    const ofOne = [24, 24, 24, 8];
    expect(pieces.asked).toEqual([...ofOne, ...ofOne]);
    expect(uploads.asked).toEqual([32, 32, 16, 32, 32, 16]);
    for (const { pictures } of [held, pieces, uploads]) pictures.dispose();
    expect(memory().numTensors).toBe(before);
  });

  it('are asked for again where they did not come', async () => {
    const { pictures, fetch, asked } = opened({});
    pictures.begin(1);
    const lost = new LabError('TRAINING_SAMPLES_LOST', 'Lost by a test.');
    await expect(pictures.supply(0, () => Promise.reject(lost))).rejects.toBe(lost);
    await pictures.supply(0, fetch);
    await pictures.supply(1, fetch);
    expect(asked).toEqual([80]);
    pictures.dispose();
  });
});
