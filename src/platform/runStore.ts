/** The trainings of networks kept in the browser, and the checkpoints from which they go on. */
import type { Checkpoint, TrainingRun } from '../contracts/training.ts';
import type { CheckpointStore } from '../contracts/trainingHost.ts';
import { DATABASE_NAME, type LabDatabase } from './archiveDatabase.ts';
import { beyond, createConnection } from './databaseConnection.ts';
import { checkCheckpoint, checkpointBytes, checkRun, RUN_VERSION } from './storedRun.ts';

export interface RunStore extends CheckpointStore {
  /** Runs of a dataset, the oldest first; what cannot be read is left out; never throws. */
  list(datasetId: string): Promise<TrainingRun[]>;
  /**
   * Writes the run without touching its checkpoint.
   * @throws LabError STORAGE_FULL, STORAGE_UNAVAILABLE, STORAGE_BLOCKED or ARCHIVE_NEWER
   */
  write(run: TrainingRun): Promise<void>;
  /** With their checkpoints. @throws LabError as `write` does */
  remove(ids: readonly string[] | 'all'): Promise<void>;
}

/** Runs that are kept, over all datasets: beyond, the one that was written longest ago goes, and its checkpoint. */
const MOST_RUNS = 200;
/** Bytes of checkpoints that are kept: beyond, the one that was written longest ago goes, and its run stays. */
const MOST_CHECKPOINT_BYTES = 512 * 1024 * 1024;

export interface RunStoreOptions {
  mostRuns?: number;
  mostCheckpointBytes?: number;
}

const STORES: ('runs' | 'checkpoints')[] = ['runs', 'checkpoints'];

function beginWriting(db: LabDatabase) {
  return db.transaction(STORES, 'readwrite', { durability: 'strict' });
}

type Writing = ReturnType<typeof beginWriting>;

export function createRunStore(name = DATABASE_NAME, options: RunStoreOptions = {}): RunStore {
  const { mostRuns = MOST_RUNS, mostCheckpointBytes = MOST_CHECKPOINT_BYTES } = options;
  const connection = createConnection(name);

  function guarded<T>(work: (db: LabDatabase) => Promise<T>, bytes = 0): Promise<T> {
    return connection.use(
      work,
      bytes === 0 ? 'the training' : `a checkpoint of ${bytes.toLocaleString('en')} bytes`,
    );
  }

  /** All of it or nothing: resolves when it is on the disk. */
  function write(work: (tx: Writing) => Promise<void>, bytes = 0): Promise<void> {
    return guarded(async (db) => {
      const tx = beginWriting(db);
      const { done } = tx;
      done.catch(() => undefined);
      try {
        await work(tx);
      } catch (thrown) {
        // A transaction that failed says why; its requests say only that it did.
        const reason: unknown = tx.error ?? thrown;
        try {
          tx.abort();
        } catch {
          // It has ended by itself.
        }
        throw reason;
      }
      await done;
    }, bytes);
  }

  async function put(tx: Writing, run: TrainingRun): Promise<void> {
    const { id, datasetId } = run;
    const runs = tx.objectStore('runs');
    await runs.put({ id, datasetId, version: RUN_VERSION, savedAt: Date.now(), run });
    const keys = await runs.index('savedAt').getAllKeys();
    for (const key of beyond(keys, mostRuns, id)) await forget(tx, key);
  }

  async function putCheckpoint(tx: Writing, checkpoint: Checkpoint): Promise<void> {
    const { runId, epoch } = checkpoint;
    const checkpoints = tx.objectStore('checkpoints');
    const bytes = checkpointBytes(checkpoint);
    await checkpoints.put({ runId, version: RUN_VERSION, savedAt: Date.now(), bytes, epoch, checkpoint });
    // This one before all others, then the newest first: what does not fit any more goes.
    let total = bytes;
    for (
      let cursor = await checkpoints.index('facts').openKeyCursor(null, 'prev');
      cursor !== null;
      cursor = await cursor.continue()
    ) {
      if (cursor.primaryKey === runId) continue;
      const [, itsBytes] = cursor.key;
      total += itsBytes;
      if (total > mostCheckpointBytes) await checkpoints.delete(cursor.primaryKey);
    }
  }

  async function forget(tx: Writing, id: string): Promise<void> {
    await tx.objectStore('runs').delete(id);
    await tx.objectStore('checkpoints').delete(id);
  }

  return {
    async list(datasetId) {
      try {
        return await guarded(async (db) => {
          const tx = db.transaction(STORES, 'readonly');
          const stored = await tx.objectStore('runs').index('datasetId').getAll(datasetId);
          const epochs = new Map<string, number>();
          for (
            let cursor = await tx.objectStore('checkpoints').index('facts').openKeyCursor();
            cursor !== null;
            cursor = await cursor.continue()
          ) {
            epochs.set(cursor.primaryKey, cursor.key[2]);
          }
          return stored
            .map(checkRun)
            .filter((run) => run !== null)
            .map((run) => asFound(run, epochs.get(run.id) ?? 0))
            .sort((a, b) => a.createdAt - b.createdAt);
        });
      } catch {
        return [];
      }
    },
    write: (run) => write((tx) => put(tx, run)),
    save(run, checkpoint) {
      return write(async (tx) => {
        await put(tx, run);
        await putCheckpoint(tx, checkpoint);
      }, checkpointBytes(checkpoint));
    },
    load: (runId) => guarded(async (db) => checkCheckpoint(await db.get('checkpoints', runId), runId)),
    remove(ids) {
      return write(async (tx) => {
        if (ids !== 'all') for (const id of ids) await forget(tx, id);
        else for (const store of STORES) await tx.objectStore(store).clear();
      });
    },
  };
}

/**
 * Nothing trains a run that is found in the store. It goes on from its checkpoint, and anew where there is none: it was
 * interrupted in its first epoch, or others needed the room.
 */
function asFound(run: TrainingRun, checkpoint: number): TrainingRun {
  const isAtWork = run.status === 'running' || run.status === 'waiting';
  return { ...run, checkpoint, status: isAtWork ? 'paused' : run.status };
}
