/** A connection to the database as a store holds it: opened at its first use, its failures in the user's words. */
import { LabError } from '../core/errors.ts';
import { explainStorage, openDatabase, type LabDatabase } from './archiveDatabase.ts';

export interface DatabaseConnection {
  /** @throws LabError STORAGE_UNAVAILABLE, STORAGE_BLOCKED or ARCHIVE_NEWER */
  open(): Promise<LabDatabase>;
  /**
   * @param needs what room is needed for, or the bytes of an archive that are still to be written
   * @throws LabError as `open` does, STORAGE_FULL, and what `work` throws
   */
  use<T>(work: (database: LabDatabase) => Promise<T>, needs: string | (() => number)): Promise<T>;
  /** For good. */
  close(): void;
}

/** Opens it again after another tab or the browser has taken it away. */
export function createConnection(name: string): DatabaseConnection {
  let isClosed = false;
  let connection: Promise<LabDatabase> | null = null;

  function open(): Promise<LabDatabase> {
    if (isClosed) return Promise.reject(new LabError('STORAGE_UNAVAILABLE', 'The store has been closed.'));
    if (connection !== null) return connection;
    const opening = openDatabase(name, forget);
    function forget(): void {
      if (connection === opening) connection = null;
    }
    opening.catch(forget);
    connection = opening;
    return opening;
  }

  return {
    open,
    async use(work, needs) {
      try {
        return await work(await open());
      } catch (thrown) {
        throw await explainStorage(thrown, typeof needs === 'string' ? needs : needs());
      }
    },
    close() {
      isClosed = true;
      connection?.then(
        (database) => database.close(),
        () => undefined,
      );
    },
  };
}

/** What has to go where `most` records are kept: those written longest ago, never `kept`. @param keys the oldest first */
export function beyond(keys: readonly string[], most: number, kept: string): string[] {
  return keys.filter((key) => key !== kept).slice(0, Math.max(0, keys.length - most));
}
