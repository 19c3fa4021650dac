/** One living worker, from its start to its death. */
import { releaseProxy, wrap } from 'comlink';
import type { WorkerApi, WorkerSetup } from '../contracts/workerCalls.ts';
import { LabError } from '../core/errors.ts';
import { uniqueName, watchLife } from './locks.ts';

/** What is used of a Worker. */
export type WorkerLike = Pick<
  Worker,
  'postMessage' | 'addEventListener' | 'removeEventListener' | 'terminate'
>;

export interface WorkerConnection<Api> {
  readonly api: Api;
  cancel(callId: number): Promise<void>;
  /** Resolves when the worker has answered its first message, and never if it does not. */
  readonly ready: Promise<void>;
  /** Terminates the worker; `onDeath` is not called after it. */
  close(): void;
}

/**
 * Starts a worker. A script that cannot be loaded, an uncaught error, a lost message and a worker that is gone
 * (closed, killed, out of memory: then its life lock comes free) all count as its death.
 * @param onDeath called at most once, never before this function has returned
 * @throws LabError WORKER_CRASHED when the browser refuses to make a worker
 */
export function connectWorker<Api extends WorkerApi>(
  makeWorker: () => WorkerLike,
  setup: Omit<WorkerSetup, 'lifeLock'>,
  locks: LockManager | null,
  onDeath: (error: LabError) => void,
): WorkerConnection<Api> {
  const lifeLock = uniqueName('dreamlearning-worker:');
  let alive = true;
  let started = false;
  let stopWatching = () => {};
  let worker: WorkerLike;
  try {
    worker = makeWorker();
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    throw new LabError('WORKER_CRASHED', `The browser could not start the worker: ${reason}`, {
      cause: thrown,
    });
  }
  const api = wrap<WorkerApi>(worker);

  function close(): void {
    if (!alive) return;
    alive = false;
    stopWatching();
    worker.removeEventListener('error', onError);
    worker.removeEventListener('messageerror', onLostMessage);
    api[releaseProxy]();
    worker.terminate();
  }

  function die(what: string): void {
    if (!alive) return;
    close();
    onDeath(new LabError('WORKER_CRASHED', what));
  }

  function onError(event: Event): void {
    const { message } = event as Partial<ErrorEvent>;
    if (started) die(`The worker stopped on an error: ${message ?? 'no message'}`);
    else die(`The worker did not start: ${message ?? 'its script could not be loaded'}`);
  }

  function onLostMessage(): void {
    die('A message of the worker could not be read.');
  }

  worker.addEventListener('error', onError);
  worker.addEventListener('messageerror', onLostMessage);

  const ready = new Promise<void>((resolve) => {
    api.start({ ...setup, lifeLock }).then(
      (holdsLock) => {
        if (!alive) return;
        started = true;
        if (holdsLock && locks) {
          stopWatching = watchLife(locks, lifeLock, () => {
            die('The worker ended without a word, perhaps for want of memory.');
          });
        }
        resolve();
      },
      (thrown: unknown) => {
        die(`The worker did not start: ${LabError.from(thrown).message}`);
      },
    );
  });

  // The same proxy; what of it is generic, TypeScript cannot look through. Calls give promises with and without it.
  return { api: api as unknown as Api, cancel: (callId) => api.cancel(callId), ready, close };
}
