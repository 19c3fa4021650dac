/** What a test can say of the small lab that it is given, and see of it. */
import type {
  ArchiveListing,
  DatasetSummary,
  Examination,
  ExperimentSettings,
  Method,
  ModelScore,
  Openings,
} from '../../contracts/codec.ts';
import type { LabError } from '../../contracts/errors.ts';
import type { ImageSummary } from '../../contracts/images.ts';
import type { KindOfFiles } from '../../platform/fileKind.ts';
import type { KeptImageSweep, KeptTableSweep } from '../../platform/storedSweep.ts';
import type { LabServices, SweepJob } from '../storeContext.ts';
import type { Hold } from './fakeAnswers.ts';
import type { FakeTraining } from './fakeTraining.ts';

export interface FakeLab {
  services: LabServices;
  /** Names of the calls in their order: "analyse", "descend full". */
  calls: string[];
  /** The archives in the store. */
  stored: ArchiveListing[];
  /** Settings that an imported archive brings with it. */
  travelled: ExperimentSettings;
  /** Makes calls of this name wait until they are released, or fail. */
  hold: Hold;
  /** Datasets by source; a missing one fails. */
  datasets: Map<string, DatasetSummary>;
  /** Pictures by source; missing ones fail. */
  pictures: Map<string, ImageSummary>;
  /** Seconds that encoding pictures reports. */
  encodeSeconds: number;
  /** What dropped files are taken for. */
  kindOfFiles: KindOfFiles;
  /** The tables among files that are taken for "tables"; each file is one where nothing else is said. */
  openings: Openings | null;
  /** Milliseconds that an iteration of gradient descent takes; 0 where it is done at once. */
  iterationMs: Record<Method, number>;
  /** Seconds that a training on all rows reports. */
  fullSeconds: number;
  /** Coefficients that the exact solver reports. */
  exactWidth: number;
  /** Task of the models that are trained. */
  task: ModelScore['task'];
  /** What is found out about target and features, where it is not the usual. */
  examined: Partial<Examination>;
  /** Bits that records can be split by. */
  analyticsBits: number;
  /** Whether the page is behind another one. */
  isHidden: boolean;
  /** Whether the browser has never been shown the opening. */
  isFirstVisit: boolean;
  isAnswerAsked: boolean;
  /** The sweeps that are kept, by dataset. */
  sweeps: Map<string, KeptTableSweep>;
  imageSweeps: Map<string, KeptImageSweep>;
  /** Of what a training of a sweep fails by itself, or null. */
  failing: (job: SweepJob) => LabError | null;
  /** Error of a contender of a contest, where all records have 1. */
  contestError: (contender: string, samples: number, draw: number) => number;
  training: FakeTraining;
}
