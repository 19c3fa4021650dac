import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, type SweepCell } from '../contracts/codec.ts';
import { DEFAULT_IMAGE_SETTINGS, type ImageSweepCell } from '../contracts/images.ts';
import { DEFAULT_IMAGE_PLAN } from '../contracts/imageSweep.ts';
import { openDatabase, type LabDatabase } from './archiveDatabase.ts';
import {
  createImageSweepStore,
  createTableSweepStore,
  type KeptImageSweep,
  type KeptTableSweep,
} from './storedSweep.ts';

const cell: SweepCell = {
  method: 'condensed',
  split: 1,
  beta: 8,
  samples: 40,
  trainRows: 80,
  task: 'regression',
  gd: { test: { mse: 2, r2: NaN }, iterations: 100, stop: 'limit', seconds: 0.1 },
  exact: null,
  floor: { mse: 5 },
  bytes: 178,
  bytesStored: 190,
  rawFloat64Bytes: 1920,
  encodeSeconds: 0.01,
};

const sweep: KeptTableSweep = {
  settings: { ...DEFAULT_SETTINGS, target: 'y' },
  plan: { axes: [{ name: 'beta', values: [8] }], splits: [1, 2] },
  full: [{ point: [8], cell: { ...cell, method: 'full' } }],
  runs: [{ point: [8], cell }],
  contests: [],
  failed: [],
  error: null,
  isCancelled: false,
  seconds: 3,
};

let count = 0;
let name = '';
beforeEach(() => {
  name = `sweeps-${++count}`;
});

async function rawDatabase(): Promise<LabDatabase> {
  return openDatabase(name, () => {});
}

describe('sweepStore', () => {
  it('gives back what was written, NaN included, to another page', async () => {
    await createTableSweepStore(name).write('a', sweep);
    expect(await createTableSweepStore(name).read('a')).toEqual(sweep);
    expect(await createTableSweepStore(name).read('b')).toBeNull();
  });

  it('keeps the newest sweep of a dataset, and no more datasets than it has room for', async () => {
    const store = createTableSweepStore(name);
    await store.write('d0', { ...sweep, seconds: 1 });
    await store.write('d0', { ...sweep, seconds: 2 });
    expect((await store.read('d0'))?.seconds).toBe(2);
    for (let k = 1; k <= 42; k++) await store.write(`d${k}`, sweep);
    const database = await rawDatabase();
    expect(await database.count('sweeps')).toBe(40);
    expect(await store.read('d42')).not.toBeNull();
    expect(await store.read('d0')).toBeNull();
  });

  it('forgets one, or all', async () => {
    const store = createTableSweepStore(name);
    for (const id of ['a', 'b', 'c']) await store.write(id, sweep);
    await store.forget(['a']);
    expect(await store.read('a')).toBeNull();
    expect(await store.read('b')).not.toBeNull();
    await store.forget('all');
    expect(await store.read('c')).toBeNull();
  });

  it('takes a record that is none for none', async () => {
    const store = createTableSweepStore(name);
    await store.write('a', sweep);
    const database = await rawDatabase();
    const damaged: unknown[] = [
      null,
      'text',
      [],
      { ...sweep, plan: { axes: [], splits: [1] } },
      { ...sweep, plan: { axes: [{ name: '__proto__', values: [1] }], splits: [1] } },
      { ...sweep, plan: { axes: [{ name: 'beta', values: ['8'] }], splits: [1] } },
      { ...sweep, settings: { ...sweep.settings, tau: 'many' } },
      { ...sweep, runs: [{ point: [8], cell: { ...cell, bytes: '178' } }] },
      { ...sweep, runs: [{ point: [8], cell: { ...cell, gd: null } }] },
      { ...sweep, runs: [{ point: [8, 9], cell }] },
      { ...sweep, runs: Array.from({ length: 3_000 }, () => sweep.runs[0]) },
      { ...sweep, failed: [1] },
      { ...sweep, seconds: undefined },
    ];
    for (const record of damaged) {
      await database.put('sweeps', { datasetId: 'a', version: 1, savedAt: 0, sweep: record });
      expect(await store.read('a'), JSON.stringify(record)?.slice(0, 80)).toBeNull();
    }
    await database.put('sweeps', { datasetId: 'a', version: 2, savedAt: 0, sweep });
    expect(await store.read('a')).toBeNull();
  });

  it('gives back what is done in part, and what earlier versions kept', async () => {
    const store = createTableSweepStore(name);
    const solved: SweepCell = {
      ...cell,
      gd: null,
      exact: { test: { mse: 1 }, seconds: 0.1 },
      ...{ bytes: null, bytesStored: null, encodeSeconds: null, sampleBytes: 320 },
    };
    const half = { ...sweep, runs: [{ point: [8], cell: solved }] };
    await store.write('a', half);
    expect(await store.read('a')).toEqual(half);
  });

  it('gives settings that came later their usual value', async () => {
    const store = createTableSweepStore(name);
    const { condenser: _, ...older } = sweep.settings;
    const database = await rawDatabase();
    await database.put('sweeps', {
      datasetId: 'a',
      version: 1,
      savedAt: 0,
      sweep: { ...sweep, settings: older },
    });
    expect((await store.read('a'))?.settings.condenser).toBe('own');
  });

  it('finds its place in a database of before, whose archives stay', async () => {
    const old = await openDB(name, 1, {
      upgrade(database) {
        database.createObjectStore('chunks');
        database.createObjectStore('manifests', { keyPath: 'id' });
      },
    });
    await old.put('manifests', { id: 'kept' });
    old.close();
    const store = createTableSweepStore(name);
    await store.write('a', sweep);
    const database = await rawDatabase();
    expect(await database.get('manifests', 'kept')).toEqual({ id: 'kept' });
    expect(await store.read('a')).toEqual(sweep);
  });

  it('reads nothing where the browser holds a newer database, and refuses to write', async () => {
    const newer = await openDB(name, 99);
    newer.close();
    const store = createTableSweepStore(name);
    expect(await store.read('a')).toBeNull();
    await expect(store.write('a', sweep)).rejects.toMatchObject({ code: 'ARCHIVE_NEWER' });
  });
});

describe('a sweep over pictures', () => {
  const point: ImageSweepCell = {
    settings: { ...DEFAULT_IMAGE_SETTINGS, tau: 16 },
    ...{ records: 10, rawBytes: 120, bytes: 60, equation1Bits: 480.5, baseCount: 3 },
    fidelity: { kind: 'near', psnr: 51.4, maxError: 4, exactShare: 0.6 },
    ...{ encodeSeconds: 0.1, decodeSeconds: 0.05 },
  };
  const kept: KeptImageSweep = {
    settings: { ...DEFAULT_IMAGE_SETTINGS },
    plan: { ...DEFAULT_IMAGE_PLAN },
    cells: [point, { ...point, fidelity: { kind: 'exact' }, equation1Bits: null, baseCount: null }],
    ...{ failed: [], error: null, isCancelled: true, seconds: 2 },
  };

  it('is given back as it was written, and no sweep over a table is taken for one', async () => {
    await createImageSweepStore(name).write('a', kept);
    await createTableSweepStore(name).write('b', sweep);
    expect(await createImageSweepStore(name).read('a')).toEqual(kept);
    expect(await createImageSweepStore(name).read('b')).toBeNull();
    expect(await createTableSweepStore(name).read('a')).toBeNull();
  });

  it('is not read where it is damaged', async () => {
    const damaged = [
      { ...kept, plan: { ...kept.plan, taus: ['x'] } },
      { ...kept, settings: { ...kept.settings, tau: -1 } },
      { ...kept, cells: [{ ...point, bytes: -1 }] },
      { ...kept, cells: [{ ...point, settings: { ...point.settings, transform: '__proto__' } }] },
    ];
    for (const one of damaged) {
      await createImageSweepStore(name).write('a', one as KeptImageSweep);
      expect(await createImageSweepStore(name).read('a')).toBeNull();
    }
  });
});
