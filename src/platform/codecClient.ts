/** The page's side of the codec worker: its calls, over the plumbing that all workers share. */
import { transfer } from 'comlink';
import { CODEC_CALLS, type CodecClient, type CodecWorkerApi } from '../contracts/calls.ts';
import { createClientCalls } from './clientCalls.ts';
import { createCallStarter, type Disposable, type WorkerClientOptions } from './workerClient.ts';
import type { WorkerLike } from './workerConnection.ts';

export type DisposableCodecClient = CodecClient & Disposable;

export function createCodecClient(
  makeWorker: () => WorkerLike,
  options: WorkerClientOptions = {},
): DisposableCodecClient {
  const { start, dispose } = createCallStarter<CodecWorkerApi>(makeWorker, options);
  return {
    ...createClientCalls(CODEC_CALLS, start),
    compressImages: (request, to, makeHelpers) =>
      start((api, call) => {
        // Ports can be sent once: a call that starts again in a new worker takes new ones along.
        const helpers = makeHelpers?.() ?? [];
        return api.compressImages(call, transfer({ ...request, helpers }, helpers));
      }, to),
    dispose,
  };
}
