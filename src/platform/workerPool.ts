/** Independent jobs over several workers: one job at a time in each, results in the order of the jobs. */
import type { CodecClient } from '../contracts/calls.ts';
import { LabError } from '../core/errors.ts';
import { createCodecClient, type DisposableCodecClient } from './codecClient.ts';
import type { WorkerClientOptions } from './workerClient.ts';
import type { WorkerLike } from './workerConnection.ts';

/** A job must hand its signal on to the calls that it makes; a worker is free again only when its job has ended. */
export type Job<T> = (client: CodecClient, signal: AbortSignal) => Promise<T>;

interface RunOptions<T> {
  signal?: AbortSignal;
  onDone?: (index: number, value: T) => void;
}

export interface WorkerPool {
  /** Workers at most. */
  readonly size: number;
  /**
   * Runs the jobs in their order. The first failure cancels the rest and is thrown; a job whose worker crashed is
   * tried once more in a new worker.
   * @throws LabError CANCELLED at once when the signal aborts, or the failure
   */
  run<T>(jobs: readonly Job<T>[], options?: RunOptions<T>): Promise<T[]>;
  /** Terminates all workers; runs under way and later ones reject with CANCELLED. */
  dispose(): void;
}

export interface WorkerPoolOptions extends WorkerClientOptions {
  /** Milliseconds without a job after which a worker gives its memory back. */
  idleMs?: number;
}

const IDLE_MS = 30_000;

function defaultSize(): number {
  const cores = (globalThis as { navigator?: { hardwareConcurrency?: number } }).navigator
    ?.hardwareConcurrency;
  return Math.min(8, Math.max(1, cores ?? 1));
}

export function createWorkerPool(
  makeWorker: () => WorkerLike,
  size = defaultSize(),
  { idleMs = IDLE_MS, ...clientOptions }: WorkerPoolOptions = {},
): WorkerPool {
  const clients = new Set<DisposableCodecClient>();
  const idle = new Map<DisposableCodecClient, ReturnType<typeof setTimeout>>();
  /** Runs that wait for a worker, first come first served. */
  const waiting: (() => void)[] = [];
  let disposed = false;

  function discard(client: DisposableCodecClient): void {
    clearTimeout(idle.get(client));
    idle.delete(client);
    clients.delete(client);
    client.dispose();
  }

  /** The worker used last, whose caches are the warmest; else a new one; null while all are busy. */
  function take(): DisposableCodecClient | null {
    const warmest = [...idle.keys()].at(-1);
    if (warmest) {
      clearTimeout(idle.get(warmest));
      idle.delete(warmest);
      return warmest;
    }
    if (clients.size >= size) return null;
    const client = createCodecClient(makeWorker, clientOptions);
    clients.add(client);
    return client;
  }

  function giveBack(client: DisposableCodecClient): void {
    if (clients.has(client)) {
      const timer = setTimeout(() => {
        discard(client);
      }, idleMs);
      idle.set(client, timer);
    }
    waiting.shift()?.();
  }

  /** Resolves to a worker, or to null when the signal aborts first. */
  async function acquire(signal: AbortSignal): Promise<DisposableCodecClient | null> {
    while (!signal.aborted && !disposed) {
      const client = take();
      if (client) return client;
      await new Promise<void>((resolve) => {
        const wake = () => {
          signal.removeEventListener('abort', leave);
          resolve();
        };
        const leave = () => {
          waiting.splice(waiting.indexOf(wake), 1);
          resolve();
        };
        waiting.push(wake);
        signal.addEventListener('abort', leave, { once: true });
      });
    }
    waiting.shift()?.(); // This run may have been woken for a worker that it does not need any more.
    return null;
  }

  async function attempt<T>(job: Job<T>, signal: AbortSignal, mayRetry: boolean): Promise<T> {
    const client = await acquire(signal);
    if (!client) throw new LabError('CANCELLED', 'The work was cancelled.');
    try {
      return await job(client, signal);
    } catch (thrown) {
      const crashed = thrown instanceof LabError && thrown.code === 'WORKER_CRASHED';
      if (!crashed) throw thrown;
      discard(client);
      if (!mayRetry || signal.aborted) throw thrown;
    } finally {
      giveBack(client);
    }
    return attempt(job, signal, false);
  }

  return {
    size,
    run<T>(jobs: readonly Job<T>[], { signal, onDone }: RunOptions<T> = {}) {
      return new Promise<T[]>((resolve, reject) => {
        const stop = new AbortController();
        const results = new Array<T>(jobs.length);
        let next = 0;

        function fail(thrown: unknown): void {
          if (stop.signal.aborted) return;
          stop.abort();
          signal?.removeEventListener('abort', onAbort);
          reject(LabError.from(thrown));
        }
        function onAbort(): void {
          fail(new LabError('CANCELLED', 'The work was cancelled.'));
        }
        async function lane(): Promise<void> {
          while (next < jobs.length && !stop.signal.aborted) {
            const index = next++;
            const value = await attempt(jobs[index], stop.signal, true);
            if (stop.signal.aborted) return;
            results[index] = value;
            onDone?.(index, value);
          }
        }

        if (signal?.aborted) {
          onAbort();
          return;
        }
        signal?.addEventListener('abort', onAbort);
        const lanes = Array.from({ length: Math.min(size, jobs.length) }, lane);
        Promise.all(lanes).then(() => {
          signal?.removeEventListener('abort', onAbort);
          resolve(results);
        }, fail);
      });
    },
    dispose() {
      disposed = true;
      for (const client of [...clients]) discard(client);
      waiting.shift()?.();
    },
  };
}
