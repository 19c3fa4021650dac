/** The step-through of a table: what is asked of the worker, and what it shows. */
import type { Walk } from '../core/walkthrough/walk.ts';
import type { DatasetSource, ExperimentSettings, MapRow } from './codec.ts';

export type { SearchSteps } from '../core/codecs/baseDeviation/searchSteps.ts';
export type { WalkSamples } from '../core/walkthrough/walk.ts';

/** What is taken apart: a small table written on the page, all of it training records, or a data set. */
export type WalkSubject = { kind: 'written'; csv: string } | { kind: 'dataset'; source: DatasetSource };

export interface WalkRequest {
  subject: WalkSubject;
  settings: ExperimentSettings;
}

export interface WalkReport extends Walk {
  /** Which cells are whose. The codes are those of the stored rows, in their order. */
  rows: MapRow[];
}

/** Most records that are shown. */
export const WALK_RECORDS = 12;
/** Most characters of a table that is written on the page. */
export const MOST_WRITTEN = 10_000;

/** Scenes of the step-through of a table, in the order in which they come. */
export const WALK_SCENES = [
  'values',
  'codes',
  'bits',
  'entropy',
  'search',
  'chosen',
  'merge',
  'stored',
  'analytics',
  'clusters',
  'means',
] as const;
export type WalkSceneName = (typeof WALK_SCENES)[number];
