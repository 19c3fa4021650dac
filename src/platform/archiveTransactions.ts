/** The transactions that change archives: each one leaves the store in a state that readers can trust. */
import { LabError } from '../core/errors.ts';
import type { LabDatabase } from './archiveDatabase.ts';
import { checkManifest, isReadable, type ArchiveManifest, type StoredChunk } from './archiveManifest.ts';

export interface ChunkToWrite extends StoredChunk {
  bytes: Uint8Array;
  /** May be skipped when the archive has a chunk of this name already. */
  stable: boolean;
}

export function chunkRange(id: string): IDBKeyRange {
  return IDBKeyRange.bound([id], [id, []]); // An array sorts after every string.
}

/** The view's own bytes as a buffer; a view into a larger buffer would be stored with all of it. */
function exactBuffer(bytes: Uint8Array): ArrayBuffer {
  const whole = bytes.buffer instanceof ArrayBuffer && bytes.byteLength === bytes.buffer.byteLength;
  return whole ? bytes.buffer : bytes.slice().buffer;
}

/**
 * Does work in a transaction and waits until the transaction is complete: under quota pressure every request reports
 * success, and then the transaction aborts. Work that throws aborts it.
 */
async function transact<T>(tx: { done: Promise<void>; abort(): void }, work: () => Promise<T>): Promise<T> {
  const failure = tx.done.then(
    () => null,
    (thrown: unknown) => ({ thrown }),
  );
  let value: T;
  try {
    value = await work();
  } catch (thrown) {
    abortQuietly(tx);
    const reason = await failure; // The requests only say that they were aborted; the transaction says why.
    throw isQuota(reason?.thrown) ? reason?.thrown : thrown;
  }
  const reason = await failure;
  if (reason) throw reason.thrown;
  return value;
}

/** Some chunks in one transaction: all of them, or none. */
export async function putChunks(db: LabDatabase, id: string, chunks: readonly ChunkToWrite[]): Promise<void> {
  const tx = db.transaction('chunks', 'readwrite', { durability: 'relaxed' });
  await transact(tx, () =>
    Promise.all(chunks.map((chunk) => tx.store.put(exactBuffer(chunk.bytes), [id, chunk.name]))),
  );
}

/** Removes chunks of an archive that its manifest does not name; of `candidates` only, when given. */
export async function removeUnnamed(
  db: LabDatabase,
  id: string,
  candidates?: ReadonlySet<string>,
): Promise<number> {
  const tx = db.transaction(['manifests', 'chunks'], 'readwrite', { durability: 'relaxed' });
  const chunks = tx.objectStore('chunks');
  return transact(tx, async () => {
    const [stored, keys] = await Promise.all([
      tx.objectStore('manifests').get(id),
      chunks.getAllKeys(chunkRange(id)),
    ]);
    if (stored && !isReadable(stored)) return 0; // A newer version knows which chunks it names.
    const named = new Set(stored ? checkManifest(stored).chunks.map((chunk) => chunk.name) : []);
    const unnamed = keys.filter(([, name]) => !named.has(name) && (!candidates || candidates.has(name)));
    await Promise.all(unnamed.map((key) => chunks.delete(key)));
    return unnamed.length;
  });
}

/** Stores the manifest and what must change with it. Returns the ids of the working archives that it replaces. */
export async function commit(
  db: LabDatabase,
  manifest: ArchiveManifest,
  overwrites: ChunkToWrite[],
): Promise<string[]> {
  const tx = db.transaction(['manifests', 'chunks'], 'readwrite', { durability: 'strict' });
  const chunks = tx.objectStore('chunks');
  const manifests = tx.objectStore('manifests');
  return transact(tx, async () => {
    const [present, stored] = await Promise.all([
      chunks.getAllKeys(chunkRange(manifest.id)),
      manifests.getAll(),
    ]);
    const names = new Set(present.map((key) => key[1]));
    if (manifest.chunks.some((chunk) => !names.has(chunk.name))) {
      throw new LabError('INTERNAL', `Not all chunks of the archive "${manifest.name}" were written.`);
    }
    const readable = stored.filter(isReadable).map(checkManifest);
    const kept = manifest.kept || readable.some((other) => other.id === manifest.id && other.kept);
    const replaced = readable
      .filter((other) => other.datasetId === manifest.datasetId && other.id !== manifest.id && !other.kept)
      // An exact archive may be all that is left of its dataset: one that is only near does not take its place.
      .filter((other) => !isNear(manifest) || isNear(other))
      .map((other) => other.id);
    await Promise.all([
      ...overwrites.map((chunk) => chunks.put(exactBuffer(chunk.bytes), [manifest.id, chunk.name])),
      ...replaced.map((id) => manifests.delete(id)),
      manifests.put({ ...manifest, kept } as ArchiveManifest),
    ]);
    return replaced;
  });
}

/** Removes an archive, its chunks with it. */
export async function erase(db: LabDatabase, id: string): Promise<void> {
  const tx = db.transaction(['manifests', 'chunks'], 'readwrite', { durability: 'strict' });
  await transact(tx, () =>
    Promise.all([tx.objectStore('manifests').delete(id), tx.objectStore('chunks').delete(chunkRange(id))]),
  );
}

/** Marks an archive as kept or working. Returns whether it is there. */
export async function mark(db: LabDatabase, id: string, kept: boolean): Promise<boolean> {
  const tx = db.transaction('manifests', 'readwrite', { durability: 'strict' });
  return transact(tx, async () => {
    const stored = await tx.store.get(id);
    if (!stored) return false;
    await tx.store.put({ ...checkManifest(stored), kept } as ArchiveManifest);
    return true;
  });
}

function isNear({ images }: ArchiveManifest): boolean {
  return images?.fidelity.kind === 'near';
}

function isQuota(thrown: unknown): boolean {
  return thrown instanceof DOMException && thrown.name === 'QuotaExceededError';
}

function abortQuietly(tx: { abort(): void }): void {
  try {
    tx.abort();
  } catch {
    // It has aborted or finished already.
  }
}
