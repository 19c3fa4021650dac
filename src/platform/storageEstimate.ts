/** How much room the browser gives this origin, and whether it promises to keep what is stored. */

export interface StorageState {
  /** Bytes in use by this origin, or null where the browser does not say. */
  usage: number | null;
  /** Bytes that this origin may use at most, or null. */
  quota: number | null;
  /** Whether the browser keeps the data under disk pressure; null where it does not say. */
  persisted: boolean | null;
}

/** What is used of StorageManager; `persist` is there in pages only. */
export interface StorageFacility {
  estimate(): Promise<StorageEstimate>;
  persisted(): Promise<boolean>;
  persist?(): Promise<boolean>;
}

function findStorage(): StorageFacility | null {
  return (globalThis as { navigator?: { storage?: StorageFacility } }).navigator?.storage ?? null;
}

/** Never rejects: what the browser refuses to tell is null. */
export async function readStorageState(storage = findStorage()): Promise<StorageState> {
  const [estimate, persisted] = await Promise.all([
    Promise.resolve(storage?.estimate()).catch(() => undefined),
    Promise.resolve(storage?.persisted()).catch(() => undefined),
  ]);
  return {
    usage: estimate?.usage ?? null,
    quota: estimate?.quota ?? null,
    persisted: persisted ?? null,
  };
}

/** Bytes left for this origin, or null where the browser does not say. */
export async function readBytesLeft(storage = findStorage()): Promise<number | null> {
  const { usage, quota } = await readStorageState(storage);
  return usage === null || quota === null ? null : Math.max(0, quota - usage);
}

/** Asks the browser to keep the data under disk pressure; it may refuse, and often does without asking the user. */
export async function askPersistence(storage = findStorage()): Promise<boolean> {
  try {
    return (await storage?.persist?.()) ?? false;
  } catch {
    return false;
  }
}
