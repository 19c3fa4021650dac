import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { expect, it, vi } from 'vitest';
import { explainStorage, openDatabase, type LabDatabase } from './archiveDatabase.ts';

const first = (database: LabDatabase) => {
  database.createObjectStore('chunks');
  database.createObjectStore('manifests', { keyPath: 'id' });
};
const second = (database: LabDatabase) => {
  (database as unknown as IDBDatabase).createObjectStore('added');
};

it('brings an older database up to date, one migration after the other', async () => {
  const old = await openDatabase('upgraded', () => {}, [first]);
  await old.put('manifests', { id: 'a' });
  old.close();
  const upgraded = await openDatabase('upgraded', () => {}, [first, second]);
  expect([upgraded.version, ...upgraded.objectStoreNames]).toEqual([2, 'added', 'chunks', 'manifests']);
  expect(await upgraded.get('manifests', 'a')).toEqual({ id: 'a' });
  const fresh = await openDatabase('fresh', () => {}, [first, second]);
  expect([...fresh.objectStoreNames]).toEqual(['added', 'chunks', 'manifests']);
});

it('lets go of the database when another tab upgrades it', async () => {
  const closed = vi.fn();
  await openDatabase('shared', closed, [first]);
  await openDatabase('shared', () => {}, [first, second]);
  expect(closed).toHaveBeenCalledOnce();
});

it('gives up on a tab that does not let go', async () => {
  const stubborn = await openDB('blocked', 1, {
    upgrade: (database) => first(database as unknown as LabDatabase),
  });
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    const refused = expect(openDatabase('blocked', () => {}, [first, second])).rejects.toMatchObject({
      code: 'STORAGE_BLOCKED',
    });
    // The other tab is asked first.
    for (let turn = 0; turn < 50; turn++) await new Promise(setImmediate);
    await vi.advanceTimersByTimeAsync(5_000);
    await refused;
  } finally {
    vi.useRealTimers();
  }
  stubborn.close();
});

it('waits for a tab that lets go after a moment', async () => {
  const slow = await openDB('slow', 1, { upgrade: (database) => first(database as unknown as LabDatabase) });
  setTimeout(() => {
    slow.close();
  }, 200);
  expect((await openDatabase('slow', () => {}, [first, second])).version).toBe(2);
});

it('says how many bytes are needed and how many are left', async () => {
  vi.stubGlobal('navigator', {
    storage: { estimate: async () => ({ usage: 900, quota: 2_000 }), persisted: async () => false },
  });
  const full = new DOMException('full', 'QuotaExceededError');
  const error = await explainStorage(full, 12_345);
  const diskFull = await explainStorage(full, 1_000);
  vi.unstubAllGlobals();
  expect(error.code).toBe('STORAGE_FULL');
  expect(error.message).toContain('12,345');
  expect(error.message).toContain('1,100 are left');
  expect(diskFull.message).toContain('the disk is full');
});
