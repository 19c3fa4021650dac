/** The sweeps kept in the browser: the newest of each dataset, under the dataset's id. */
import * as v from 'valibot';
import type { ErrorReport } from '../contracts/errors.ts';
import { DATABASE_NAME, type LabDatabase } from './archiveDatabase.ts';
import { beyond, createConnection } from './databaseConnection.ts';

/** What a sweep ran with: plans `P`, settings `S`. */
export interface SweepRan<P, S> {
  settings: S;
  plan: P;
}

/** A sweep as it is kept: what it ran with and what came of it, results `R` among it. */
export type KeptSweep<P, S, R extends object> = SweepRan<P, S> &
  R & {
    /** Keys of the jobs that failed by themselves, and what the last of them said. */
    failed: string[];
    error: ErrorReport | null;
    isCancelled: boolean;
    /** Seconds that it has run so far. */
    seconds: number;
  };

export interface SweepStore<P, S, R extends object> {
  /** Null where there is none, or none that can be read; never throws. */
  read(datasetId: string): Promise<KeptSweep<P, S, R> | null>;
  /** @throws LabError STORAGE_FULL, STORAGE_UNAVAILABLE, STORAGE_BLOCKED or ARCHIVE_NEWER */
  write(datasetId: string, sweep: KeptSweep<P, S, R>): Promise<void>;
  /** @throws LabError as `write` does */
  forget(datasetIds: readonly string[] | 'all'): Promise<void>;
}

const RECORD_VERSION = 1;
/** Datasets whose sweep is kept: beyond, the one that was written longest ago goes. */
const MOST_SWEEPS = 40;

/**
 * @param schema of what is kept
 * @param name of the database
 */
export function createSweepStore<P, S, R extends object>(
  schema: v.GenericSchema<unknown, KeptSweep<P, S, R>>,
  name = DATABASE_NAME,
): SweepStore<P, S, R> {
  const record = v.object({ version: v.literal(RECORD_VERSION), sweep: schema });

  const connection = createConnection(name);
  const use = <T>(work: (database: LabDatabase) => Promise<T>): Promise<T> =>
    connection.use(work, 'the results of the sweep');

  return {
    async read(datasetId) {
      try {
        const parsed = v.safeParse(record, await use((db) => db.get('sweeps', datasetId)));
        return parsed.success ? parsed.output.sweep : null;
      } catch {
        return null;
      }
    },
    write(datasetId, sweep) {
      return use(async (db) => {
        const tx = db.transaction('sweeps', 'readwrite');
        const done = tx.done;
        done.catch(() => undefined); // The request that failed says why.
        const savedAt = Date.now();
        await tx.store.put({ datasetId, version: RECORD_VERSION, savedAt, sweep });
        const keys = await tx.store.index('savedAt').getAllKeys();
        for (const key of beyond(keys, MOST_SWEEPS, datasetId)) await tx.store.delete(key);
        await done;
      });
    },
    forget(datasetIds) {
      return use(async (db) => {
        if (datasetIds === 'all') await db.clear('sweeps');
        else for (const datasetId of datasetIds) await db.delete('sweeps', datasetId);
      });
    },
  };
}
