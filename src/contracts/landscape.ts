/** What crosses of the loss over two coefficients: a grid of it, and the ways that descents take over it. */
import type { DescentStop } from '../core/regression/recordedDescent.ts';
import type { Bounds, Surface } from '../core/regression/landscape.ts';
import type { ModelScore } from '../core/regression/scores.ts';
import type { DatasetSource, ExperimentSettings } from './codec.ts';

export { landscapeSeconds } from '../core/regression/landscapeWork.ts';

/** Seconds that a descent may take without anyone having asked for the rest of it. */
export const DESCENT_SECONDS = 3;

/**
 * The two axes: the features of the largest coefficients, the principal directions of a descent's path, or two design
 * columns by their numbers.
 */
export type LandscapeAxes = 'largest' | 'principal' | readonly [across: number, up: number];

/** What descends: on all records, on the condensed samples, on a few records at a time. */
export type Descender = 'full' | 'condensed' | 'miniBatch';

export interface LandscapeRequest {
  source: DatasetSource;
  settings: ExperimentSettings;
  axes: LandscapeAxes;
  /** Records of a step of mini-batch descent. */
  batch: number;
  /** Seconds that the descents may take; one that would take longer stops where it stands. */
  seconds: number;
}

/** A way over the landscape. */
export interface LandscapePath {
  descender: Descender;
  samplesPerStep: number;
  /** Step size α. */
  learningRate: number;
  /** Steps after which it was at a place, from 0 on: close at first and ever farther apart. */
  at: number[];
  /** Where it was, along the first axis and along the second. */
  a: Float64Array;
  b: Float64Array;
  stop: DescentStop;
  /** Seconds that the rest takes at most, of a descent that was stopped where it stands; else null. */
  secondsLeft: number | null;
  /** Mean training loss of all records where it ends; no finite number where it diverged. */
  loss: number;
}

/** An optimum as seen on the landscape. */
export interface LandscapeOptimum {
  a: number;
  b: number;
  /** Mean training loss of all records there. */
  loss: number;
  /** Ridge added because the system was singular, else 0. */
  ridge: number;
  /** Whether it was reached; if not, this is the best that was. */
  converged: boolean;
}

export interface Landscape {
  task: ModelScore['task'];
  axes:
    | { kind: 'columns'; across: number; up: number }
    /** Of whose path, and which share of its extent lies in the plane, 0…1. */
    | { kind: 'principal'; of: 'full' | 'condensed'; share: number };
  /**
   * Design columns that can be an axis, by the size of their coefficients at full training's optimum, the largest first,
   * the intercept last. Of many, the largest.
   */
  columns: { column: number; name: string }[];
  /** Coefficients of the model. */
  width: number;
  bounds: Bounds;
  surface: Surface;
  /** Training records that the loss is of, or of which the surface is a draw. */
  trainRows: number;
  optima: Record<'full' | 'condensed', LandscapeOptimum>;
  /** From the start at 0, each. */
  paths: LandscapePath[];
}
