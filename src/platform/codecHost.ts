/** The codec worker's side of its calls, over the plumbing that all workers share. */
import { expose, type Endpoint } from 'comlink';
import { CODEC_CALLS, type CodecCalls, type CodecWorkerApi } from '../contracts/calls.ts';
import type { ServiceCalls, WorkerSetup } from '../contracts/workerCalls.ts';
import { createWorkerHost } from './workerHost.ts';

/** What the host needs of a service. */
export type HostedService = ServiceCalls<CodecCalls>;

/**
 * Answers the page's messages. Call it while the worker's script is first evaluated, before any await, or the page's
 * first messages are lost.
 * @param endpoint the worker itself unless given
 */
export function exposeCodecHost(
  makeService: (setup: WorkerSetup) => HostedService,
  endpoint?: Endpoint,
  locks?: LockManager | null,
): void {
  const host: CodecWorkerApi = createWorkerHost(CODEC_CALLS, makeService, locks);
  expose(host, endpoint);
}
