/** The worker's side of a call: a pulse for each, errors as data, and a lock that says that the worker lives. */
import { expose, type Endpoint } from 'comlink';
import type {
  CallContext,
  CallEvent,
  CodecWorkerApi,
  Outcome,
  WorkerSetup,
  CallName,
  CodecCalls,
} from '../contracts/calls.ts';
import type { DescentState } from '../contracts/codec.ts';
import type { PeerResult } from '../contracts/peers.ts';
import { LabError } from '../core/errors.ts';
import type { Pulse } from '../core/pulse.ts';
import { createCallPulse, type CallPulse } from './callPulse.ts';
import { findLocks, holdForLife } from './locks.ts';

/** What a call tells on its way beside its progress. */
type Told<Name> = Name extends 'peers' ? PeerResult : DescentState;

/** What the host needs of a service: each call as `(request, pulse)`; `descend` reports states, `peers` their rows. */
export type HostedService = {
  [Name in CallName]: (
    request: CodecCalls[Name]['request'],
    pulse: Pulse,
    onTold: (told: Told<Name>) => void,
  ) => Promise<CodecCalls[Name]['result']>;
};

/**
 * The API over a service that is made when the page's first message has arrived. Results are cloned and not
 * transferred: they are small (reports, counts, a few kilobytes; a blob is not copied), and the service may go on using their arrays.
 */
function createCodecHost(
  makeService: (setup: WorkerSetup) => HostedService,
  locks: LockManager | null = findLocks(),
): CodecWorkerApi {
  const running = new Map<number, CallPulse>();
  let service: HostedService | null = null;

  async function run<T>(
    { callId, port }: CallContext,
    work: (service: HostedService, pulse: Pulse, tell: (event: CallEvent) => void) => Promise<T>,
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
      return { ok: true, value: await work(service, pulse, tell) };
    } catch (thrown) {
      return { ok: false, error: LabError.from(thrown).report() };
    } finally {
      running.delete(callId);
    }
  }

  /** A call that tells nothing on its way but its progress. */
  function plain<Name extends Exclude<CallName, 'descend' | 'peers' | 'listArchives'>>(name: Name) {
    type Request = CodecCalls[Name]['request'];
    type Value = CodecCalls[Name]['result'];
    return (call: CallContext, request: Request): Promise<Outcome<Value>> =>
      run(call, (to: Pick<HostedService, Name>, pulse) => to[name](request, pulse, () => undefined));
  }

  return {
    start(setup) {
      service = makeService(setup);
      return holdForLife(locks, setup.lifeLock);
    },
    openDataset: plain('openDataset'),
    analyse: plain('analyse'),
    compress: plain('compress'),
    closedForm: plain('closedForm'),
    descend: (call, request) =>
      run(call, (to, pulse, tell) =>
        to.descend(request, pulse, (state) => {
          tell({ kind: 'state', state });
        }),
      ),
    sweepCell: plain('sweepCell'),
    peers: (call, request) =>
      run(call, (to, pulse, tell) =>
        to.peers(request, pulse, (peer) => {
          tell({ kind: 'peer', peer });
        }),
      ),
    inspect: plain('inspect'),
    listArchives: (call) => run(call, (to, pulse) => to.listArchives(undefined, pulse, () => undefined)),
    keepArchive: plain('keepArchive'),
    deleteArchives: plain('deleteArchives'),
    exportArchive: plain('exportArchive'),
    importArchive: plain('importArchive'),
    verifyArchive: plain('verifyArchive'),
    exportTable: plain('exportTable'),
    exportSamples: plain('exportSamples'),
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
