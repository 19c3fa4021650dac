/**
 * Archives in IndexedDB. Readers trust manifests only: an archive's chunks are written first, a few per transaction,
 * and one last strict transaction writes the manifest. Whatever fails before leaves the old state as it was; chunks
 * that no manifest names are orphans, removed at once where possible and else by the next sweep.
 * Writers of one archive exclude one another, across tabs and workers, by a Web Lock.
 */
import { LabError } from '../core/errors.ts';
import type { Pulse } from '../core/pulse.ts';
import { DATABASE_NAME, type LabDatabase } from './archiveDatabase.ts';
import { tellArchives } from './archiveNews.ts';
import { checkManifest, imageSize, isReadable, type ArchiveManifest } from './archiveManifest.ts';
import { createArchiveReader, type ArchiveReader } from './archiveReader.ts';
import {
  chunkRange,
  commit,
  erase,
  mark,
  putChunks,
  removeUnnamed,
  type ChunkToWrite,
} from './archiveTransactions.ts';
import { createConnection } from './databaseConnection.ts';
import { findLocks, withFreeLock, withLock } from './locks.ts';

export type { ArchiveManifest } from './archiveManifest.ts';
export type { ArchiveReader } from './archiveReader.ts';
export type { ChunkToWrite } from './archiveTransactions.ts';

/** In any order; read one at a time, so that those of a file need not be in memory together. */
type ChunksToWrite = Iterable<ChunkToWrite> | AsyncIterable<ChunkToWrite>;

/** Every method throws LabError: STORAGE_FULL, STORAGE_BLOCKED, STORAGE_UNAVAILABLE, or what is said with it. */
export interface ArchiveStore {
  /**
   * Writes an archive and, in the same step, replaces the working archives of its dataset. An archive that the user
   * has kept stays kept when it is written again.
   * @throws ARCHIVE_LOCKED while another tab writes it; CANCELLED from the pulse
   */
  write(manifest: ArchiveManifest, chunks: ChunksToWrite, pulse: Pulse): Promise<void>;
  /** Newest first; archives that this version cannot read are left out. */
  list(): Promise<ArchiveManifest[]>;
  /** @throws ARCHIVE_NEWER, ARCHIVE_CORRUPT */
  get(id: string): Promise<ArchiveManifest | null>;
  /**
   * @param options bytes of chunks that the reader keeps in memory; 0 for none
   * @throws ARCHIVE_NOT_FOUND, ARCHIVE_NEWER, ARCHIVE_CORRUPT
   */
  reader(id: string, options?: { cacheBytes?: number }): Promise<ArchiveReader>;
  /** @throws ARCHIVE_NOT_FOUND, ARCHIVE_LOCKED */
  keep(id: string, kept: boolean): Promise<void>;
  /** Deletes what it can, then throws ARCHIVE_LOCKED if another tab holds one of them. Unknown ids are no error. */
  delete(ids: string[] | 'all'): Promise<void>;
  /** Removes chunks that no manifest names, but none of an archive that is being written. Returns their number. */
  sweepOrphans(): Promise<number>;
  close(): void;
}

export interface ArchiveStoreOptions {
  databaseName?: string;
  locks?: LockManager | null;
  /** Milliseconds to wait for another tab that holds the archive. */
  lockWaitMs?: number;
  /** Bytes of chunks that each reader keeps in memory. */
  cacheBytes?: number;
}

const LOCK_WAIT_MS = 5_000;
/** Bytes that are put together into one transaction: one for every small chunk would take most of the time. */
const BATCH_BYTES = 1 << 20;

/** @throws LabError STORAGE_UNAVAILABLE, STORAGE_BLOCKED or ARCHIVE_NEWER */
export async function openArchiveStore(options: ArchiveStoreOptions = {}): Promise<ArchiveStore> {
  const {
    databaseName = DATABASE_NAME,
    locks = findLocks(),
    lockWaitMs = LOCK_WAIT_MS,
    cacheBytes,
  } = options;
  /** Archives being written here: a sweep leaves them alone even where there are no Web Locks. */
  const writing = new Set<string>();
  const connection = createConnection(databaseName);

  function guarded<T>(work: (db: LabDatabase) => Promise<T>, neededBytes = () => 0): Promise<T> {
    return connection.use(work, neededBytes);
  }

  const lockName = (id: string) => `dreamlearning-archive:${id}`;

  function exclusively<T>(id: string, work: () => Promise<T>): Promise<T> {
    const what = 'Another tab is writing this archive.';
    return withLock(locks, lockName(id), lockWaitMs, { code: 'ARCHIVE_LOCKED', what }, work);
  }

  async function writeExclusively(manifest: ArchiveManifest, toWrite: ChunksToWrite, pulse: Pulse) {
    const { id } = manifest;
    const total = imageSize(checkManifest(manifest).chunks);
    const added = new Set<string>();
    let done = 0;
    /** Bytes among them that wait for their transaction. */
    let batchBytes = 0;
    await guarded(
      async (db) => {
        const before = new Set((await db.getAllKeys('chunks', chunkRange(id))).map((key) => key[1]));
        /** Existing chunks to write anyway: together with the manifest, so that a failure leaves the old ones. */
        const overwrites: ChunkToWrite[] = [];
        let batch: ChunkToWrite[] = [];
        const putBatch = async () => {
          if (batch.length > 0) await putChunks(db, id, batch);
          batch = [];
          batchBytes = 0;
        };
        try {
          for await (const chunk of toWrite) {
            if (chunk.bytes.length !== chunk.length) {
              throw new LabError(
                'INTERNAL',
                `Chunk ${chunk.name} has ${chunk.bytes.length} bytes, not ${chunk.length}.`,
              );
            }
            if (before.has(chunk.name)) {
              if (!chunk.stable) overwrites.push(chunk);
            } else if (!added.has(chunk.name)) {
              added.add(chunk.name);
              batch.push(chunk);
              batchBytes += chunk.length;
            }
            done += chunk.length;
            if (batchBytes >= BATCH_BYTES) await putBatch();
            if (pulse.due()) await pulse.beat({ phase: 'Storing the archive', done, total, unit: 'bytes' });
          }
          await putBatch();
          const replaced = await commit(db, manifest, overwrites);
          tellArchives();
          await tidy(replaced);
          await removeUnnamed(db, id).catch(() => 0);
        } catch (thrown) {
          await removeUnnamed(db, id, added).catch(() => 0); // The next sweep finds what could not be removed now.
          throw thrown;
        }
      },
      () => Math.max(0, total - done + batchBytes),
    );
  }

  /** Removes unnamed chunks of archives that nobody is writing. Failing is no harm: the next sweep does it. */
  async function tidy(ids: Iterable<string>): Promise<number> {
    let removed = 0;
    for (const id of ids) {
      if (writing.has(id)) continue;
      const work = async () => removeUnnamed(await connection.open(), id);
      removed += (await withFreeLock(locks, lockName(id), work).catch(() => 0)) ?? 0;
    }
    return removed;
  }

  /** Ids of all archives with a manifest or chunks. */
  async function allIds(db: LabDatabase): Promise<string[]> {
    const [manifests, chunks] = await Promise.all([db.getAllKeys('manifests'), db.getAllKeys('chunks')]);
    return [...new Set([...manifests, ...chunks.map((key) => key[0])])];
  }

  async function get(id: string): Promise<ArchiveManifest | null> {
    const stored = await guarded((db) => db.get('manifests', id));
    return stored ? checkManifest(stored) : null;
  }

  const notFound = () => new LabError('ARCHIVE_NOT_FOUND', 'The archive is not in this browser any more.');

  await connection.open();
  return {
    write(manifest, chunks, pulse) {
      return exclusively(manifest.id, async () => {
        writing.add(manifest.id);
        try {
          await writeExclusively(manifest, chunks, pulse);
        } finally {
          writing.delete(manifest.id);
        }
      });
    },
    async list() {
      const stored = await guarded((db) => db.getAll('manifests'));
      return stored
        .filter(isReadable)
        .map(checkManifest)
        .sort((a, b) => b.createdAt - a.createdAt);
    },
    get,
    async reader(id, keeping = {}) {
      const manifest = await get(id);
      if (!manifest) throw notFound();
      const fetchChunks = (names: string[]) =>
        guarded(async (db) => {
          const tx = db.transaction(['manifests', 'chunks'], 'readonly');
          const buffers = names.map((name) => tx.objectStore('chunks').get([id, name]));
          const [present, ...found] = await Promise.all([tx.objectStore('manifests').getKey(id), ...buffers]);
          if (present === undefined) throw notFound();
          return found;
        });
      return createArchiveReader(manifest, fetchChunks, keeping.cacheBytes ?? cacheBytes);
    },
    keep(id, kept) {
      return exclusively(id, async () => {
        if (!(await guarded((db) => mark(db, id, kept)))) throw notFound();
        tellArchives();
      });
    },
    async delete(ids) {
      const failures: unknown[] = [];
      for (const id of ids === 'all' ? await guarded(allIds) : ids) {
        await exclusively(id, () => guarded((db) => erase(db, id))).catch((thrown: unknown) =>
          failures.push(thrown),
        );
      }
      tellArchives();
      if (failures.length > 0) throw failures[0];
    },
    async sweepOrphans() {
      return tidy(await guarded(allIds));
    },
    close: () => connection.close(),
  };
}
