/**
 * The lab's state and actions as every station sees them. The store is assembled in src/app from one slice per
 * station; views read it through `useLab` and change it only through the actions here.
 */
import type { Answer, Point } from '../contracts/answer.ts';
import type { ImageSweepPlan } from '../contracts/imageSweep.ts';
import type {
  ArchiveListing,
  ArchiveReport,
  BitsReport,
  ClosedFormResult,
  DatasetSource,
  DatasetSummary,
  DescentState,
  Examination,
  ExperimentSettings,
  Method,
  Openings,
  ReadingOptions,
  RecordInspection,
  SamplesOutline,
  SweepCell,
  TableFormat,
  VerificationReport,
} from '../contracts/codec.ts';
import type { ContestReport } from '../contracts/contest.ts';
import type { ErrorReport } from '../contracts/errors.ts';
import type { AxisValue, LinkedView, PageName, StationName, SweepPlan } from '../contracts/link.ts';
import type {
  CondensedImages,
  DroppedFile,
  ImageArchiveReport,
  ImageBitsReport,
  ImageInspection,
  ImagePeerResult,
  ImagePeersReport,
  ImageReading,
  RandomSampleReport,
  ImageSettings,
  ImageSource,
  ImageSummary,
  ImageSweepCell,
  Pictures,
} from '../contracts/images.ts';
import type { Coefficients, Predictions } from '../contracts/fitted.ts';
import type { Landscape, LandscapeAxes } from '../contracts/landscape.ts';
import type { WalkReport, WalkRequest, WalkSceneName } from '../contracts/walk.ts';
import type { RecordedResult } from '../contracts/results.ts';
import type { PeerResult, PeersReport } from '../contracts/peers.ts';
import type { AxisChoice, ScatterCloud, ScatterLines, ScatterSamples } from '../contracts/scatter.ts';
import type { PictureWalk, PictureWalkRequest } from '../contracts/pictureWalk.ts';
import type {
  BackendChoice,
  BackendWish,
  ImportedModel,
  SubsetMethod,
  TrainingRun,
  TrainingSettings,
} from '../contracts/training.ts';
import type { Progress } from '../contracts/progress.ts';
import type { TrainingTimes } from '../contracts/timings.ts';
import type { ImagePart, TablePart } from '../contracts/settings.ts';

export type { PageName, StationName } from '../contracts/link.ts';

/** A long task's progress with the clock it needs for rate and time left. */
export interface TaskProgress extends Progress {
  /** When this phase began, in milliseconds, and what was done by then. */
  startedAt: number;
  startedFrom: number;
  updatedAt: number;
  /** Seconds that are left, of a task that foresees them; else its rate says so. */
  left?: number;
}

/** A result that is computed in a worker: the last good value stays visible while a new one is made. */
export interface Task<T> {
  status: 'idle' | 'running' | 'done' | 'failed' | 'cancelled';
  value: T | null;
  /** Something upstream changed since `value` was computed. */
  stale: boolean;
  progress: TaskProgress | null;
  error: ErrorReport | null;
}

/** A part that was ended unasked, since settings that came with what is open make it long: it waits for a press. */
export interface HeldWork<Part = TablePart | ImagePart> {
  part: Part;
  /** How long it takes at the measured rate, from where it was ended; null where that cannot be told. */
  seconds: number | null;
}

export interface LearnRun {
  method: Method;
  closedForm: Task<ClosedFormResult>;
  /** Gradient descent: `playing` says whether a worker is at it now; paused runs keep their state. */
  descent: Task<DescentState>;
  playing: boolean;
}

/** What is looked at of the models at their optima, each part computed once its figure comes near. */
export interface FittedState {
  /** Of one split after another, the settings' own first. */
  coefficients: Task<Coefficients[]>;
  /** Of test records, drawn where there are many. */
  predictions: Task<Record<Method, Predictions>>;
  /** Random samples, of classes stratified ones too, as many as the condensed ones, some draws, at their optima. */
  draws: Task<ContestReport>;
  /** Contenders that cost more to make, as many as the condensed samples, where someone has asked. */
  rivals: Task<ContestReport>;
  /** The gradient descent on the first random sample. */
  drawnDescent: Task<DescentState>;
}

/** A part that is computed when its figure comes near. */
export type FittedPart = Exclude<keyof FittedState, 'drawnDescent'>;

/** The loss over two coefficients, and what was chosen of it. */
export interface LandscapeState {
  axes: LandscapeAxes;
  /** Records of a step of mini-batch descent. */
  batch: number;
  task: Task<Landscape>;
}

/** Why times say little: the page was hidden, something else was at work, or the runs differ by more than twice. */
export type Disturbance = 'hidden' | 'busy' | 'spread';

export interface TimedTraining extends TrainingTimes {
  disturbed: Disturbance | null;
}

/** One run of the sweep with its place in the grid: one value per axis of the plan. */
export interface SweepRun {
  point: AxisValue[];
  cell: SweepCell;
}

/** What stands in for all records beside the condensed samples, at every β of a sweep on one split. */
export type SweepContest = Pick<ContestReport, 'split' | 'metric' | 'full' | 'floor' | 'trials'>;

/** A sweep over plans `P` with settings `S`. */
export interface GridSweep<P, S> {
  plan: P;
  /** "paused" keeps what is done and knows what is left, also after a reload. */
  status: 'idle' | 'running' | 'paused' | 'done' | 'failed' | 'cancelled';
  /** Settings and plan that the results were computed with; null before the first. The lab's own may have moved on. */
  ran: { settings: S; plan: P } | null;
  progress: TaskProgress | null;
  error: ErrorReport | null;
  stale: boolean;
}

export interface SweepResults {
  /** Training on all rows: once for each split and each axis value that changes it. */
  full: SweepRun[];
  runs: SweepRun[];
  contests: SweepContest[];
}

export interface SweepState extends GridSweep<SweepPlan, ExperimentSettings>, SweepResults {}

/** What is known of how far the records can be shrunk; kept for the visit. */
export interface AnswerState {
  /** Stale where the settings that it depends on (β does not count) have changed. */
  task: Task<Answer>;
  /** Seconds that it is estimated to take, where it waits for a press; null where it does not wait. */
  waits: number | null;
  /** Costlier contenders at the recommended size alone, on the test records. */
  rivals: Task<Point[]>;
}

/** The picture of condensing; computed while someone looks at it, and kept for the visit. */
export interface ScatterState {
  /** The columns that were asked for; null leaves one to the strongest feature, or to the target. */
  choice: AxisChoice;
  /** Whether a random sample of as many records stands beside the condensed samples. */
  withRandom: boolean;
  cloud: Task<ScatterCloud>;
  /** Of the last β that was worked out; null before the first, and where nothing is condensed. */
  samples: ScatterSamples | null;
  lines: ScatterLines | null;
  /** Why there are no samples. */
  error: ErrorReport | null;
}

/** The peers on the open dataset's training records: rows come in one by one. */
export interface PeersState {
  task: Task<PeersReport>;
  rows: PeerResult[];
}

export interface ImageSweepResults {
  cells: ImageSweepCell[];
}

export interface ImageSweepState extends GridSweep<ImageSweepPlan, ImageSettings>, ImageSweepResults {}

/** A grid of trainings: every combination is a run with the other settings as they are. */
export interface TrainingPlan {
  fractions: number[];
  methods: SubsetMethod[];
  seeds: number[];
}

/** Training networks on the open pictures. */
export interface TrainingState {
  /** Of the next run. */
  settings: TrainingSettings;
  wish: BackendWish;
  backend: Task<BackendChoice>;
  /** Runs of the open pictures, the oldest first; those of earlier visits too. */
  runs: TrainingRun[];
  /** The run that a worker is at now, and how far its epoch or phase is. */
  active: string | null;
  progress: TaskProgress | null;
  /** Runs that wait for their turn: one is trained at a time, so that none disturbs another's clock. */
  queue: string[];
  /** Runs that the sweep asked for since the page was opened. */
  ofSweep: readonly string[];
  /** The run whose details are shown. */
  selected: string | null;
  plan: TrainingPlan;
  /** Whether the sweep is on hold: its runs stand in the queue and are not taken. */
  isHeld: boolean;
  imported: Task<ImportedModel>;
}

/** Everything about an open image dataset. */
export interface ImagesState {
  source: ImageSource | null;
  /** What was tried to be opened last and failed: its labels may have to be asked for. */
  tried?: ImageSource | null;
  settings: ImageSettings;
  dataset: Task<ImageSummary>;
  /** Class whose table Bits shows; 0 where there is one table. */
  table: number;
  bits: Task<ImageBitsReport>;
  archive: Task<ImageArchiveReport>;
  /** Subset fraction that Learn draws, 0 … 1, and the sample drawn last. */
  fraction: number;
  sample: Task<RandomSampleReport>;
  condensed: Task<CondensedImages>;
  inspection: Task<ImageInspection>;
  peers: { task: Task<ImagePeersReport>; rows: ImagePeerResult[] };
  sweep: ImageSweepState;
  /** A page of pictures of one class, or null while the preview is enough. */
  page: Task<Pictures>;
  training: TrainingState;
  held: HeldWork<ImagePart>[];
}

/** A message to the user that is not tied to one task; errors carry their code. */
export interface Message {
  id: number;
  tone: 'info' | 'warning' | 'error';
  /** Error code for errors, else null. */
  code: string | null;
  what: string;
  todo: string | null;
  /** Undo of what just happened, or null. */
  undo: (() => void) | null;
  /** What can be done about it, or null; the message stays until it is dismissed. */
  action: { label: string; run: () => void } | null;
  /**
   * Which opening of a dataset it is about, as they are counted, or null: it stands where the dataset is named, until
   * it is dismissed or a later opening has another dataset on the page.
   */
  opening: number | null;
}

/** A message as it is said: most have nothing to undo or to do, and are about no opening. */
export type NewMessage = Omit<Message, 'id' | 'undo' | 'action' | 'opening'> &
  Partial<Pick<Message, 'undo' | 'action' | 'opening'>>;

/** A link that names a dataset which has to be dropped before it can be restored. */
export interface AwaitedFile {
  fileName: string;
  datasetId: string;
  /** Whether the link is of a version that read some files in another way. */
  isOfFormerReading: boolean;
  /** A file that was dropped for it and holds another dataset; the user may go on with it. */
  other: { source: DatasetSource; summary: DatasetSummary } | null;
}

/** Tables that were given together: one is opened, or two as training and test records. */
export interface TableChoice {
  files: readonly DroppedFile[];
  found: Openings;
}

/** A step-through, with the plateau threshold that it was made with. */
export interface ShownWalk {
  report: WalkReport;
  tau: number;
}

export interface LabState {
  station: PageName;
  /** Number of the table that the paper's page shows. */
  paperTable: number;
  /** What is open: stations show the one or the other. */
  kind: 'table' | 'images';
  images: ImagesState;
  settings: ExperimentSettings;
  /** Whether it is asked what should be predicted: of a table of one's own, until it is answered, and when it is asked for. */
  asksTarget: boolean;
  source: DatasetSource | null;
  dataset: Task<DatasetSummary>;
  bits: Task<BitsReport>;
  archive: Task<ArchiveReport>;
  /** Leaks, identifiers and missing cells among the columns that the settings use; idle without a target. */
  examined: Task<Examination>;
  archives: ArchiveListing[];
  storage: { usage: number; quota: number; persisted: boolean } | null;
  inspection: Task<RecordInspection>;
  peers: PeersState;
  /** Checks of archives by id, since the page was opened. */
  verifications: Record<string, Task<VerificationReport>>;
  /** The file that is being made to be saved, or the archive that is being taken in; null when none. */
  transfer: { what: string; task: Task<null> } | null;
  learn: Record<Method, LearnRun>;
  /** What a file of the condensed samples holds, where someone has asked. */
  outline: Task<SamplesOutline>;
  fitted: FittedState;
  landscape: LandscapeState;
  scatter: ScatterState;
  answer: AnswerState;
  /** The step-through of a table that was asked for last. */
  walk: Task<ShownWalk>;
  /** The scene of it that is shown; null before the first. */
  walkScene: WalkSceneName | null;
  /** How long training to the optimum takes, of the results that stand. */
  times: Task<TimedTraining>;
  /** Boosted trees fitted to all records, condensed samples and random ones. */
  trees: Task<ContestReport>;
  /** The class of pictures that the step-through shows. */
  pictureWalk: Task<PictureWalk>;
  sweep: SweepState;
  held: HeldWork<TablePart>[];
  messages: Message[];
  /** Samples that are made on demand and are there, by id. */
  extraSamples: string[];
  /** Results of trainings that come with the lab; null until they were asked for and are there. */
  shipped: readonly RecordedResult[] | null;
  awaited: AwaitedFile | null;
  /** What was given and is not open yet, since there is a choice; null when nothing is asked. */
  choice: TableChoice | null;
  /** How a link wants things shown. */
  view: LinkedView;
  /** Whether the list of lessons is open. */
  areLessonsShown: boolean;
}

export interface LabActions {
  goTo: (page: PageName) => void;
  showPaperTable: (number: number) => void;
  /** Loads a dataset and runs the pipeline down to closed form and condensed GD; full GD follows by itself. */
  load: (source: DatasetSource) => Promise<void>;
  cancelLoad: () => void;
  /** Opens pictures, whatever way they come, and runs the pipeline on them. */
  loadImages: (source: ImageSource) => Promise<void>;
  /** Files dropped or chosen together: one of them may be a table or an archive, several are pictures. */
  loadFiles: (files: DroppedFile[]) => Promise<void>;
  /** Reads the open pictures again in another way. */
  readImagesAs: (reading: ImageReading) => Promise<void>;
  changeImages: (settings: Partial<ImageSettings>) => void;
  /** Shows the bits of another class. */
  showTable: (table: number) => void;
  /** Fetches pictures of one class for the grid, from its record `from` on. */
  showPictures: (label: number, from: number) => Promise<void>;
  /** Fetches one picture; null: one whose base many share. */
  inspectImage: (record: number | null) => Promise<void>;
  measureImagePeers: () => Promise<void>;
  cancelImagePeers: () => void;
  /** Draws a fresh sample from the archive: another seed every time unless one is given. */
  drawSample: (change?: { fraction?: number; seed?: number }) => Promise<void>;
  /** Whether someone looks at what an epoch sees: the sample and the means are computed only then. */
  watchEpoch: (isWatched: boolean) => void;
  planImageSweep: (plan: Partial<ImageSweepPlan>) => void;
  runImageSweep: () => Promise<void>;
  pauseImageSweep: () => void;
  /** Goes on with the points that are left. */
  resumeImageSweep: () => Promise<void>;
  cancelImageSweep: () => void;
  clearImageSweep: () => void;
  /** Changes the settings of the next run. */
  planTraining: (change: Partial<TrainingSettings>) => void;
  /** Asks for a backend; the next run uses it. */
  wishBackend: (wish: BackendWish) => void;
  /** Finds out which backend would be used. */
  probeBackend: () => Promise<void>;
  /** Makes a run of the settings and plays it, after those that wait. */
  startTraining: () => void;
  playRun: (id: string) => void;
  pauseRun: (id: string) => void;
  /** One epoch, then pause. */
  stepRun: (id: string) => void;
  /** Back to the same initial weights; what was reached can be had back for some seconds. */
  rewindRun: (id: string) => void;
  /** Back to the start with another seed. */
  reseedRun: (id: string) => void;
  /** Stops a run for good, or takes it out of the queue. */
  cancelRun: (id: string) => void;
  /** Deletes a run and its checkpoint; can be undone for some seconds. */
  deleteRun: (id: string) => void;
  selectRun: (id: string | null) => void;
  /** Saves the network of a run as tfjs files in a zip. */
  exportModel: (id: string) => Promise<void>;
  /** Looks at the test pictures through a tfjs layers model. */
  evaluateModel: (files: File[]) => Promise<void>;
  cancelEvaluation: () => void;
  planTrainingSweep: (plan: Partial<TrainingPlan>) => void;
  /** Queues every combination of the plan that has no finished run with the same settings. */
  runTrainingSweep: () => void;
  /**
   * Queues these trainings where their results are not there yet, as a sweep does; first opens the pictures of that
   * dataset from the gallery unless they are open.
   */
  trainOn: (datasetId: string, wanted: readonly TrainingSettings[]) => Promise<void>;
  /** The runs of a dataset that this browser keeps, the oldest first. */
  keptRuns: (datasetId: string) => Promise<TrainingRun[]>;
  /** Puts the sweep on hold: the run at work is paused. */
  holdTrainingSweep: () => void;
  resumeTrainingSweep: () => void;
  /** Takes what waits out of the queue and stops the run at work. */
  cancelTrainingSweep: () => void;
  /** Fetches the results that come with the lab, the first time that it is called. */
  loadShipped: () => void;
  /** Tries a failed image task again, or computes it for the first time. */
  computeImages: (task: 'bits' | 'archive' | 'condensed') => void;
  cancelImages: (task: 'bits' | 'archive' | 'condensed' | 'sample') => void;
  /** Saves the pictures of an archive as a zip of PNGs. */
  exportImages: (id: string) => Promise<void>;
  /** Reads the open file or sample again in another way. */
  readAs: (reading: ReadingOptions) => Promise<void>;
  /** Changes settings, marks what is stale, and re-runs the cheap parts. */
  change: (settings: Partial<ExperimentSettings>) => void;
  /** Answers what should be predicted; null compresses only. Can be undone for some seconds. */
  answerTarget: (target: string | null) => void;
  /** Asks what should be predicted, at Data; the target stays until it is answered. */
  askTarget: () => void;
  /** Takes the question back: the target stays as it is. */
  keepTarget: () => void;
  /** Fetches one record; null: one whose base most training records share. */
  inspect: (record: number | null) => Promise<void>;
  keepArchive: (id: string, kept: boolean) => Promise<void>;
  /** Deletion can be undone for some seconds: it is carried out when the message goes. */
  deleteArchive: (id: string) => void;
  deleteEverything: () => Promise<void>;
  refreshArchives: () => Promise<void>;
  /** The store has changed, by this tab or another one: the list again, and whether the open archives are there. */
  followArchives: () => Promise<void>;
  verifyArchive: (id: string) => Promise<void>;
  cancelVerification: (id: string) => void;
  /** Saves the archive as a file. */
  exportArchive: (id: string) => Promise<void>;
  /** Takes an archive file in, checks it whole, and opens it; `anySize` where it may take what memory it claims. */
  importArchive: (file: File, anySize?: boolean) => Promise<void>;
  /** Saves the decoded table of an archive. */
  exportTable: (id: string, format: TableFormat) => Promise<void>;
  /** Saves the condensed samples with their weights. */
  exportSamples: (format: TableFormat) => Promise<void>;
  /** Finds out what that file holds. */
  outlineSamples: () => Promise<void>;
  /** Saves both models' coefficients. */
  exportCoefficients: () => Promise<void>;
  /** Saves what both models predict of the test records. */
  exportPredictions: () => Promise<void>;
  cancelTransfer: () => void;
  measurePeers: () => Promise<void>;
  cancelPeers: () => void;
  play: (method: Method) => void;
  pause: (method: Method) => void;
  /** A hundred iterations, then pause. */
  step: (method: Method) => void;
  /** Back to θ = 0, the same start. */
  rewind: (method: Method) => void;
  /** Times training by repeated runs, everything else paused meanwhile. */
  timeTraining: () => Promise<void>;
  cancelTiming: () => void;
  /** Fits boosted trees to all records, the condensed samples and random ones of the same number. */
  /** At this β, or at the one that is set. */
  tryTrees: (beta?: number) => Promise<void>;
  cancelTrees: () => void;
  /** Takes a class of pictures apart for the step-through, in place of one that is under way. */
  walkPictures: (request: PictureWalkRequest) => Promise<void>;
  cancelPictureWalk: () => void;
  /** Ends all training; what it has reached stays. */
  cancelLearn: () => void;
  /** Computes a part, or goes on with it; `isAsked` where the user asks, whatever time it takes. */
  computeFitted: (part: FittedPart, isAsked?: boolean) => Promise<void>;
  cancelFitted: (part: FittedPart) => void;
  /** Draws the loss over two coefficients, others than before perhaps; `isAsked` where its descents may take long. */
  drawLandscape: (
    change?: Partial<Pick<LandscapeState, 'axes' | 'batch'>>,
    isAsked?: boolean,
  ) => Promise<void>;
  cancelLandscape: () => void;
  /** Whether someone looks at the picture of condensing: it follows the settings only then. */
  watchScatter: (isWatched: boolean) => void;
  /** Chooses its columns, or adds the random sample. */
  changeScatter: (change: Partial<AxisChoice & Pick<ScatterState, 'withRandom'>>) => void;
  /** Tries again what failed. */
  retryScatter: () => void;
  /** Takes a few records through every stage, in place of what was asked before. */
  walkThrough: (request: WalkRequest) => Promise<void>;
  cancelWalk: () => void;
  /** Says which scene of the step-through is shown. */
  noteScene: (scene: WalkSceneName) => void;
  /** Looks for the smallest samples that are enough, however long it takes. */
  findAnswer: () => Promise<void>;
  cancelAnswer: () => void;
  /** Tries the costlier contenders at the recommended size. */
  findRivals: () => Promise<void>;
  cancelRivals: () => void;
  /** Takes a β over; can be undone for some seconds. */
  takeBeta: (beta: number) => void;
  planSweep: (plan: Partial<SweepPlan>) => void;
  /** Runs the plan from its start. */
  runSweep: () => Promise<void>;
  pauseSweep: () => void;
  /** Goes on with the runs that are left. */
  resumeSweep: () => Promise<void>;
  cancelSweep: () => void;
  /** Holds the contests that the sweep that has run lacks, perhaps with contenders that take long. */
  addContenders: (isCostly: boolean) => Promise<void>;
  /** Forgets the results kept with the dataset. */
  clearSweep: () => void;
  /** Tries a failed task again. Learn and Sweep are played and run again, a dataset is opened again. */
  retry: (task: 'bits' | 'archive') => void;
  /** Stops a task; what was there before stays. */
  cancel: (task: 'bits' | 'archive' | 'examination') => void;
  /** Starts what is held back. */
  startHeld: () => void;
  /** Leaves it undone: its station can still start it. */
  leaveHeld: () => void;
  /** Pauses what runs at a station and can be gone on with. */
  pauseStation: (station: StationName) => void;
  /** Ends whatever runs at a station; what was there before stays. */
  cancelStation: (station: StationName) => void;
  /** Shows a message; returns its id. */
  say: (message: NewMessage) => number;
  /** Takes the message away, with what it still held open carried out. */
  dismiss: (messageId: number) => void;
  /** While someone is at the messages, none of them leaves by itself. */
  holdMessages: (isHeld: boolean) => void;
  /** Opens a table of the choice, perhaps with another one as its test records: by their numbers. */
  openFound: (table: number, test?: number) => Promise<void>;
  /** Opens nothing of the choice. */
  forgetChoice: () => void;
  /** Goes on with the file that was dropped in place of the awaited one. */
  acceptOther: () => void;
  /** No longer waits for the file that a link names. */
  forgetAwaited: () => void;
  /** The experiment as a link; copied by Share. A run that is shown is part of it: following it trains nothing yet. */
  link: () => string;
  /** Goes where a link leads (what stands behind `#`); what is open already is not opened again. Keeps the lesson. */
  visit: (hash: string) => Promise<void>;
  showLessons: (areShown: boolean) => void;
  /** Begins the lesson of a file. */
  openLesson: (file: File) => Promise<void>;
}

export type Lab = LabState & LabActions;

/** An empty task, not started. */
export function idleTask<T>(): Task<T> {
  return { status: 'idle', value: null, stale: false, progress: null, error: null };
}
