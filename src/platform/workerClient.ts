/**
 * The page's side of a worker, whatever its calls: plain promises that reject with LabError. The worker is started by
 * the first call and replaced, unnoticed, by the next call after it has crashed, hung or been stopped.
 */
import { transfer } from 'comlink';
import type { CallContext, CallEvent, CallOptions, Outcome, WorkerApi } from '../contracts/workerCalls.ts';
import { LabError } from '../core/errors.ts';
import { DATABASE_NAME } from './archiveDatabase.ts';
import { findLocks } from './locks.ts';
import { createWatchdog } from './watchdog.ts';
import { connectWorker, type WorkerConnection, type WorkerLike } from './workerConnection.ts';

export interface Disposable {
  /** Terminates the worker; calls under way reject with CANCELLED, and later ones too. */
  dispose: () => void;
}

export interface WorkerClientOptions {
  /** Address under which `samples/` lies; the page's own unless given. */
  baseUrl?: string;
  /** Name of the database that its worker keeps things in; the lab's own unless given. */
  database?: string;
  locks?: LockManager | null;
  /** Silence in milliseconds after which a worker counts as hung (or three times its longest silence so far). */
  hungMs?: number;
  /** Milliseconds that cancelled work gets to end before its worker is terminated. */
  graceMs?: number;
}

const HUNG_MS = 30_000;
const GRACE_MS = 1_000;

/** Sends one call to a worker; it is done again when the call has to start again in a new one. */
export type Send<Api, T> = (api: Api, context: CallContext) => Promise<Outcome<T>>;

/** Starts the calls of one worker. */
export interface CallStarter<Api> extends Disposable {
  /**
   * @param onTold hears what the call tells on its way beside its progress
   * @param answersCancel whether cancelled work answers with a value worth waiting for
   */
  start: <T, Told = never>(
    send: Send<Api, T>,
    options?: CallOptions,
    onTold?: (told: Told) => void,
    answersCancel?: boolean,
  ) => Promise<T>;
}

/** A call from its first message until the worker has answered, even if the caller has been answered before. */
interface RunningCall {
  cancelled: boolean;
  dispatch(): void;
  /** Ends the call without an answer of the worker. */
  end(error: LabError): void;
}

const cancelled = () => new LabError('CANCELLED', 'The work was cancelled.');

function pageUrl(): string {
  const { document, location } = globalThis as { document?: Document; location?: Location };
  return document?.baseURI ?? location?.href ?? '';
}

export function createCallStarter<Api extends WorkerApi>(
  makeWorker: () => WorkerLike,
  options: WorkerClientOptions = {},
): CallStarter<Api> {
  const { baseUrl = pageUrl(), database = DATABASE_NAME, locks = findLocks() } = options;
  const { hungMs = HUNG_MS, graceMs = GRACE_MS } = options;
  const running = new Set<RunningCall>();
  let connection: WorkerConnection<Api> | null = null;
  let disposed = false;
  let lastCallId = 0;

  const watchdog = createWatchdog(hungMs, (silentMs) => {
    const seconds = Math.round(silentMs / 1000);
    drop(new LabError('WORKER_HUNG', `The worker gave no sign of life for ${seconds} s and was stopped.`));
  });

  /** Ends this worker, if there is one, and forgets what runs in it. Returns the calls that were interrupted. */
  function disconnect(): RunningCall[] {
    connection?.close();
    connection = null;
    watchdog.rest();
    const interrupted = [...running];
    running.clear();
    return interrupted;
  }

  function drop(error: LabError): void {
    for (const call of disconnect()) call.end(call.cancelled ? cancelled() : error);
  }

  /** Replaces a worker that goes on with cancelled work; the other calls in it start again in a new one. */
  function replaceStuck(): void {
    for (const call of disconnect()) {
      if (call.cancelled) call.end(cancelled());
      else call.dispatch();
    }
  }

  function connect(): WorkerConnection<Api> {
    if (!connection) {
      connection = connectWorker<Api>(makeWorker, { baseUrl, database }, locks, drop);
      void connection.ready.then(() => {
        watchdog.heard();
      });
    }
    return connection;
  }

  function start<T, Told>(
    send: Send<Api, T>,
    { onProgress, signal }: CallOptions = {},
    onTold?: (told: Told) => void,
    answersCancel = false,
  ): Promise<T> {
    if (disposed || signal?.aborted) return Promise.reject(cancelled());
    return new Promise<T>((resolve, reject) => {
      const callId = ++lastCallId;
      let port: MessagePort | null = null;
      /** The worker that has been sent the call. */
      let sentTo: WorkerConnection<Api> | null = null;
      let grace: ReturnType<typeof setTimeout> | undefined;

      const call: RunningCall = {
        cancelled: false,
        dispatch() {
          let host: WorkerConnection<Api>;
          try {
            host = connect();
          } catch (thrown) {
            call.end(LabError.from(thrown));
            return;
          }
          sentTo = null;
          running.add(call);
          watchdog.watch();
          // Only to a worker whose life is watched: before that, its death would look like slowness.
          void host.ready.then(() => {
            if (host === connection && running.has(call)) sendTo(host);
          });
        },
        end(error) {
          tidy();
          reject(error);
        },
      };

      function sendTo(host: WorkerConnection<Api>): void {
        port?.close();
        const channel = new MessageChannel();
        port = channel.port1;
        port.onmessage = onEvent;
        sentTo = host;
        send(host.api, transfer({ callId, port: channel.port2 }, [channel.port2])).then(
          (outcome) => {
            if (host === connection) finish(outcome);
          },
          (thrown: unknown) => {
            if (host === connection) call.end(LabError.from(thrown));
          },
        );
      }

      function tidy(): void {
        running.delete(call);
        if (running.size === 0) watchdog.rest();
        clearTimeout(grace);
        signal?.removeEventListener('abort', onAbort);
        port?.close();
        port = null;
      }

      function finish(outcome: Outcome<T>): void {
        watchdog.heard();
        if (!outcome.ok) {
          call.end(LabError.fromReport(outcome.error));
          return;
        }
        tidy();
        resolve(outcome.value);
      }

      function onEvent({ data }: MessageEvent<CallEvent<Told>>): void {
        watchdog.heard();
        if (call.cancelled) return;
        if (data.kind === 'progress') onProgress?.(data.progress);
        else onTold?.(data.told);
      }

      function onAbort(): void {
        if (!sentTo) {
          call.end(cancelled());
          return;
        }
        call.cancelled = true;
        sentTo.cancel(callId).catch(() => undefined);
        grace = setTimeout(replaceStuck, graceMs);
        if (!answersCancel) reject(cancelled());
      }

      signal?.addEventListener('abort', onAbort);
      call.dispatch();
    });
  }

  return {
    start,
    dispose() {
      disposed = true;
      drop(cancelled());
    },
  };
}
