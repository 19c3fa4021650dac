/** The calls of the codec worker: one table of them, from which the worker's side and the page's side follow. */
import type {
  ArchiveListing,
  ArchiveReport,
  BitsReport,
  ClosedFormResult,
  DatasetSource,
  DatasetSummary,
  DescendRequest,
  DescentState,
  DrawnTable,
  Examination,
  ExperimentSettings,
  MadeFile,
  Method,
  ReadingOptions,
  RecordInspection,
  SamplesOutline,
  SweepCell,
  SweepPart,
  TableFormat,
  VerificationReport,
} from './codec.ts';
import type { ContestReport, ContestRequest, Trial } from './contest.ts';
import type { Coefficients, CoefficientsRequest, Predictions, PredictionsRequest } from './fitted.ts';
import type {
  CondensedImages,
  ImageArchiveReport,
  ImageBitsReport,
  ImageInspection,
  ImagePeerResult,
  ImagePeersReport,
  RandomSampleReport,
  ImageSettings,
  ImageSource,
  ImageSummary,
  ImageSweepCell,
  PictureFormat,
  PictureTableFormat,
  Pictures,
} from './images.ts';
import type { Landscape, LandscapeRequest } from './landscape.ts';
import type { PeerResult, PeersReport } from './peers.ts';
import type {
  ScatterCloud,
  ScatterCloudRequest,
  ScatterLines,
  ScatterRequest,
  ScatterSamples,
} from './scatter.ts';
import type { PictureWalk, PictureWalkRequest } from './pictureWalk.ts';
import type { SqlReport, SqlRequest } from './sql.ts';
import type { TrainingTimes } from './timings.ts';
import type { ServedPictures } from './subsetPort.ts';
import type { WalkReport, WalkRequest } from './walk.ts';
import type { CallForms, CallOptions, ClientCalls, WorkerApi, WorkerCalls } from './workerCalls.ts';

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

/**
 * Every call: what it asks for (undefined where nothing), what it gives, and what it tells on its way beside its
 * progress.
 */
export interface CodecCalls {
  openDataset: { request: { source: DatasetSource }; result: DatasetSummary };
  /** Some records of a text table that is too large to be opened. */
  sampleTable: { request: { file: File; reading: ReadingOptions }; result: DrawnTable };
  analyse: { request: Experiment; result: BitsReport };
  compress: { request: Experiment & { store: boolean; kept: boolean }; result: ArchiveReport };
  /** What there is to know of target and features before anything is trained: leaks, identifiers, missing cells. */
  examine: { request: Experiment; result: Examination };
  closedForm: { request: Experiment & { method: Method }; result: ClosedFormResult };
  /** Tells states; on cancel it resolves with the state reached, so that pausing loses nothing. */
  descend: { request: DescendRequest; result: DescentState; told: DescentState };
  /** Both methods' coefficients at the optimum, on the split of the settings. */
  coefficients: { request: CoefficientsRequest; result: Coefficients };
  /** What a method's model at the optimum predicts of the test records. */
  predictions: { request: PredictionsRequest; result: Predictions };
  /** The training records along two columns. */
  scatterCloud: { request: ScatterCloudRequest; result: ScatterCloud };
  /** The condensed samples among them; null where nothing is condensed. */
  scatterSamples: { request: ScatterRequest; result: ScatterSamples | null };
  /** What the models at their optima predict along one of the columns; null where no line says it. */
  scatterLines: { request: ScatterRequest; result: ScatterLines | null };
  /** Training of both methods to the optimum, timed by repeated runs. */
  timings: { request: Experiment; result: TrainingTimes };
  /** The loss over two coefficients; tells it as soon as it is drawn, and then how the descents go on. */
  landscape: { request: LandscapeRequest; result: Landscape; told: Landscape };
  /** Tells every contender at every size once it is through. */
  contest: { request: ContestRequest; result: ContestReport; told: Trial };
  sweepCell: { request: Experiment & { method: Method; part: SweepPart }; result: SweepCell };
  /** Tells every peer once it is measured. */
  peers: { request: Experiment; result: PeersReport; told: PeerResult };
  /** A few records through every stage, of a data set or of a table written on the page. */
  walk: { request: WalkRequest; result: WalkReport };
  /** `record` null: one whose base most training records share. */
  inspect: { request: { archiveId: string; record: number | null }; result: RecordInspection };
  listArchives: { request: undefined; result: ArchiveListing[] };
  keepArchive: { request: { id: string; kept: boolean }; result: null };
  deleteArchives: { request: { ids: string[] | 'all' }; result: null };
  /** The archive as one file; its bytes are those of the store. */
  exportArchive: { request: { id: string }; result: MadeFile };
  /** Checks the whole file, then stores it as kept; an archive that is there already stays. */
  /** `anySize` where the user has said that it may take as much memory as it claims. */
  importArchive: { request: { file: File; anySize?: boolean }; result: ArchiveListing };
  verifyArchive: { request: { id: string }; result: VerificationReport };
  /** The decoded table of an archive; `withPart` with a column that says train or test. */
  exportTable: { request: { id: string; format: TableFormat; withPart?: boolean }; result: MadeFile };
  /** The condensed samples in the data's own units, with their weights; `withTest` with the test records behind them. */
  exportSamples: { request: Experiment & { format: TableFormat; withTest?: boolean }; result: MadeFile };
  /** What the columns of that file are. */
  outlineSamples: { request: Experiment; result: SamplesOutline };
  /** The experiment as SQL for an engine that has the records. */
  writeSql: { request: SqlRequest; result: SqlReport };
  /** Both models' coefficients as CSV, in the data's own units and standardised. */
  exportCoefficients: { request: Experiment; result: MadeFile };
  /** What both models predict of every test record, as CSV. */
  exportPredictions: { request: Experiment; result: MadeFile };

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
    result: RandomSampleReport;
  };
  /** Answers requests for pictures that come through the port (transferred), until the other side ends it. */
  serveSubsets: { request: { served: ServedPictures; port: MessagePort }; result: null };
  /** `record` null: one whose base many share. */
  inspectImage: {
    request: { archiveId: string; record: number | null; source: ImageSource | null };
    result: ImageInspection;
  };
  condenseImages: { request: ImageExperiment; result: CondensedImages };
  /** One class of pictures step by step: how its base grew, and one of its pictures taken apart. */
  pictureWalk: { request: PictureWalkRequest; result: PictureWalk };
  /** Measures the settings on the first training pictures of every class, `limit` in all. */
  imageSweepCell: { request: ImageExperiment & { limit: number }; result: ImageSweepCell };
  /** Tells every peer once it is measured. */
  imagePeers: { request: ImageExperiment; result: ImagePeersReport; told: ImagePeerResult };
  /** The pictures of an archive: a zip of PNGs has one folder per class under train/ and test/. */
  exportImages: { request: { id: string; format: PictureFormat }; result: MadeFile };
  /** A random share of an archive's training pictures, as `sampleImages` draws it. */
  exportRandomSample: {
    request: { archiveId: string; fraction: number; seed: number; format: PictureTableFormat };
    result: MadeFile;
  };
}

/** The names of all calls, and what is special of each. */
export const CODEC_CALLS: CallForms<CodecCalls> = {
  openDataset: {},
  sampleTable: {},
  analyse: {},
  compress: {},
  examine: {},
  closedForm: {},
  descend: { tells: true, answersCancel: true },
  coefficients: {},
  predictions: { handsOver: true },
  scatterCloud: { handsOver: true },
  scatterSamples: { handsOver: true },
  scatterLines: { handsOver: true },
  timings: {},
  landscape: { tells: true, handsOver: true },
  contest: { tells: true },
  sweepCell: {},
  peers: { tells: true },
  walk: {},
  inspect: {},
  listArchives: { asks: false },
  keepArchive: {},
  deleteArchives: {},
  exportArchive: {},
  importArchive: {},
  verifyArchive: {},
  exportTable: {},
  exportSamples: {},
  outlineSamples: {},
  writeSql: {},
  exportCoefficients: {},
  exportPredictions: {},
  openImages: {},
  pictures: { handsOver: true },
  analyseImages: {},
  compressImages: {}, // Its ports are made by the client.
  helpEncode: {
    // Whom it helped does without.
    ports: {
      of: ({ port }) => [port],
      lost: 'The worker that helped another one to encode had to be replaced.',
    },
  },
  sampleImages: { handsOver: true },
  serveSubsets: {
    ports: {
      of: ({ port }) => [port],
      lost: 'The worker that read pictures for another one had to be replaced.',
    },
  },
  inspectImage: { handsOver: true },
  condenseImages: { handsOver: true },
  pictureWalk: { handsOver: true },
  imageSweepCell: {},
  imagePeers: { tells: true },
  exportImages: {},
  exportRandomSample: {},
};

/** The worker's side. */
export type CodecWorkerApi = WorkerApi & WorkerCalls<CodecCalls>;

/** The page's side. */
export interface CodecClient extends Omit<ClientCalls<CodecCalls>, 'compressImages'> {
  /** @param makeHelpers ports for this one attempt: they are made again when the call has to start again */
  compressImages(
    request: Omit<CodecCalls['compressImages']['request'], 'helpers'>,
    options?: CallOptions,
    makeHelpers?: () => MessagePort[],
  ): Promise<ImageArchiveReport>;
}
