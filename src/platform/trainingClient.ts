/** The page's side of the training worker: its calls, over the plumbing that all workers share. */
import { TRAINING_CALLS, type TrainingClient, type TrainingWorkerApi } from '../contracts/trainingCalls.ts';
import { createClientCalls } from './clientCalls.ts';
import { createCallStarter, type Disposable, type WorkerClientOptions } from './workerClient.ts';
import type { WorkerLike } from './workerConnection.ts';

export type DisposableTrainingClient = TrainingClient & Disposable;

/**
 * Nothing interrupts a step of a network, and one of a wide network takes most of a minute on a machine without a
 * graphics card. The first one has no longer silence before it to be measured against.
 */
const HUNG_MS = 120_000;
/** A pause waits for the step that is under way: terminating the worker would lose what came after the checkpoint. */
const GRACE_MS = 60_000;

export function createTrainingClient(
  makeWorker: () => WorkerLike,
  options: WorkerClientOptions = {},
): DisposableTrainingClient {
  const { start, dispose } = createCallStarter<TrainingWorkerApi>(makeWorker, {
    hungMs: HUNG_MS,
    graceMs: GRACE_MS,
    ...options,
  });
  return { ...createClientCalls(TRAINING_CALLS, start), dispose };
}
