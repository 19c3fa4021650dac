/** The training worker's side of its calls, over the plumbing that all workers share. */
import { expose, type Endpoint } from 'comlink';
import { TRAINING_CALLS, type TrainingWorkerApi } from '../contracts/trainingCalls.ts';
import type { HostedTraining } from '../contracts/trainingHost.ts';
import type { WorkerSetup } from '../contracts/workerCalls.ts';
import { createWorkerHost } from './workerHost.ts';

/**
 * Answers the page's messages. Call it while the worker's script is first evaluated, before any await, or the page's
 * first messages are lost.
 * @param endpoint the worker itself unless given
 */
export function exposeTrainingHost(
  makeService: (setup: WorkerSetup) => HostedTraining,
  endpoint?: Endpoint,
  locks?: LockManager | null,
): void {
  const host: TrainingWorkerApi = createWorkerHost(TRAINING_CALLS, makeService, locks);
  expose(host, endpoint);
}
