/** What a link says. */
import type { ExperimentSettings } from '../../core/experiment/settings.ts';

export const STATION_NAMES = ['data', 'bits', 'archive', 'learn', 'sweep'] as const;
export type StationName = (typeof STATION_NAMES)[number];

export interface SweepPlan {
  betas: number[];
  splits: number[];
}

/** A dataset as a link names it. */
export type LinkedData =
  { kind: 'sample'; id: string } | { kind: 'dataset'; datasetId: string; fileName: string };

/** What a link says; what it leaves out has its default. */
export interface LinkedExperiment {
  data: LinkedData | null;
  settings: Partial<ExperimentSettings>;
  sweep: Partial<SweepPlan>;
  station: StationName | null;
  /** Stations whose controls are hidden. */
  hide: StationName[];
  /** One station without header and rail. */
  embed: boolean;
  /** Version of the lab that wrote it, or null. */
  app: string | null;
}

export function emptyExperiment(): LinkedExperiment {
  return {
    data: null,
    settings: {},
    sweep: {},
    station: null,
    hide: [],
    embed: false,
    app: null,
  };
}
