/** The codec worker's side of its calls, over the plumbing that all workers share. */
import { expose, transfer, type Endpoint } from 'comlink';
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
import type { ImagePeerResult } from '../contracts/images.ts';
import type { PeerResult } from '../contracts/peers.ts';
import type { Pulse } from '../core/pulse.ts';
import { createWorkerHost } from './workerHost.ts';

/** What a call tells on its way beside its progress. */
interface Told {
  descend: DescentState;
  peers: PeerResult;
  imagePeers: ImagePeerResult;
}

/** Calls that tell nothing but their progress, and take a request. */
type PlainName = Exclude<CallName, keyof Told | 'listArchives'>;

/** Calls whose results are arrays of pixels made for this one answer: they are handed over and not copied. */
type HandedOver = 'pictures' | 'sampleImages' | 'inspectImage' | 'condenseImages';

/** What the host needs of a service: each call as `(request, pulse)`; `descend` reports states, `peers` their rows. */
export type HostedService = {
  [Name in CallName]: (
    request: CodecCalls[Name]['request'],
    pulse: Pulse,
    onTold: (told: Name extends keyof Told ? Told[Name] : never) => void,
  ) => Promise<CodecCalls[Name]['result']>;
};

/** The buffers of all typed arrays in plain data, each once. */
function buffersIn(value: unknown, found = new Set<ArrayBuffer>()): Set<ArrayBuffer> {
  if (ArrayBuffer.isView(value)) {
    if (value.buffer instanceof ArrayBuffer) found.add(value.buffer);
  } else if (typeof value === 'object' && value !== null) {
    for (const part of Object.values(value)) buffersIn(part, found);
  }
  return found;
}

type ToldEvent = Exclude<CallEvent, { kind: 'progress' }>;

/** The API over the service. Results that are pictures are handed over: the service makes them anew for every answer. */
function createCodecHost(
  makeService: (setup: WorkerSetup) => HostedService,
  locks?: LockManager | null,
): CodecWorkerApi {
  const { api, run } = createWorkerHost<HostedService, ToldEvent>(makeService, locks);

  /** A call that tells nothing on its way but its progress. */
  function plain<Name extends PlainName>(name: Name) {
    type Request = CodecCalls[Name]['request'];
    type Value = CodecCalls[Name]['result'];
    return (call: CallContext, request: Request): Promise<Outcome<Value>> =>
      run(call, (to: Pick<HostedService, Name>, pulse) => to[name](request, pulse, () => undefined));
  }

  /** The same, and the arrays of its result change hands. */
  function handedOver<Name extends HandedOver>(name: Name) {
    const answer = plain<PlainName>(name) as (
      call: CallContext,
      request: CodecCalls[Name]['request'],
    ) => Promise<Outcome<CodecCalls[Name]['result']>>;
    return async (call: CallContext, request: CodecCalls[Name]['request']) => {
      const outcome = await answer(call, request);
      return outcome.ok ? transfer(outcome, [...buffersIn(outcome.value)]) : outcome;
    };
  }

  return {
    ...api,
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
    openImages: plain('openImages'),
    pictures: handedOver('pictures'),
    analyseImages: plain('analyseImages'),
    compressImages: plain('compressImages'),
    helpEncode: plain('helpEncode'),
    sampleImages: handedOver('sampleImages'),
    serveSamples: plain('serveSamples'),
    inspectImage: handedOver('inspectImage'),
    condenseImages: handedOver('condenseImages'),
    imageSweepCell: plain('imageSweepCell'),
    imagePeers: (call, request) =>
      run(call, (to, pulse, tell) =>
        to.imagePeers(request, pulse, (peer) => {
          tell({ kind: 'image-peer', peer });
        }),
      ),
    exportImages: plain('exportImages'),
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
