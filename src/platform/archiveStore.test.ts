import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DEFAULT_SETTINGS } from '../contracts/codec.ts';
import { DEFAULT_IMAGE_SETTINGS, type ImageArchiveFacts } from '../contracts/images.ts';
import { SILENT_PULSE, type Pulse } from '../core/pulse.ts';
import { LabError } from '../core/errors.ts';
import {
  openArchiveStore,
  type ArchiveManifest,
  type ArchiveStore,
  type ChunkToWrite,
} from './archiveStore.ts';
import { createFakeLocks } from './testing/fakeLocks.ts';

let databaseName = '';
let count = 0;
let store: ArchiveStore;

beforeEach(async () => {
  databaseName = `test-${++count}`;
  store = await openArchiveStore({ databaseName, locks: null });
});
afterEach(() => {
  store.close();
  vi.restoreAllMocks();
});

/** Chunks of the given texts, named after their content. */
function chunksOf(texts: string[], stable = true): ChunkToWrite[] {
  let offset = 0;
  return texts.map((text) => {
    const bytes = new TextEncoder().encode(text);
    const chunk = { name: `c-${text}`, offset, length: bytes.length, bytes, stable };
    offset += bytes.length;
    return chunk;
  });
}

function manifestOf(id: string, texts: string[], changes: Partial<ArchiveManifest> = {}): ArchiveManifest {
  const chunks = chunksOf(texts).map(({ name, offset, length }) => ({ name, offset, length }));
  return {
    schemaVersion: 1,
    id,
    datasetId: 'dataset',
    name: `Archive ${id}`,
    fileName: 'table.csv',
    rows: 3,
    columns: 2,
    bytes: texts.join('').length,
    rawFloat64Bytes: 48,
    createdAt: 1,
    kept: false,
    codec: 'entrogede',
    settings: { ...DEFAULT_SETTINGS },
    chunks,
    ...changes,
  };
}

function write(id: string, texts: string[], changes: Partial<ArchiveManifest> = {}): Promise<void> {
  return store.write(manifestOf(id, texts, changes), chunksOf(texts), SILENT_PULSE);
}

async function textOf(id: string): Promise<string> {
  const reader = await store.reader(id);
  return new TextDecoder().decode(await reader.read(0, reader.size));
}

/** What lies in the database, past the store. */
async function inspect(): Promise<{ chunks: string[]; manifests: string[] }> {
  const db = await openDB(databaseName);
  const chunks = (await db.getAllKeys('chunks')).map(String);
  const manifests = (await db.getAllKeys('manifests')).map(String);
  db.close();
  return { chunks, manifests };
}

async function putRaw(storeName: string, value: unknown, key?: IDBValidKey): Promise<void> {
  const db = await openDB(databaseName);
  await db.put(storeName, value, key);
  db.close();
}

/** From now on, the n-th put succeeds and its transaction then aborts for want of room, as in Chromium. */
function fillDiskAfter(puts: number): void {
  const put = IDBObjectStore.prototype.put;
  let left = puts;
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...request) {
    const result = put.apply(this, request);
    if (--left < 0) {
      const tx = this.transaction as unknown as { _abort(name: string): void };
      result.addEventListener('success', () => {
        tx._abort('QuotaExceededError');
      });
    }
    return result;
  });
}

const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'no error',
    (thrown: unknown) => (thrown instanceof LabError ? thrown.code : String(thrown)),
  );

describe('writing and reading', () => {
  it('gives back what was written, by any range', async () => {
    const text = 'The quick brown fox jumps over the lazy dog.';
    const cuts = [text.slice(0, 5), text.slice(5, 6), text.slice(6, 30), text.slice(30)];
    await write('a', cuts);
    const reader = await store.reader('a');
    expect(reader.size).toBe(text.length);
    const range = fc
      .tuple(fc.nat(text.length), fc.nat(text.length))
      .map(([x, y]) => [Math.min(x, y), Math.max(x, y)]);
    await fc.assert(
      fc.asyncProperty(range, async ([from, to]) => {
        expect(new TextDecoder().decode(await reader.read(from, to - from))).toBe(text.slice(from, to));
      }),
    );
  });

  it('reads only the chunks that it needs, and each once while it remembers it', async () => {
    await write('a', ['0123', '4567', '89']);
    const reader = await store.reader('a');
    await reader.read(5, 2);
    expect([reader.blocksRead, reader.bytesRead]).toEqual([1, 4]);
    await reader.read(4, 6);
    expect([reader.blocksRead, reader.bytesRead]).toEqual([2, 6]);
  });

  it('remembers no more bytes than it may', async () => {
    const tight = await openArchiveStore({ databaseName, locks: null, cacheBytes: 4 });
    await write('a', ['0123', '4567']);
    const reader = await tight.reader('a');
    for (const offset of [0, 4, 0]) await reader.read(offset, 4);
    expect(reader.blocksRead).toBe(3);
    tight.close();
  });

  it('reads many ranges in one go, each chunk once, and keeps nothing where it is told so', async () => {
    await write('a', ['0123', '4567', '89']);
    const reader = await store.reader('a', { cacheBytes: 0 });
    const asked = [
      { offset: 5, length: 4 },
      { offset: 0, length: 2 },
      { offset: 4, length: 0 },
      { offset: 6, length: 1 },
    ];
    const transaction = vi.spyOn(IDBDatabase.prototype, 'transaction');
    const read = await reader.readMany(asked);
    expect(transaction).toHaveBeenCalledOnce();
    expect(read.map((bytes) => new TextDecoder().decode(bytes))).toEqual(['5678', '01', '', '6']);
    expect([reader.blocksRead, reader.bytesRead]).toEqual([3, 10]);
    await reader.readMany(asked);
    expect([reader.blocksRead, reader.bytesRead]).toEqual([6, 20]);
    expect(
      await codeOf(
        reader.readMany([
          { offset: 0, length: 1 },
          { offset: 9, length: 2 },
        ]),
      ),
    ).toBe('ARCHIVE_CORRUPT');
  });

  it('writes many small chunks in few transactions', async () => {
    const texts = Array.from({ length: 40 }, (_, k) => `chunk ${k}`);
    const transaction = vi.spyOn(IDBDatabase.prototype, 'transaction');
    await write('a', texts);
    expect(transaction.mock.calls.filter(([, mode]) => mode === 'readwrite').length).toBeLessThan(5);
    expect(await textOf('a')).toBe(texts.join(''));
  });

  it('stores a view without the buffer around it', async () => {
    const bytes = new Uint8Array(1000).subarray(10, 14);
    const chunk = { name: 'view', offset: 0, length: 4 };
    const manifest = manifestOf('a', ['....'], { chunks: [chunk] });
    await store.write(manifest, [{ ...chunk, bytes, stable: true }], SILENT_PULSE);
    expect((await store.reader('a')).size).toBe(4);
    const db = await openDB(databaseName);
    expect((await db.get('chunks', ['a', 'view'])).byteLength).toBe(4);
    db.close();
  });

  it('does not read past the end', async () => {
    await write('a', ['0123']);
    const reader = await store.reader('a');
    expect(await codeOf(reader.read(2, 3))).toBe('ARCHIVE_CORRUPT');
    expect(await codeOf(reader.read(-1, 2))).toBe('ARCHIVE_CORRUPT');
  });

  it('says when an archive was deleted under a reader', async () => {
    await write('a', ['0123', '4567']);
    const reader = await store.reader('a');
    await store.delete(['a']);
    expect(await codeOf(reader.read(0, 8))).toBe('ARCHIVE_NOT_FOUND');
    expect(await codeOf(store.reader('a'))).toBe('ARCHIVE_NOT_FOUND');
  });

  it('finds a damaged chunk', async () => {
    await write('a', ['0123', '4567']);
    await putRaw('chunks', new ArrayBuffer(3), ['a', 'c-4567']);
    expect(await codeOf(textOf('a'))).toBe('ARCHIVE_CORRUPT');
  });
});

describe('replacing', () => {
  it('replaces the working archive of the same dataset, and nothing else', async () => {
    await write('old', ['old']);
    await write('kept', ['kept']);
    await store.keep('kept', true);
    await write('elsewhere', ['elsewhere'], { datasetId: 'another' });
    await write('new', ['new']);
    expect(await inspect()).toEqual({
      chunks: ['elsewhere,c-elsewhere', 'kept,c-kept', 'new,c-new'],
      manifests: ['elsewhere', 'kept', 'new'],
    });
  });

  it('keeps an archive kept when it is written again', async () => {
    await write('a', ['one']);
    await store.keep('a', true);
    await write('a', ['one']);
    expect((await store.get('a'))?.kept).toBe(true);
  });

  it('writes only chunks that are not there, and drops those that are not needed any more', async () => {
    await write('a', ['same', 'gone']);
    const put = vi.spyOn(IDBObjectStore.prototype, 'put');
    await write('a', ['same', 'come']);
    expect(put).toHaveBeenCalledTimes(2); // one chunk, one manifest
    expect(await textOf('a')).toBe('samecome');
    expect((await inspect()).chunks).toEqual(['a,c-come', 'a,c-same']);
  });

  it('lists the newest first and can delete all', async () => {
    await write('a', ['a'], { datasetId: '1', createdAt: 1 });
    await write('b', ['b'], { datasetId: '2', createdAt: 2 });
    expect((await store.list()).map(({ id }) => id)).toEqual(['b', 'a']);
    await store.delete('all');
    expect(await inspect()).toEqual({ chunks: [], manifests: [] });
  });
});

describe('failing half-way', () => {
  async function expectOldIntact(): Promise<void> {
    expect(await textOf('old')).toBe('oldest');
    expect(await inspect()).toEqual({ chunks: ['old,c-est', 'old,c-old'], manifests: ['old'] });
  }

  beforeEach(() => write('old', ['old', 'est']));

  it.each([0, 1, 2])('leaves the old archive when the disk is full after %i puts', async (puts) => {
    fillDiskAfter(puts);
    const failure = await write('new', ['new', 'er']).catch((thrown: unknown) => thrown as LabError);
    expect(failure).toMatchObject({ code: 'STORAGE_FULL' });
    expect((failure as LabError).message).toMatch(/needs \d/);
    vi.restoreAllMocks();
    await expectOldIntact();
  });

  it('leaves the old archive of the same id, even where its chunks would be overwritten', async () => {
    fillDiskAfter(1);
    const chunks = chunksOf(['old', 'new'], false).map((chunk) => ({ ...chunk, bytes: new Uint8Array(3) }));
    expect(await codeOf(store.write(manifestOf('old', ['old', 'new']), chunks, SILENT_PULSE))).toBe(
      'STORAGE_FULL',
    );
    vi.restoreAllMocks();
    await expectOldIntact();
  });

  it('leaves the old archive when cancelled', async () => {
    let beats = 0;
    const pulse: Pulse = {
      due: () => true,
      async beat(progress) {
        expect(progress).toMatchObject({ total: 5, unit: 'bytes' });
        if (++beats === 2) throw new LabError('CANCELLED', 'enough');
      },
    };
    const writing = store.write(manifestOf('new', ['new', 'er']), chunksOf(['new', 'er']), pulse);
    expect(await codeOf(writing)).toBe('CANCELLED');
    await expectOldIntact();
  });

  it('leaves the old archive when the chunks fail to come', async () => {
    function* failing(): Generator<ChunkToWrite> {
      yield* chunksOf(['new']);
      throw new RangeError('no memory');
    }
    expect(await codeOf(store.write(manifestOf('new', ['new', 'er']), failing(), SILENT_PULSE))).toBe(
      'INTERNAL',
    );
    await expectOldIntact();
  });

  it('refuses a manifest that names chunks which nobody wrote', async () => {
    const writing = store.write(manifestOf('new', ['new', 'er']), chunksOf(['new']), SILENT_PULSE);
    expect(await codeOf(writing)).toBe('INTERNAL');
    await expectOldIntact();
  });
});

describe('several tabs', () => {
  it('sweeps what a crash left behind, but not what another tab is writing', async () => {
    const locks = createFakeLocks();
    const mine = await openArchiveStore({ databaseName, locks: locks.as('mine') });
    await write('a', ['kept']);
    await putRaw('chunks', new ArrayBuffer(1), ['a', 'left-over']);
    await putRaw('chunks', new ArrayBuffer(1), ['b', 'half']);
    let finish = () => {};
    void locks
      .as('theirs')
      .request('dreamlearning-archive:b', () => new Promise<void>((done) => (finish = done)));
    expect(await mine.sweepOrphans()).toBe(1);
    expect((await inspect()).chunks).toEqual(['a,c-kept', 'b,half']);
    finish();
    await vi.waitFor(async () => {
      expect(await mine.sweepOrphans()).toBe(1);
    });
    expect((await inspect()).chunks).toEqual(['a,c-kept']);
    mine.close();
  });

  it('does not touch an archive that another tab holds', async () => {
    const locks = createFakeLocks();
    const mine = await openArchiveStore({ databaseName, locks: locks.as('mine'), lockWaitMs: 20 });
    await write('a', ['text']);
    await write('b', ['text'], { datasetId: 'other' });
    void locks.as('theirs').request('dreamlearning-archive:a', () => new Promise<void>(() => undefined));
    const again = mine.write(manifestOf('a', ['text']), chunksOf(['text']), SILENT_PULSE);
    expect(await codeOf(again)).toBe('ARCHIVE_LOCKED');
    expect(await codeOf(mine.keep('a', true))).toBe('ARCHIVE_LOCKED');
    expect(await codeOf(mine.delete(['a', 'b']))).toBe('ARCHIVE_LOCKED');
    expect((await inspect()).manifests).toEqual(['a']);
    locks.die('theirs');
    await mine.delete('all');
    expect(await inspect()).toEqual({ chunks: [], manifests: [] });
    mine.close();
  });

  it('does not sweep what this tab is writing, even without locks', async () => {
    const pulse: Pulse = {
      due: () => true,
      async beat() {
        expect(await store.sweepOrphans()).toBe(0);
      },
    };
    await store.write(manifestOf('a', ['one', 'two']), chunksOf(['one', 'two']), pulse);
    expect(await textOf('a')).toBe('onetwo');
  });

  it('lets go when another tab brings a newer version, and then says so', async () => {
    await write('a', ['text']);
    const newer = await openDB(databaseName, 99);
    expect(await codeOf(store.list())).toBe('ARCHIVE_NEWER');
    newer.close();
    expect(await codeOf(openArchiveStore({ databaseName }))).toBe('ARCHIVE_NEWER');
  });
});

describe('what is read back', () => {
  const valid = manifestOf('x', ['text']);
  it.each([
    ['a newer description', { ...valid, schemaVersion: 2 }, 'ARCHIVE_NEWER'],
    ['a missing field', { ...valid, rows: undefined }, 'ARCHIVE_CORRUPT'],
    ['a wrong type', { ...valid, kept: 'yes' }, 'ARCHIVE_CORRUPT'],
    [
      'a setting of another type',
      { ...valid, settings: { ...valid.settings, tau: '64' } },
      'ARCHIVE_CORRUPT',
    ],
    ['settings that are none', { ...valid, settings: null }, 'ARCHIVE_CORRUPT'],
    ['a gap', { ...valid, chunks: [{ name: 'c', offset: 1, length: 1 }] }, 'ARCHIVE_CORRUPT'],
    ['an empty chunk', { ...valid, chunks: [{ name: 'c', offset: 0, length: 0 }] }, 'ARCHIVE_CORRUPT'],
  ])('refuses %s, lists the others, and leaves its chunks alone', async (_what, stored, code) => {
    await write('good', ['good'], { datasetId: 'other' });
    await putRaw('manifests', stored);
    await putRaw('chunks', new ArrayBuffer(4), ['x', 'c-text']);
    expect(await codeOf(store.get('x'))).toBe(code);
    expect((await store.list()).map(({ id }) => id)).toEqual(['good']);
    expect(await store.sweepOrphans()).toBe(0);
    await store.delete(['x']);
    expect((await inspect()).chunks).toEqual(['good,c-good']);
  });
});

describe('what is said of pictures', () => {
  const images: ImageArchiveFacts = {
    width: 8,
    height: 6,
    channels: 3,
    classes: 2,
    trainRecords: 2,
    fidelity: { kind: 'near', psnr: 55.5, maxError: 3, exactShare: 0.6 },
    settings: { ...DEFAULT_IMAGE_SETTINGS, transform: 'dct' },
  };

  it('is listed as it was written, with the defaults of what was not known then', async () => {
    await write('a', ['text'], { images });
    expect((await store.list())[0].images).toEqual(images);
    const { blockBytes: _, ...earlier } = images.settings;
    await putRaw('manifests', { ...manifestOf('a', ['text']), images: { ...images, settings: earlier } });
    expect((await store.list())[0].images).toEqual(images);
  });

  it.each([
    ['nothing', null],
    ['a list', []],
    ['no width', { ...images, width: 0 }],
    ['two channels', { ...images, channels: 2 }],
    ['too many pixels', { ...images, width: 1 << 20, height: 1 << 20 }],
    ['too many classes', { ...images, classes: 70_000 }],
    ['more training pictures than pictures', { ...images, trainRecords: 4 }],
    ['a fidelity of no kind', { ...images, fidelity: { kind: 'good' } }],
    ['an error beyond all levels', { ...images, fidelity: { ...images.fidelity, maxError: 999 } }],
    ['a share that is none', { ...images, fidelity: { ...images.fidelity, exactShare: NaN } }],
    ['no settings', { ...images, settings: null }],
    ['an unknown transform', { ...images, settings: { ...images.settings, transform: 'magic' } }],
    ['a setting of another type', { ...images, settings: { ...images.settings, tau: '64' } }],
  ])('is refused when it is %s', async (_what, damaged) => {
    await write('good', ['good'], { datasetId: 'other', images });
    await putRaw('manifests', { ...manifestOf('x', ['text']), images: damaged });
    expect(await codeOf(store.get('x'))).toBe('ARCHIVE_CORRUPT');
    expect((await store.list()).map(({ id }) => id)).toEqual(['good']);
  });
});

it('gives a setting that an earlier version did not know its default', async () => {
  const { condenser: _, ...earlier } = { ...DEFAULT_SETTINGS, tau: 7 };
  await putRaw('manifests', { ...manifestOf('old', ['text']), settings: earlier });
  await putRaw('chunks', new ArrayBuffer(4), ['old', 'c-text']);
  expect((await store.list())[0].settings).toEqual({ ...DEFAULT_SETTINGS, tau: 7 });
  await store.keep('old', true);
  expect(await store.get('old')).toMatchObject({ kept: true, settings: { condenser: 'own' } });
});

describe('chunks that come one after the other', () => {
  async function* coming(texts: string[], failsAfter = Infinity): AsyncGenerator<ChunkToWrite> {
    for (const [k, chunk] of chunksOf(texts).entries()) {
      await Promise.resolve();
      if (k >= failsAfter) throw new LabError('FILE_UNREADABLE', 'The file is gone.');
      yield chunk;
    }
  }

  it('are written as they come', async () => {
    await store.write(manifestOf('a', ['one', 'two']), coming(['one', 'two']), SILENT_PULSE);
    expect(await textOf('a')).toBe('onetwo');
  });

  it('leave nothing when they stop coming', async () => {
    const texts = ['one', 'two', 'three'];
    const work = store.write(manifestOf('a', texts), coming(texts, 2), SILENT_PULSE);
    expect(await codeOf(work)).toBe('FILE_UNREADABLE');
    expect(await inspect()).toEqual({ chunks: [], manifests: [] });
  });
});

describe('no store', () => {
  it('says so where there is no IndexedDB, or where opening is refused', async () => {
    vi.stubGlobal('indexedDB', undefined);
    expect(await codeOf(openArchiveStore())).toBe('STORAGE_UNAVAILABLE');
    vi.unstubAllGlobals();
    vi.spyOn(IDBFactory.prototype, 'open').mockImplementation(() => {
      throw new DOMException('not here', 'SecurityError');
    });
    expect(await codeOf(openArchiveStore())).toBe('STORAGE_UNAVAILABLE');
  });

  it('does nothing once closed', async () => {
    store.close();
    expect(await codeOf(store.list())).toBe('STORAGE_UNAVAILABLE');
  });
});
