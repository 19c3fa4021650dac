/** Who encodes what does not matter, nor whether some of them never answer. */
import { describe, expect, it } from 'vitest';
import { joinPieces } from '../archive/container.ts';
import { CODECS } from '../codecs/registry.ts';
import { LabError } from '../errors.ts';
import type { Pulse } from '../pulse.ts';
import { SILENT_PULSE } from '../pulse.ts';
import { encodeTable, transferablesOf, type TableEncoder, type TableJob } from './encodeTable.ts';
import { encodeAllTables } from './encodeAllTables.ts';
import { makeImageArchive } from './makeImageArchive.ts';
import { DEFAULT_IMAGE_SETTINGS } from './settings.ts';
import { splitImages } from './split.ts';
import { madeFrom } from './testing/imageArchives.ts';
import { randomImages } from './testing/randomImages.ts';

const SET = randomImages({
  seed: 21,
  shape: { width: 5, height: 4, channels: 3 },
  records: 150,
  classes: 5,
  given: 'none',
});

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });

let asked = 0;
/** Lets other things happen now and then. */
const yielding: Pulse = { due: () => ++asked % 16 === 0, beat: () => pause(0) };

/** As a worker does it: everything crosses as plain data, and comes when it comes. */
function remote(milliseconds: number, seen: TableJob[] = []): TableEncoder {
  return async (job) => {
    seen.push(job);
    const crossed = structuredClone(job, { transfer: [job.train.buffer, job.test.buffer] });
    const encoded = await encodeTable(crossed, SILENT_PULSE);
    await pause(milliseconds);
    return structuredClone(encoded, { transfer: transferablesOf(encoded) });
  };
}

const dead: TableEncoder = () => new Promise(() => undefined);
const failing: TableEncoder = () => Promise.reject(new LabError('WORKER_CRASHED', 'gone'));

async function fileBy(encoders: readonly TableEncoder[], changes = {}): Promise<Uint8Array> {
  const settings = { ...DEFAULT_IMAGE_SETTINGS, ...changes };
  const label = { datasetId: 'a'.repeat(64), name: '', fileName: '' };
  const split = splitImages(SET, settings);
  const made = await makeImageArchive(SET, split, settings, label, encoders, yielding);
  expect(made.workers).toBe(encoders.length);
  return joinPieces(made.image);
}

describe('an archive', () => {
  it('is the same bytes with one encoder and with three, of which some die or are slow', async () => {
    for (const changes of [{}, { transform: 'dct' }, { classWise: false }]) {
      const alone = await fileBy([encodeTable], changes);
      const crews: TableEncoder[][] = [
        [encodeTable, remote(0), remote(5)],
        [encodeTable, dead, remote(1)],
        [encodeTable, dead, dead],
        [encodeTable, failing, remote(0)],
        [encodeTable, remote(200)],
      ];
      for (const crew of crews) expect(await fileBy(crew, changes)).toEqual(alone);
    }
  });

  it('is the same bytes with two and three encoders where all classes share a model, which is fitted once', async () => {
    const sharing = CODECS.all.filter(({ fitArchive }) => fitArchive !== undefined);
    expect(sharing.length).toBeGreaterThan(0);
    for (const { meta } of sharing) {
      const changes = { codec: meta.name };
      const alone = await fileBy([encodeTable], changes);
      for (const crew of [
        [encodeTable, remote(0)],
        [encodeTable, remote(0), remote(5)],
      ])
        expect(await fileBy(crew, changes)).toEqual(alone);
    }
  });

  it('leaves the set as it was, whatever is handed over', async () => {
    const before = SET.pixels.slice();
    const seen: TableJob[] = [];
    await fileBy([encodeTable, remote(0, seen)]);
    expect(seen.length).toBeGreaterThan(0);
    expect(SET.pixels).toEqual(before);
  });

  it('is not made when the work is cancelled, or when the first encoder fails', async () => {
    await expect(fileBy([failing, remote(0)])).rejects.toThrow('gone');
    let beats = 0;
    const stop: Pulse = {
      due: () => true,
      beat: () =>
        ++beats > 20
          ? Promise.reject<void>(new LabError('CANCELLED', 'The call was cancelled.'))
          : Promise.resolve(),
    };
    const settings = { ...DEFAULT_IMAGE_SETTINGS };
    const lists = [splitImages(SET, settings)];
    const stopped = encodeAllTables(SET, lists, settings, null, [encodeTable, dead], stop);
    await expect(stopped).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  it('reports progress in pictures', async () => {
    const seen: number[] = [];
    const pulse: Pulse = {
      due: () => true,
      beat: ({ done, total, unit }) => {
        expect([total, unit]).toEqual([150, 'pictures']);
        seen.push(done);
        return Promise.resolve();
      },
    };
    const settings = { ...DEFAULT_IMAGE_SETTINGS };
    const split = splitImages(SET, settings);
    const label = { datasetId: 'a'.repeat(64), name: '', fileName: '' };
    await makeImageArchive(SET, split, settings, label, [encodeTable], pulse);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(seen.at(-1)).toBeGreaterThan(100);
  });
});

describe('what is measured of an archive', () => {
  it('adds up', async () => {
    const made = await madeFrom(SET, { transform: 'dct' });
    const parts = Object.values({ ...made.breakdown.train }).reduce((sum, bytes) => sum + bytes, 0);
    expect(parts).toBe(made.bytes.train);
    expect(made.bytes.train + made.bytes.test).toBe(made.image.bytes);
    for (const { recordBits, bases } of made.tables) {
      const { trace, baseBits, deviationBits, baseCount } = bases!;
      expect(baseBits + deviationBits).toBe(recordBits);
      expect(trace.baseCounts[trace.chosen]).toBe(baseCount);
    }
    const bits = made.tables.reduce(
      (sum, { bases, trainRecords }) =>
        sum +
        bases!.baseCount * bases!.baseBits +
        trainRecords * (Math.ceil(Math.log2(bases!.baseCount)) + bases!.deviationBits),
      0,
    );
    expect(made.equation1Bits).toBe(bits);
  });

  it('refuses pictures that are too large for columns', async () => {
    const shape = { width: 2100, height: 2100, channels: 1 as const };
    const set = { ...SET, shape, records: 0, pixels: new Uint8Array(0), labels: new Uint16Array(0) };
    const split = { train: new Uint32Array(0), test: new Uint32Array(0) };
    const label = { datasetId: 'a'.repeat(64), name: '', fileName: '' };
    await expect(
      makeImageArchive(set, split, { ...DEFAULT_IMAGE_SETTINGS }, label, [encodeTable], SILENT_PULSE),
    ).rejects.toMatchObject({ code: 'IMAGES_TOO_LARGE' });
  });
});
