/**
 * The page's side of the codec worker: plain promises that reject with LabError. The worker is started by the first
 * call and replaced, unnoticed, by the next call after it has crashed, hung or been stopped.
 */
import { transfer, type Remote } from 'comlink';
import type {
  CallContext,
  CallEvent,
  CallOptions,
  CodecClient,
  CodecWorkerApi,
  Outcome,
} from '../contracts/calls.ts';
import { LabError } from '../core/errors.ts';
import { findLocks } from './locks.ts';
import { createWatchdog } from './watchdog.ts';
import { connectWorker, type WorkerConnection, type WorkerLike } from './workerConnection.ts';

export type DisposableCodecClient = CodecClient & {
  /** Terminates the worker; calls under way reject with CANCELLED, and later ones too. */
  dispose(): void;
};

export interface CodecClientOptions {
  /** Address under which `samples/` lies; the page's own unless given. */
  baseUrl?: string;
  locks?: LockManager | null;
  /** Silence in milliseconds after which a worker counts as hung (or three times its longest silence so far). */
  hungMs?: number;
  /** Milliseconds that cancelled work gets to end before its worker is terminated. */
  graceMs?: number;
}

const HUNG_MS = 30_000;
const GRACE_MS = 1_000;

type Send<T> = (api: Remote<CodecWorkerApi>, context: CallContext) => Promise<Outcome<T>>;

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

export function createCodecClient(
  makeWorker: () => WorkerLike,
  options: CodecClientOptions = {},
): DisposableCodecClient {
  const { baseUrl = pageUrl(), locks = findLocks(), hungMs = HUNG_MS, graceMs = GRACE_MS } = options;
  const running = new Set<RunningCall>();
  let connection: WorkerConnection | null = null;
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

  function connect(): WorkerConnection {
    if (!connection) {
      connection = connectWorker(makeWorker, baseUrl, locks, drop);
      void connection.ready.then(() => {
        watchdog.heard();
      });
    }
    return connection;
  }

  /**
   * @param answersCancel whether cancelled work answers with a value worth waiting for
   */
  function start<T>(
    send: Send<T>,
    { onProgress, signal }: CallOptions = {},
    onTold?: (event: Exclude<CallEvent, { kind: 'progress' }>) => void,
    answersCancel = false,
  ): Promise<T> {
    if (disposed || signal?.aborted) return Promise.reject(cancelled());
    return new Promise<T>((resolve, reject) => {
      const callId = ++lastCallId;
      let port: MessagePort | null = null;
      /** The worker that has been sent the call. */
      let sentTo: WorkerConnection | null = null;
      let grace: ReturnType<typeof setTimeout> | undefined;

      const call: RunningCall = {
        cancelled: false,
        dispatch() {
          let host: WorkerConnection;
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

      function sendTo(host: WorkerConnection): void {
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

      function onEvent({ data }: MessageEvent<CallEvent>): void {
        watchdog.heard();
        if (call.cancelled) return;
        if (data.kind === 'progress') onProgress?.(data.progress);
        else onTold?.(data);
      }

      function onAbort(): void {
        if (!sentTo) {
          call.end(cancelled());
          return;
        }
        call.cancelled = true;
        sentTo.api.cancel(callId).catch(() => undefined);
        grace = setTimeout(replaceStuck, graceMs);
        if (!answersCancel) reject(cancelled());
      }

      signal?.addEventListener('abort', onAbort);
      call.dispatch();
    });
  }

  return {
    openDataset: (request, to) => start((api, call) => api.openDataset(call, request), to),
    analyse: (request, to) => start((api, call) => api.analyse(call, request), to),
    compress: (request, to) => start((api, call) => api.compress(call, request), to),
    closedForm: (request, to) => start((api, call) => api.closedForm(call, request), to),
    descend: (request, onState, to) =>
      start(
        (api, call) => api.descend(call, request),
        to,
        (event) => {
          if (event.kind === 'state') onState(event.state);
        },
        true,
      ),
    sweepCell: (request, to) => start((api, call) => api.sweepCell(call, request), to),
    peers: (request, onPeer, to) =>
      start(
        (api, call) => api.peers(call, request),
        to,
        (event) => {
          if (event.kind === 'peer') onPeer(event.peer);
        },
      ),
    inspect: (request, to) => start((api, call) => api.inspect(call, request), to),
    listArchives: (to) => start((api, call) => api.listArchives(call), to),
    keepArchive: (request, to) => start((api, call) => api.keepArchive(call, request), to),
    deleteArchives: (request, to) => start((api, call) => api.deleteArchives(call, request), to),
    exportArchive: (request, to) => start((api, call) => api.exportArchive(call, request), to),
    importArchive: (request, to) => start((api, call) => api.importArchive(call, request), to),
    verifyArchive: (request, to) => start((api, call) => api.verifyArchive(call, request), to),
    exportTable: (request, to) => start((api, call) => api.exportTable(call, request), to),
    exportSamples: (request, to) => start((api, call) => api.exportSamples(call, request), to),
    openImages: (request, to) => start((api, call) => api.openImages(call, request), to),
    pictures: (request, to) => start((api, call) => api.pictures(call, request), to),
    analyseImages: (request, to) => start((api, call) => api.analyseImages(call, request), to),
    compressImages: (request, to, makeHelpers) =>
      start((api, call) => {
        // Ports can be sent once: a call that starts again in a new worker takes new ones along.
        const helpers = makeHelpers?.() ?? [];
        return api.compressImages(call, transfer({ ...request, helpers }, helpers));
      }, to),
    helpEncode(request, to) {
      let isSent = false;
      return start((api, call) => {
        if (isSent) {
          // Its port went down with the worker; whom it helped does without.
          const what = 'The worker that helped another one to encode had to be replaced.';
          return Promise.reject(new LabError('WORKER_CRASHED', what));
        }
        isSent = true;
        return api.helpEncode(call, transfer(request, [request.port]));
      }, to);
    },
    sampleImages: (request, to) => start((api, call) => api.sampleImages(call, request), to),
    inspectImage: (request, to) => start((api, call) => api.inspectImage(call, request), to),
    condenseImages: (request, to) => start((api, call) => api.condenseImages(call, request), to),
    imageSweepCell: (request, to) => start((api, call) => api.imageSweepCell(call, request), to),
    imagePeers: (request, onPeer, to) =>
      start(
        (api, call) => api.imagePeers(call, request),
        to,
        (event) => {
          if (event.kind === 'image-peer') onPeer(event.peer);
        },
      ),
    exportImages: (request, to) => start((api, call) => api.exportImages(call, request), to),
    dispose() {
      disposed = true;
      drop(cancelled());
    },
  };
}
