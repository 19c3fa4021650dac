/** The training worker's side of its calls, over the plumbing that all workers share. */
import { expose, type Endpoint } from 'comlink';
import type { CallContext, Outcome, WorkerSetup } from '../contracts/calls.ts';
import type {
  TrainingCallName,
  TrainingCalls,
  TrainingEvent,
  TrainingWorkerApi,
} from '../contracts/trainingCalls.ts';
import type { HostedTraining } from '../contracts/trainingHost.ts';
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
  const { api, run } = createWorkerHost<HostedTraining, TrainingEvent>(makeService, locks);

  function answer<Name extends TrainingCallName>(name: Name) {
    type Request = TrainingCalls[Name]['request'];
    type Value = TrainingCalls[Name]['result'];
    return (call: CallContext, request: Request): Promise<Outcome<Value>> =>
      run(call, (to: Pick<HostedTraining, Name>, pulse, tell) => to[name](request, pulse, tell));
  }

  const loseDevice = answer('loseDevice');
  const host: TrainingWorkerApi = {
    ...api,
    chooseBackend: answer('chooseBackend'),
    train: answer('train'),
    exportModel: answer('exportModel'),
    evaluateModel: answer('evaluateModel'),
    release: answer('release'),
    loseDevice: (call) => loseDevice(call, undefined),
  };
  expose(host, endpoint);
}
