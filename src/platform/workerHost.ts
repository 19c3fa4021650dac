/** The worker's side of a call: a pulse for each, errors as data, and a lock that says that the worker lives. */
import { expose, type Endpoint } from 'comlink';
import type {
  CallContext,
  CallEvent,
  CodecWorkerApi,
  DescentState,
  Outcome,
  WorkerSetup,
} from '../contracts/codec.ts';
import { LabError } from '../core/errors.ts';
import type { Pulse } from '../core/pulse.ts';
import { createCallPulse, type CallPulse } from './callPulse.ts';
import { findLocks, holdForLife } from './locks.ts';

type Calls = Omit<CodecWorkerApi, 'start' | 'cancel'>;

/** What the host needs of a service: each call as `(request, pulse)`; `descend` also reports states. */
export type HostedService = {
  [Name in keyof Calls]: Calls[Name] extends (
    call: CallContext,
    ...rest: infer Rest
  ) => Promise<Outcome<infer Value>>
    ? (
        request: Rest extends [infer Request] ? Request : undefined,
        pulse: Pulse,
        onState: (state: DescentState) => void,
      ) => Promise<Value>
    : never;
};

/**
 * The API over a service that is made when the page's first message has arrived. Results are cloned and not
 * transferred: they are small (reports, counts, a few kilobytes), and the service may go on using their arrays.
 */
function createCodecHost(
  makeService: (setup: WorkerSetup) => HostedService,
  locks: LockManager | null = findLocks(),
): CodecWorkerApi {
  const running = new Map<number, CallPulse>();
  let service: HostedService | null = null;

  async function run<T>(
    { callId, port }: CallContext,
    work: (service: HostedService, pulse: Pulse, onState: (state: DescentState) => void) => Promise<T>,
  ): Promise<Outcome<T>> {
    const tell = (event: CallEvent) => {
      port.postMessage(event);
    };
    const pulse = createCallPulse((progress) => {
      tell({ kind: 'progress', progress });
    });
    running.set(callId, pulse);
    try {
      if (!service) throw new LabError('INTERNAL', 'The worker was called before it was started.');
      const onState = (state: DescentState) => {
        tell({ kind: 'state', state });
      };
      return { ok: true, value: await work(service, pulse, onState) };
    } catch (thrown) {
      return { ok: false, error: LabError.from(thrown).report() };
    } finally {
      running.delete(callId);
    }
  }

  return {
    start(setup) {
      service = makeService(setup);
      return holdForLife(locks, setup.lifeLock);
    },
    openDataset: (call, request) =>
      run(call, (to, pulse, onState) => to.openDataset(request, pulse, onState)),
    analyse: (call, request) => run(call, (to, pulse, onState) => to.analyse(request, pulse, onState)),
    compress: (call, request) => run(call, (to, pulse, onState) => to.compress(request, pulse, onState)),
    closedForm: (call, request) => run(call, (to, pulse, onState) => to.closedForm(request, pulse, onState)),
    descend: (call, request) => run(call, (to, pulse, onState) => to.descend(request, pulse, onState)),
    sweepCell: (call, request) => run(call, (to, pulse, onState) => to.sweepCell(request, pulse, onState)),
    inspect: (call, request) => run(call, (to, pulse, onState) => to.inspect(request, pulse, onState)),
    listArchives: (call) => run(call, (to, pulse, onState) => to.listArchives(undefined, pulse, onState)),
    keepArchive: (call, request) =>
      run(call, (to, pulse, onState) => to.keepArchive(request, pulse, onState)),
    deleteArchives: (call, request) =>
      run(call, (to, pulse, onState) => to.deleteArchives(request, pulse, onState)),
    cancel(callId) {
      running.get(callId)?.cancel();
    },
  };
}

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
  expose(createCodecHost(makeService, locks), endpoint);
}
