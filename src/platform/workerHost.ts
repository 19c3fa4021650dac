/** The worker's side of a call: a pulse for each, errors as data, and a lock that says that the worker lives. */
import type { CallContext, Outcome, WorkerSetup } from '../contracts/calls.ts';
import type { Progress } from '../contracts/progress.ts';
import { LabError } from '../core/errors.ts';
import type { Pulse } from '../core/pulse.ts';
import { createCallPulse, type CallPulse } from './callPulse.ts';
import { findLocks, holdForLife } from './locks.ts';
import type { WorkerApi } from './workerConnection.ts';

/** What one call does with the service. */
export type Work<Service, Told, T> = (
  service: Service,
  pulse: Pulse,
  tell: (event: Told) => void,
) => Promise<T>;

export interface WorkerHost<Service, Told> {
  /** What every worker answers. */
  readonly api: WorkerApi;
  readonly run: <T>(call: CallContext, work: Work<Service, Told, T>) => Promise<Outcome<T>>;
}

/**
 * Hosts a service that is made when the page's first message has arrived. Results are cloned unless a call hands them
 * over: they are small (reports, counts, a few kilobytes; a blob is not copied), and the service may go on using their
 * arrays.
 */
export function createWorkerHost<Service, Told>(
  makeService: (setup: WorkerSetup) => Service,
  locks: LockManager | null = findLocks(),
): WorkerHost<Service, Told> {
  const running = new Map<number, CallPulse>();
  let service: Service | null = null;

  return {
    api: {
      start(setup) {
        service = makeService(setup);
        return holdForLife(locks, setup.lifeLock);
      },
      cancel(callId) {
        running.get(callId)?.cancel();
      },
    },
    async run({ callId, port }, work) {
      const tell = (event: Told | { kind: 'progress'; progress: Progress }) => {
        port.postMessage(event);
      };
      const pulse = createCallPulse((progress) => {
        tell({ kind: 'progress', progress });
      });
      running.set(callId, pulse);
      try {
        if (!service) throw new LabError('INTERNAL', 'The worker was called before it was started.');
        return { ok: true, value: await work(service, pulse, tell) };
      } catch (thrown) {
        return { ok: false, error: LabError.from(thrown).report() };
      } finally {
        running.delete(callId);
      }
    },
  };
}
