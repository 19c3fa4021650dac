import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DEFAULT_TRAINING_SETTINGS, type Checkpoint, type TrainingRun } from '../contracts/training.ts';
import { openDatabase, type LabDatabase } from './archiveDatabase.ts';
import { createRunStore } from './runStore.ts';

let count = 0;
let name = '';
beforeEach(() => {
  name = `runs-${++count}`;
});
afterEach(() => {
  vi.restoreAllMocks();
});

const SECONDS = { fetch: 0.5, wait: 0.1, train: 2, evaluate: 0.2, select: 0 };

const runOf = (id: string, change: Partial<TrainingRun> = {}): TrainingRun => ({
  id,
  datasetId: 'pictures',
  datasetName: 'Digits',
  createdAt: 1,
  settings: { ...DEFAULT_TRAINING_SETTINGS, seed: 7 },
  archiveId: 'archive',
  division: { split: 3, testFraction: 0.25 },
  status: 'done',
  error: { code: 'TRAINING_DIVERGED', what: 'The loss is NaN.', todo: 'Lower it.' },
  backend: {
    name: 'wasm',
    device: 'WebAssembly SIMD',
    forced: false,
    reason: 'There is no WebGPU here.',
    trials: [{ name: 'webgpu', verdict: 'not here', reason: 'No adapter.', gradientError: null }],
  },
  parameters: 12,
  facts: {
    ...{ width: 2, height: 1, channels: 1, classes: 2, trainRecords: 8, testRecords: 4 },
    ...{ subsetRecords: 4, stepsPerEpoch: 1, rawBytes: 16, storageRatio: 0.5 },
    ...{ pixels: 'archive', testPixels: 'raw', fidelity: { kind: 'exact' } },
    ...{ mean: [0.5], deviation: [0.1] },
  },
  epochs: [
    {
      ...{ epoch: 1, steps: 1, pictures: 4, rate: 0.05, loss: NaN, trainAccuracy: 0.5 },
      ...{ distinctRecords: 4, seconds: SECONDS, test: { accuracy: 0.5, loss: 0.7 } },
    },
  ],
  seconds: { ...SECONDS, warmup: 1 },
  steps: 1,
  bytes: { subsets: 8, archive: 3, rawSet: 0, total: 11 },
  tensorBytes: 100,
  testBytes: 8,
  tensors: 5,
  distinctRecords: 4,
  selection: null,
  evaluation: {
    ...{ epoch: 1, accuracy: 0.5, loss: 0.7, records: 4, seconds: 0.1 },
    confusion: Uint32Array.of(1, 1, 1, 1),
    worst: {
      pictures: {
        ...{ width: 2, height: 1, channels: 1, records: Uint32Array.of(9), labels: Uint16Array.of(1) },
        pixels: Uint8Array.of(3, 4),
      },
      predicted: Uint16Array.of(0),
      confidence: Float32Array.of(0.9),
      truth: Float32Array.of(0.1),
    },
  },
  checkpoint: 0,
  notices: ['The subset is smaller than a batch.'],
  ...change,
});

const checkpointOf = (runId: string, epoch = 1, length = 6): Checkpoint => ({
  runId,
  epoch,
  settings: { ...DEFAULT_TRAINING_SETTINGS },
  pictures: {
    ...{ datasetName: 'Digits', width: 2, height: 1, channels: 1, classNames: ['0', '1'] },
    ...{ mean: [0.5], deviation: [0.1] },
  },
  weights: [
    {
      name: 'a/kernel',
      shape: [2, length / 2],
      values: new Float32Array(length).fill(epoch),
      trainable: true,
    },
  ],
  velocities: [{ name: 'a/kernel', values: new Float32Array(length) }],
  seen: Uint8Array.of(255),
});

const rawDatabase = (): Promise<LabDatabase> => openDatabase(name, () => {});
const ids = (runs: TrainingRun[]) => runs.map(({ id }) => id);

describe('runStore', () => {
  it('gives back what was written, NaN and arrays included, to another page', async () => {
    const run = runOf('r', { checkpoint: 1 });
    await createRunStore(name).save(run, checkpointOf('r'));
    const other = createRunStore(name);
    expect(await other.list('pictures')).toEqual([run]);
    expect(await other.load('r')).toEqual(checkpointOf('r'));
    expect(await other.list('others')).toEqual([]);
    expect(await other.load('x')).toBeNull();
  });

  it('lists the runs of one dataset, the oldest first, and none as being at work', async () => {
    const store = createRunStore(name);
    await store.write(runOf('late', { createdAt: 3, status: 'running' }));
    await store.write(runOf('early', { createdAt: 1, status: 'waiting' }));
    await store.write(runOf('middle', { createdAt: 2, status: 'failed' }));
    await store.write(runOf('other', { datasetId: 'others' }));
    const runs = await store.list('pictures');
    expect(runs.map(({ id, status }) => [id, status])).toEqual([
      ['early', 'paused'],
      ['middle', 'failed'],
      ['late', 'paused'],
    ]);
  });

  it('leaves the checkpoint alone when only the run is written, and says which one is there', async () => {
    const store = createRunStore(name);
    await store.save(runOf('r', { checkpoint: 4 }), checkpointOf('r', 4));
    await store.write(runOf('r', { checkpoint: 3, steps: 9 }));
    expect(await store.load('r')).toEqual(checkpointOf('r', 4));
    const [run] = await store.list('pictures');
    expect([run.checkpoint, run.steps]).toEqual([4, 9]);
    await store.write(runOf('without', { checkpoint: 5 }));
    expect((await store.list('pictures')).find(({ id }) => id === 'without')?.checkpoint).toBe(0);
  });

  it('removes runs with their checkpoints, some or all', async () => {
    const store = createRunStore(name);
    for (const id of ['a', 'b', 'c']) await store.save(runOf(id), checkpointOf(id));
    await store.remove(['a']);
    expect(ids(await store.list('pictures'))).toEqual(['b', 'c']);
    expect(await store.load('a')).toBeNull();
    await store.remove('all');
    expect(await store.list('pictures')).toEqual([]);
    expect(await (await rawDatabase()).count('checkpoints')).toBe(0);
  });

  it('keeps no more runs than it has room for, and no checkpoint of a run that went', async () => {
    const store = createRunStore(name, { mostRuns: 3 });
    vi.spyOn(Date, 'now').mockImplementation(() => ++count);
    for (const id of ['a', 'b', 'c']) await store.save(runOf(id), checkpointOf(id));
    await store.write(runOf('a')); // now b was written longest ago
    await store.write(runOf('d'));
    expect(ids(await store.list('pictures')).sort()).toEqual(['a', 'c', 'd']);
    expect(await (await rawDatabase()).getAllKeys('checkpoints')).toEqual(['a', 'c']);
  });

  it('keeps the newest checkpoints as far as there is room; their runs stay', async () => {
    // 49 bytes each: two arrays of six numbers, and one byte.
    const store = createRunStore(name, { mostCheckpointBytes: 100 });
    vi.spyOn(Date, 'now').mockImplementation(() => ++count);
    for (const id of ['a', 'b', 'c']) await store.save(runOf(id, { checkpoint: 1 }), checkpointOf(id));
    const known = async () =>
      Object.fromEntries((await store.list('pictures')).map(({ id, checkpoint }) => [id, checkpoint]));
    expect(await known()).toEqual({ a: 0, b: 1, c: 1 });
    expect(await store.load('a')).toBeNull();
    await store.save(runOf('b', { checkpoint: 2 }), checkpointOf('b', 2));
    expect(await known()).toEqual({ a: 0, b: 2, c: 1 });
    // One that is larger than all room is still the one to go on from.
    await store.save(runOf('c', { checkpoint: 2 }), checkpointOf('c', 2, 60));
    expect(await known()).toEqual({ a: 0, b: 0, c: 2 });
  });

  it('leaves out what is no run, and takes what is no checkpoint for none', async () => {
    const store = createRunStore(name);
    await store.write(runOf('good'));
    const database = await rawDatabase();
    const good = runOf('bad');
    const { evaluation, facts } = good;
    const damaged: unknown[] = [
      null,
      'text',
      [],
      { ...good, status: 'flying' },
      { ...good, settings: { ...good.settings, epochs: 1e9 } },
      { ...good, settings: { ...good.settings, width: 12 } },
      { ...good, settings: { ...good.settings, network: '__proto__' } },
      { ...good, error: { code: 'toString', what: '', todo: '' } },
      { ...good, epochs: [{ epoch: 1 }] },
      { ...good, epochs: Array.from({ length: 10_001 }, () => good.epochs[0]) },
      { ...good, facts: { ...facts, channels: 4 } },
      { ...good, facts: null },
      { ...good, facts: { ...facts, classes: 3 } },
      { ...good, evaluation: { ...evaluation, confusion: [1, 1, 1, 1] } },
      {
        ...good,
        evaluation: { ...evaluation, worst: { ...evaluation!.worst, predicted: new Uint16Array(2) } },
      },
      { ...good, bytes: { ...good.bytes, total: -1 } },
      { ...good, notices: [1] },
    ];
    for (const run of damaged) {
      const record = { id: 'bad', datasetId: 'pictures', version: 1, savedAt: 0, run };
      await database.put('runs', record);
      expect(ids(await store.list('pictures')), JSON.stringify(run)?.slice(0, 120)).toEqual(['good']);
    }
    await database.put('runs', { id: 'bad', datasetId: 'pictures', version: 2, savedAt: 0, run: good });
    expect(ids(await store.list('pictures'))).toEqual(['good']);

    const whole = checkpointOf('good');
    const facing = { runId: 'good', version: 1, savedAt: 0, bytes: 0, epoch: 1 };
    for (const checkpoint of [
      null,
      { ...whole, runId: 'other' },
      { ...whole, seen: [255] },
      { ...whole, epoch: -1 },
      { ...whole, weights: [{ ...whole.weights[0], shape: [2, 4] }] },
      { ...whole, weights: [{ ...whole.weights[0], values: new Float64Array(6) }] },
      { ...whole, velocities: {} },
    ]) {
      await database.put('checkpoints', { ...facing, checkpoint });
      expect(await store.load('good')).toBeNull();
    }
    await database.put('checkpoints', { ...facing, checkpoint: whole });
    expect(await store.load('good')).toEqual(whole);
  });

  it('gives settings that came later their usual value', async () => {
    const { prefetch: _, ...settings } = runOf('r').settings;
    const database = await rawDatabase();
    const run = { ...runOf('r'), settings };
    await database.put('runs', { id: 'r', datasetId: 'pictures', version: 1, savedAt: 0, run });
    const [found] = await createRunStore(name).list('pictures');
    expect(found.settings).toEqual(runOf('r').settings);
  });

  it('keeps what was there when there is no room for more', async () => {
    const store = createRunStore(name);
    await store.save(runOf('r', { checkpoint: 1 }), checkpointOf('r', 1));
    const put = IDBObjectStore.prototype.put;
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...request) {
      const result = put.apply(this, request);
      const tx = this.transaction as unknown as { _abort(name: string): void };
      result.addEventListener('success', () => tx._abort('QuotaExceededError'));
      return result;
    });
    await expect(store.save(runOf('r', { checkpoint: 2 }), checkpointOf('r', 2))).rejects.toMatchObject({
      code: 'STORAGE_FULL',
      message: "The browser's store has no room for a checkpoint of 49 bytes.",
    });
    await expect(store.write(runOf('r', { steps: 3 }))).rejects.toMatchObject({ code: 'STORAGE_FULL' });
    vi.restoreAllMocks();
    expect((await store.list('pictures'))[0]).toMatchObject({ checkpoint: 1, steps: 1 });
    expect(await store.load('r')).toEqual(checkpointOf('r', 1));
  });

  it('finds its place in a database of before, whose archives and sweeps stay', async () => {
    const old = await openDB(name, 2, {
      upgrade(database) {
        database.createObjectStore('chunks');
        database.createObjectStore('manifests', { keyPath: 'id' });
        database.createObjectStore('sweeps', { keyPath: 'datasetId' }).createIndex('savedAt', 'savedAt');
      },
    });
    await old.put('manifests', { id: 'kept' });
    old.close();
    await createRunStore(name).write(runOf('r'));
    expect(await (await rawDatabase()).get('manifests', 'kept')).toEqual({ id: 'kept' });
  });

  it('lists nothing where the browser holds a newer database, and refuses the rest', async () => {
    (await openDB(name, 99)).close();
    const store = createRunStore(name);
    expect(await store.list('pictures')).toEqual([]);
    const refusal = { code: 'ARCHIVE_NEWER' };
    await expect(store.write(runOf('r'))).rejects.toMatchObject(refusal);
    await expect(store.load('r')).rejects.toMatchObject(refusal);
    await expect(store.remove('all')).rejects.toMatchObject(refusal);
  });
});
