/** The page's side of the training worker: its calls, over the plumbing that all workers share. */
import { transfer } from 'comlink';
import type { TrainingClient, TrainingEvent, TrainingWorkerApi } from '../contracts/trainingCalls.ts';
import { createWorkerCalls, sentOnce, type Disposable, type WorkerClientOptions } from './workerClient.ts';
import type { WorkerLike } from './workerConnection.ts';

export type DisposableTrainingClient = TrainingClient & Disposable;

/**
 * Nothing interrupts a step of a network, and one of a wide network takes most of a minute on a machine without a
 * graphics card. The first one has no longer silence before it to be measured against.
 */
const HUNG_MS = 120_000;
/** A pause waits for the step that is under way: terminating the worker would lose what came after the checkpoint. */
const GRACE_MS = 60_000;

const REPLACED = 'The worker that trained had to be replaced.';

export function createTrainingClient(
  makeWorker: () => WorkerLike,
  options: WorkerClientOptions = {},
): DisposableTrainingClient {
  const { start, dispose } = createWorkerCalls<TrainingWorkerApi, TrainingEvent>(makeWorker, {
    hungMs: HUNG_MS,
    graceMs: GRACE_MS,
    ...options,
  });
  return {
    chooseBackend: (request, to) => start((api, call) => api.chooseBackend(call, request), to),
    train(request, onEvent, to) {
      const { pixels, testPixels } = request;
      const ports = testPixels === null ? [pixels] : [pixels, testPixels];
      const send = sentOnce<TrainingWorkerApi, Awaited<ReturnType<TrainingClient['train']>>>(
        (api, call) => api.train(call, transfer(request, ports)),
        REPLACED,
      );
      return start(send, to, onEvent, true);
    },
    exportModel: (request, to) => start((api, call) => api.exportModel(call, request), to),
    evaluateModel: (request, to) =>
      start(
        sentOnce(
          (api, call) => api.evaluateModel(call, transfer(request, [request.testPixels])),
          'The worker that looked at the model had to be replaced.',
        ),
        to,
      ),
    release: (request, to) => start((api, call) => api.release(call, request), to),
    loseDevice: (to) => start((api, call) => api.loseDevice(call), to),
    dispose,
  };
}
