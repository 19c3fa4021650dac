/** What crosses for the picture of condensing: records along two columns, the samples among them, what models predict. */
import type { AxisChoice } from '../core/experiment/scatterCloud.ts';
import type { ScatterSamples as CondensedPlaces } from '../core/experiment/scatterSamples.ts';
import type { DatasetSource, ExperimentSettings } from './codec.ts';

export type { AxisColumn } from '../core/experiment/axisColumns.ts';
export type { AxisChoice, DataAxis, ScatterCloud } from '../core/experiment/scatterCloud.ts';

export interface ScatterCloudRequest {
  source: DatasetSource;
  settings: ExperimentSettings;
  choice: AxisChoice;
}

export interface ScatterRequest {
  source: DatasetSource;
  settings: ExperimentSettings;
  /** Names of the columns across and upwards. */
  x: string;
  y: string;
  /** Whether a random sample of as many records is wanted too: the first draw of every contest. */
  withRandom: boolean;
}

export interface ScatterSamples extends CondensedPlaces {
  /** Places of the random sample's records; null where it is not wanted. */
  random: { x: Float64Array; y: Float64Array } | null;
}

/** What the models at their optima predict along the axis across, all other features at their means. */
export interface ScatterLines {
  /** Places across; a NaN ends a stroke. */
  x: Float64Array;
  full: Float64Array;
  condensed: Float64Array;
  /** Null where it is not wanted, or its numbers overflow. */
  random: Float64Array | null;
}
