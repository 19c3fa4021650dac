/** The calls of the codec worker: one table of them, from which the worker's side and the page's side follow. */
import type { ErrorReport } from '../core/errors.ts';
import type {
  ArchiveListing,
  ArchiveReport,
  BitsReport,
  ClosedFormResult,
  DatasetSource,
  DatasetSummary,
  DescendRequest,
  DescentState,
  ExperimentSettings,
  MadeFile,
  Method,
  RecordInspection,
  SweepCell,
  TableFormat,
  VerificationReport,
} from './codec.ts';
import type {
  CondensedImages,
  ImageArchiveReport,
  ImageBitsReport,
  ImageInspection,
  ImagePeerResult,
  ImagePeersReport,
  ImageSampleReport,
  ImageSettings,
  ImageSource,
  ImageSummary,
  ImageSweepCell,
  Pictures,
} from './images.ts';
import type { PeerResult, PeersReport } from './peers.ts';
import type { ServedPictures } from './samplePort.ts';
import type { OnProgress, Progress } from './progress.ts';

/** A dataset with the settings of an experiment on it. */
interface Experiment {
  source: DatasetSource;
  settings: ExperimentSettings;
}

/** Pictures with the settings of an experiment on them. */
interface ImageExperiment {
  source: ImageSource;
  settings: ImageSettings;
}

/** Every call: what it asks for (undefined where nothing) and what it gives. */
export interface CodecCalls {
  openDataset: { request: { source: DatasetSource }; result: DatasetSummary };
  analyse: { request: Experiment; result: BitsReport };
  compress: { request: Experiment & { store: boolean; kept: boolean }; result: ArchiveReport };
  closedForm: { request: Experiment & { method: Method }; result: ClosedFormResult };
  /** Sends 'state' events; on cancel it resolves with the state reached, so that pausing loses nothing. */
  descend: { request: DescendRequest; result: DescentState };
  sweepCell: { request: Experiment & { method: Method }; result: SweepCell };
  /** Sends 'peer' events, one per peer measured. */
  peers: { request: Experiment; result: PeersReport };
  inspect: { request: { archiveId: string; record: number }; result: RecordInspection };
  listArchives: { request: undefined; result: ArchiveListing[] };
  keepArchive: { request: { id: string; kept: boolean }; result: null };
  deleteArchives: { request: { ids: string[] | 'all' }; result: null };
  /** The archive as one file; its bytes are those of the store. */
  exportArchive: { request: { id: string }; result: MadeFile };
  /** Checks the whole file, then stores it as kept; an archive that is there already stays. */
  importArchive: { request: { file: File }; result: ArchiveListing };
  verifyArchive: { request: { id: string }; result: VerificationReport };
  /** The decoded table of an archive. */
  exportTable: { request: { id: string; format: TableFormat }; result: MadeFile };
  /** The condensed samples in the data's own units, with their weights, as CSV. */
  exportSamples: { request: Experiment; result: MadeFile };

  openImages: { request: { source: ImageSource }; result: ImageSummary };
  /** Pictures of one class in their order, from its picture `from` on, at most 2,000. */
  pictures: {
    request: { source: ImageSource; label: number; from: number; count: number };
    result: Pictures;
  };
  /** The bits of one base table: of class `table`, or of all classes. */
  analyseImages: { request: ImageExperiment & { table: number }; result: ImageBitsReport };
  /** `helpers` (transferred): ports to other workers that encode classes for it. */
  compressImages: {
    request: ImageExperiment & { store: boolean; kept: boolean; helpers: MessagePort[] };
    result: ImageArchiveReport;
  };
  /** Encodes what comes through the port (transferred), until the other worker says that it was the last. */
  helpEncode: { request: { port: MessagePort }; result: null };
  /** A random share of an archive's training pictures, read from the store. */
  sampleImages: {
    request: { archiveId: string; fraction: number; seed: number };
    result: ImageSampleReport;
  };
  /** Answers requests for pictures that come through the port (transferred), until the other side ends it. */
  serveSamples: { request: { served: ServedPictures; port: MessagePort }; result: null };
  inspectImage: {
    request: { archiveId: string; record: number; source: ImageSource | null };
    result: ImageInspection;
  };
  condenseImages: { request: ImageExperiment; result: CondensedImages };
  /** Measures the settings on the first training pictures of every class, `limit` in all. */
  imageSweepCell: { request: ImageExperiment & { limit: number }; result: ImageSweepCell };
  /** Sends 'image-peer' events, one per peer measured. */
  imagePeers: { request: ImageExperiment; result: ImagePeersReport };
  /** The pictures of an archive as a zip of PNGs, one folder per class under train/ and test/. */
  exportImages: { request: { id: string }; result: MadeFile };
}

export type CallName = keyof CodecCalls;
type Asked<Name extends CallName> = CodecCalls[Name]['request'] extends undefined
  ? []
  : [request: CodecCalls[Name]['request']];

export type Outcome<T> = { ok: true; value: T } | { ok: false; error: ErrorReport };

/** First message to a new worker. */
export interface WorkerSetup {
  /** The page's base address; gallery files lie under `samples/` there. */
  baseUrl: string;
  /** Web Lock that the worker holds until it dies, by which the page learns of its death. */
  lifeLock: string;
}

/** Identifies a call to `cancel`, and carries its events. */
export interface CallContext {
  callId: number;
  /** CallEvent messages from worker to page; the page closes it when the call is over. */
  port: MessagePort;
}

/** What a running call tells the page; each one is also a sign of life. */
export type CallEvent =
  | { kind: 'progress'; progress: Progress }
  | { kind: 'state'; state: DescentState }
  | { kind: 'peer'; peer: PeerResult }
  | { kind: 'image-peer'; peer: ImagePeerResult };

type WorkerCalls = {
  [Name in CallName]: (
    call: CallContext,
    ...asked: Asked<Name>
  ) => Promise<Outcome<CodecCalls[Name]['result']>>;
};

/**
 * The worker's side, as exposed through Comlink. Every call takes a call id, by which `cancel` stops it at the next
 * chunk, and a port for its progress (a function cannot cross inside a context object).
 */
export interface CodecWorkerApi extends WorkerCalls {
  /** Resolves to whether the worker holds the life lock (false where Web Locks are missing). */
  start(setup: WorkerSetup): Promise<boolean>;
  cancel(callId: number): void;
}

/** Options of a call on the page's side. */
export interface CallOptions {
  onProgress?: OnProgress;
  signal?: AbortSignal;
}

type PlainCalls = {
  [Name in Exclude<CallName, 'descend' | 'peers' | 'imagePeers' | 'compressImages'>]: (
    ...asked: [...Asked<Name>, options?: CallOptions]
  ) => Promise<CodecCalls[Name]['result']>;
};

/** The page's side of the worker: plain promises that reject with LabError. */
export interface CodecClient extends PlainCalls {
  descend(
    request: DescendRequest,
    onState: (state: DescentState) => void,
    options?: CallOptions,
  ): Promise<DescentState>;
  peers(
    request: CodecCalls['peers']['request'],
    onPeer: (peer: PeerResult) => void,
    options?: CallOptions,
  ): Promise<PeersReport>;
  /** @param makeHelpers ports for this one attempt: they are made again when the call has to start again */
  compressImages(
    request: Omit<CodecCalls['compressImages']['request'], 'helpers'>,
    options?: CallOptions,
    makeHelpers?: () => MessagePort[],
  ): Promise<ImageArchiveReport>;
  imagePeers(
    request: CodecCalls['imagePeers']['request'],
    onPeer: (peer: ImagePeerResult) => void,
    options?: CallOptions,
  ): Promise<ImagePeersReport>;
}
