/**
 * Web Locks: they belong to a tab or worker and are released by the browser when their holder dies, which no flag in
 * a database can promise. Every function takes `null` for a place without them (Node, very old browsers).
 */
import { LabError, type ErrorCode } from '../core/errors.ts';

/** The browser's lock manager, or null where there is none. */
export function findLocks(): LockManager | null {
  return (globalThis as { navigator?: { locks?: LockManager } }).navigator?.locks ?? null;
}

/** A name that nobody else uses. (`crypto.randomUUID` is missing outside secure contexts; this is not.) */
export function uniqueName(prefix: string): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return prefix + Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * Does `work` while holding the lock exclusively.
 * @param waitMs milliseconds to wait for another holder
 * @throws LabError with the given code and sentence when the lock was not free in time, or what `work` throws
 */
export async function withLock<T>(
  locks: LockManager | null,
  name: string,
  waitMs: number,
  refusal: { code: ErrorCode; what: string },
  work: () => Promise<T>,
): Promise<T> {
  if (!locks) return work();
  let granted = false;
  try {
    return await locks.request(name, { signal: AbortSignal.timeout(waitMs) }, () => {
      granted = true;
      return work();
    });
  } catch (thrown) {
    if (granted) throw thrown;
    throw new LabError(refusal.code, refusal.what, { cause: thrown });
  }
}

/** Does `work` while holding the lock if nobody else holds it now; resolves to null otherwise. */
export async function withFreeLock<T>(
  locks: LockManager | null,
  name: string,
  work: () => Promise<T>,
): Promise<T | null> {
  if (!locks) return work();
  return locks.request(name, { ifAvailable: true }, (lock) => (lock ? work() : null));
}

/** Takes the lock for the rest of this tab's or worker's life. Resolves to whether it is held. */
export function holdForLife(locks: LockManager | null, name: string): Promise<boolean> {
  if (!locks) return Promise.resolve(false);
  return new Promise((resolve) => {
    const life = new Promise<never>(() => undefined);
    locks
      .request(name, () => {
        resolve(true);
        return life;
      })
      .catch(() => {
        resolve(false);
      });
  });
}

/**
 * Calls `onDeath` once when the holder of the lock is gone. The lock must be held already.
 * @returns a function that stops watching
 */
export function watchLife(locks: LockManager, name: string, onDeath: () => void): () => void {
  const stop = new AbortController();
  locks.request(name, { signal: stop.signal }, onDeath).catch(() => undefined);
  return () => {
    stop.abort();
  };
}
