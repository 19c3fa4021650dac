/** The IndexedDB database: its layout, how it is opened, and what its failures mean to the user. */
import { deleteDB, openDB, type DBSchema, type IDBPDatabase } from 'idb';
import { LabError } from '../core/errors.ts';
import { readBytesLeft } from './storageEstimate.ts';

interface LabSchema extends DBSchema {
  /** Key [archive id, chunk name]. */
  chunks: { key: [string, string]; value: ArrayBuffer };
  /** Checked when read (archiveManifest.ts), so only the key path is taken for granted. */
  manifests: { key: string; value: { id: string } };
  /** The newest sweep of each dataset; checked when read (sweepStore.ts). */
  sweeps: {
    key: string;
    value: { datasetId: string; version: number; savedAt: number; sweep: unknown };
    indexes: { savedAt: number };
  };
  /** Trainings of networks; checked when read (storedRun.ts), as are their checkpoints. */
  runs: {
    key: string;
    value: { id: string; datasetId: string; version: number; savedAt: number; run: unknown };
    indexes: { datasetId: string; savedAt: number };
  };
  checkpoints: {
    key: string;
    value: {
      runId: string;
      version: number;
      savedAt: number;
      bytes: number;
      epoch: number;
      checkpoint: unknown;
    };
    /** Its keys tell what can be known of a checkpoint without reading its weights. */
    indexes: { facts: [savedAt: number, bytes: number, epoch: number] };
  };
}

export type LabDatabase = IDBPDatabase<LabSchema>;

export const DATABASE_NAME = 'dreamlearning-lab';
/** What embeds keep, apart from what the lab itself does: they cannot overwrite any of that. */
export const EMBED_DATABASE_NAME = 'dreamlearning-lab-embed';

/** Migration k brings a database of version k to version k + 1. Never edit one that has been released. */
const MIGRATIONS: readonly ((database: LabDatabase) => void)[] = [
  (database) => {
    database.createObjectStore('chunks');
    database.createObjectStore('manifests', { keyPath: 'id' });
  },
  (database) => {
    database.createObjectStore('sweeps', { keyPath: 'datasetId' }).createIndex('savedAt', 'savedAt');
  },
  (database) => {
    const runs = database.createObjectStore('runs', { keyPath: 'id' });
    runs.createIndex('datasetId', 'datasetId');
    runs.createIndex('savedAt', 'savedAt');
    database
      .createObjectStore('checkpoints', { keyPath: 'runId' })
      .createIndex('facts', ['savedAt', 'bytes', 'epoch']);
  },
];

/** How long opening may take before it counts as refused: private modes and damaged profiles may never answer. */
const OPEN_MS = 10_000;
/** How long another tab gets to finish its transaction and let go, once it has been asked to. */
const BLOCKED_MS = 3_000;

function findFactory(): IDBFactory | null {
  try {
    return (globalThis as { indexedDB?: IDBFactory }).indexedDB ?? null;
  } catch {
    return null; // The getter itself throws in sandboxed frames.
  }
}

function explainOpening(thrown: unknown): LabError {
  if (thrown instanceof DOMException && thrown.name === 'VersionError') {
    return new LabError('ARCHIVE_NEWER', 'The browser holds archives of a newer version of the lab.', {
      cause: thrown,
    });
  }
  const reason = thrown instanceof Error ? thrown.message : String(thrown);
  return new LabError('STORAGE_UNAVAILABLE', `The browser refuses to store data here: ${reason}`, {
    cause: thrown,
  });
}

/**
 * @param onClosed called when the browser or another tab has taken the connection away; it can be opened again
 * @throws LabError STORAGE_UNAVAILABLE, STORAGE_BLOCKED or ARCHIVE_NEWER
 */
export function openDatabase(
  name: string,
  onClosed: () => void,
  migrations = MIGRATIONS,
): Promise<LabDatabase> {
  if (!findFactory()) {
    return Promise.reject(new LabError('STORAGE_UNAVAILABLE', 'This browser offers no IndexedDB here.'));
  }
  return new Promise((resolve, reject) => {
    let waiting = true;
    const refuse = (error: LabError) => {
      waiting = false;
      clearTimeout(timer);
      reject(error);
    };
    let timer = setTimeout(() => {
      refuse(
        new LabError('STORAGE_UNAVAILABLE', `The browser's store did not answer within ${OPEN_MS / 1000} s.`),
      );
    }, OPEN_MS);

    const open = async () =>
      openDB<LabSchema>(name, migrations.length, {
        upgrade(database, oldVersion) {
          for (const migrate of migrations.slice(oldVersion)) migrate(database);
        },
        blocked() {
          clearTimeout(timer);
          timer = setTimeout(() => {
            refuse(new LabError('STORAGE_BLOCKED', 'Another tab holds the store open in an older version.'));
          }, BLOCKED_MS);
        },
        blocking(_current, _next, event) {
          // Another tab wants to upgrade or delete the database: let go at once, transactions under way still finish.
          (event.target as IDBDatabase).close();
          onClosed();
        },
        terminated: onClosed,
      });
    open().then(
      (database) => {
        clearTimeout(timer);
        if (waiting) resolve(database);
        else database.close();
      },
      (thrown: unknown) => {
        refuse(explainOpening(thrown));
      },
    );
  });
}

/** Deletes what embeds of this site have kept. Where the browser refuses, there is nothing to delete. */
export async function forgetEmbeds(): Promise<void> {
  if (findFactory()) await deleteDB(EMBED_DATABASE_NAME).catch(() => undefined);
}

/** The wrapped names of failures that come from the store and not from a mistake in this program. */
const STORE_FAILURES = new Set([
  'AbortError',
  'InvalidStateError',
  'UnknownError',
  'TimeoutError',
  'NotReadableError',
]);

/**
 * A failure of a database operation as the user should see it.
 * @param needs for the sentence of STORAGE_FULL: what there is no room for, or bytes of an archive still to be written
 */
export async function explainStorage(thrown: unknown, needs: string | number): Promise<LabError> {
  const name = thrown instanceof Error || thrown instanceof DOMException ? thrown.name : '';
  if (thrown instanceof LabError) return thrown;
  if (name === 'QuotaExceededError') {
    if (typeof needs === 'string') {
      return new LabError('STORAGE_FULL', `The browser's store has no room for ${needs}.`, { cause: thrown });
    }
    const left = await readBytesLeft();
    const bytes = left?.toLocaleString('en');
    // Browsers round what they state and know nothing of a full disk: only the refusal itself is certain.
    let room = '';
    if (left !== null && left < needs) room = `, and ${bytes} are left for this page`;
    else if (left !== null)
      room = `; the disk is full, although the browser counts ${bytes} bytes for this page`;
    return new LabError(
      'STORAGE_FULL',
      `The archive needs ${needs.toLocaleString('en')} more bytes in the browser's store${room}.`,
      { cause: thrown },
    );
  }
  if (STORE_FAILURES.has(name)) {
    const { message } = thrown as Error;
    return new LabError('STORAGE_UNAVAILABLE', `The browser's store failed: ${message || name}`, {
      cause: thrown,
    });
  }
  return LabError.from(thrown);
}
