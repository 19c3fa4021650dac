/** What a link says. */
import type { ExperimentSettings } from '../../core/experiment/settings.ts';
import type { ImageReading } from '../../readers/imageReading.ts';
import type { ImageSettings, RepresentationName, TransformName } from '../../core/images/settings.ts';
import type { ReadingOptions } from '../../readers/tableReading.ts';
import type { BackendWish, SubsetMethod, TrainingSettings } from '../training.ts';

export const STATION_NAMES = ['data', 'bits', 'archive', 'learn', 'sweep'] as const;
export type StationName = (typeof STATION_NAMES)[number];

/** Whether a page is of the pipeline. */
export function isStation(page: PageName): page is StationName {
  return STATION_NAMES.some((station) => station === page);
}

/** What can be shown: the stations of the pipeline, and what stands beside it. */
export const PAGE_NAMES = [...STATION_NAMES, 'how', 'paper', 'start'] as const;
export type PageName = (typeof PAGE_NAMES)[number];

/** What a sweep can run over: a setting, or the split itself. */
export const SWEEP_AXES = ['beta', 'tau', 'codec', 'order', 'ratio', 'learningRate', 'split'] as const;
export type SweepAxisName = (typeof SWEEP_AXES)[number];
export type AxisValue = number | string | boolean;

export interface SweepAxis {
  name: SweepAxisName;
  values: AxisValue[];
}

export interface SweepPlan {
  /** One or two, of different names; the first is drawn along x. */
  axes: SweepAxis[];
  /** Splits that every point is repeated on; unused where the split is an axis. */
  splits: number[];
  /** Whether contenders that take long take part as well. Asked for beside results, and in no link. */
  costly?: boolean;
}

/** What a link says of pictures beyond what it says of any dataset: their other settings share the keys of a table's. */
export interface LinkedImages {
  settings: Partial<ImageSettings>;
  reading: Pick<
    ImageReading,
    'size' | 'rule' | 'colour' | 'split' | 'depth' | 'classesFrom' | 'labels' | 'labelColumn'
  >;
  /** Subset fraction of the sample that is drawn. */
  fraction: number | null;
  training: Partial<TrainingSettings>;
  backend: BackendWish | null;
  /** The grid of trainings. */
  grid: { fractions?: number[]; methods?: SubsetMethod[]; seeds?: number[] };
  sweep: {
    transforms?: TransformName[];
    representations?: RepresentationName[];
    taus?: number[];
    classWise?: boolean[];
    limit?: number;
  };
}

/** A dataset as a link names it. */
export type LinkedData =
  | { kind: 'sample'; id: string }
  | { kind: 'dataset'; datasetId: string; fileName: string };

/** How a link wants things shown, beyond which page. */
export interface LinkedView {
  /** One page without header and rail, in a frame of another page. */
  embed: boolean;
  /** A figure, its headline and a sentence in large type, for a projector. */
  present: boolean;
  /** The one figure of the page that is shown, by the name that its panel has; null for the whole page. */
  figure: string | null;
  /** Pages whose controls are hidden. */
  hide: readonly PageName[];
  /** Single controls that are hidden, or shown but fixed, by the keys of their settings in links. */
  hideControls: readonly string[];
  lock: readonly string[];
  /** Colours that the link asks for; null where the reader's choice holds. */
  theme: 'light' | 'dark' | null;
  /** Whether what moves starts by itself; long work waits for a press all the same. */
  autoplay: boolean;
  /** The lesson that is followed, or null. */
  lesson: LinkedLesson | null;
  /** A lesson of somebody's own as the link carries it, deflated; its id is then OWN_LESSON. */
  lessonFile: string | null;
}

/** The id of a lesson that comes with a link or a file. */
export const OWN_LESSON = 'own';

export interface LinkedLesson {
  id: string;
  /** From 1. */
  step: number;
  /** The link names no dataset: the step leads to its own. */
  isBare?: true;
}

export const PLAIN_VIEW: LinkedView = {
  embed: false,
  present: false,
  figure: null,
  hide: [],
  hideControls: [],
  lock: [],
  theme: null,
  autoplay: false,
  lesson: null,
  lessonFile: null,
};

/** What a link says; what it leaves out has its default. */
export interface LinkedExperiment {
  data: LinkedData | null;
  /** How the file is read where someone decided otherwise than the reader. */
  reading: ReadingOptions;
  settings: Partial<ExperimentSettings>;
  sweep: Partial<SweepPlan>;
  images: LinkedImages;
  station: PageName | null;
  /** Number of the paper's table that its page shows, by default the first. */
  paperTable?: number;
  /** How it is to be shown. */
  view: LinkedView;
  /** Version of the lab that wrote it, or null. */
  app: string | null;
}

export function emptyExperiment(): LinkedExperiment {
  return {
    data: null,
    reading: {},
    settings: {},
    sweep: {},
    images: { settings: {}, reading: {}, fraction: null, training: {}, backend: null, grid: {}, sweep: {} },
    station: null,
    view: PLAIN_VIEW,
    app: null,
  };
}
