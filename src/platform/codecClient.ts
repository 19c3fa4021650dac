/** The page's side of the codec worker: its calls, over the plumbing that all workers share. */
import { transfer } from 'comlink';
import type { CallEvent, CodecClient, CodecWorkerApi } from '../contracts/calls.ts';
import { createWorkerCalls, sentOnce, type Disposable, type WorkerClientOptions } from './workerClient.ts';
import type { WorkerLike } from './workerConnection.ts';

export type DisposableCodecClient = CodecClient & Disposable;

export function createCodecClient(
  makeWorker: () => WorkerLike,
  options: WorkerClientOptions = {},
): DisposableCodecClient {
  const { start, dispose } = createWorkerCalls<CodecWorkerApi, Exclude<CallEvent, { kind: 'progress' }>>(
    makeWorker,
    options,
  );
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
    // Whom it helped does without.
    helpEncode: (request, to) =>
      start(
        sentOnce(
          (api, call) => api.helpEncode(call, transfer(request, [request.port])),
          'The worker that helped another one to encode had to be replaced.',
        ),
        to,
      ),
    sampleImages: (request, to) => start((api, call) => api.sampleImages(call, request), to),
    serveSamples: (request, to) =>
      start(
        sentOnce(
          (api, call) => api.serveSamples(call, transfer(request, [request.port])),
          'The worker that read pictures for another one had to be replaced.',
        ),
        to,
      ),
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
    dispose,
  };
}
