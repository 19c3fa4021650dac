/** Learn, on tables: both trainings, and what is looked at of the models that they end with. */
import type { ClosedFormResult, DescentState, Method } from '../../contracts/codec.ts';
import type { ContestReport } from '../../contracts/contest.ts';
import type { Coefficients, Predictions } from '../../contracts/fitted.ts';
import type { Landscape, LandscapeAxes } from '../../contracts/landscape.ts';
import type { TrainingTimes } from '../../contracts/timings.ts';
import type { Task } from './task.ts';

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

export interface LearnState {
  learn: Record<Method, LearnRun>;
  fitted: FittedState;
  landscape: LandscapeState;
  /** How long training to the optimum takes, of the results that stand. */
  times: Task<TimedTraining>;
  /** Boosted trees fitted to all records, condensed samples and random ones. */
  trees: Task<ContestReport>;
}

export interface DescentActions {
  play: (method: Method) => void;
  pause: (method: Method) => void;
  /** A hundred iterations, then pause. */
  step: (method: Method) => void;
  /** Back to θ = 0, the same start. */
  rewind: (method: Method) => void;
}

export interface FittedActions {
  /** Computes a part, or goes on with it; `isAsked` where the user asks, whatever time it takes. */
  computeFitted: (part: FittedPart, isAsked?: boolean) => Promise<void>;
  cancelFitted: (part: FittedPart) => void;
}

export interface LandscapeActions {
  /** Draws the loss over two coefficients, others than before perhaps; `isAsked` where its descents may take long. */
  drawLandscape: (
    change?: Partial<Pick<LandscapeState, 'axes' | 'batch'>>,
    isAsked?: boolean,
  ) => Promise<void>;
  cancelLandscape: () => void;
}

export interface TimesActions {
  /** Times training by repeated runs, everything else paused meanwhile. */
  timeTraining: () => Promise<void>;
  cancelTiming: () => void;
}

export interface TreesActions {
  /**
   * Fits boosted trees to all records, the condensed samples and random ones of the same number: at this β, or at the
   * one that is set.
   */
  tryTrees: (beta?: number) => Promise<void>;
  cancelTrees: () => void;
}

export interface LearnActions
  extends DescentActions, FittedActions, LandscapeActions, TimesActions, TreesActions {
  /** Ends all training; what it has reached stays. */
  cancelLearn: () => void;
}
