/**
 * Full and condensed training side by side, as the rows of a table. Errors are compared with full training's at its
 * optimum, whatever reached them.
 */
import type {
  ClosedFormResult,
  DescentState,
  Method,
  Metrics,
  ModelScore,
} from '../../../contracts/codec.ts';
import type { ContestReport } from '../../../contracts/contest.ts';
import { CONTENDER_METAS } from '../../../contracts/plugins.ts';
import type { LabState } from '../../lab.ts';
import type { LearnRun, TimedTraining } from '../../lab/learn.ts';
import { drawnErrors } from '../../drawnErrors.ts';
import { optimumRatio } from '../../optimumRatio.ts';
import { SHORT_NAMES } from './methods.ts';
import { className } from '../../className.ts';
import { guessedClass } from './scores.ts';

export type ModelTask = ModelScore['task'];

export type Solver = 'closed form' | 'Newton’s method' | 'quasi-Newton' | 'gradient descent';

const SOLVER_NAMES: Record<ClosedFormResult['solver'], Solver> = {
  'closed-form': 'closed form',
  newton: 'Newton’s method',
  'quasi-newton': 'quasi-Newton',
};

/** What brings the models to their optimum: what has brought one there, else what usually does. */
export function exactSolver({ task, full, condensed }: Comparable): Solver {
  const result = full.closedForm ?? condensed.closedForm;
  if (result !== null) return SOLVER_NAMES[result.solver];
  return SOLVER_NAMES[task === 'regression' ? 'closed-form' : 'newton'];
}

export interface Results {
  closedForm: ClosedFormResult | null;
  descent: DescentState | null;
  /** The descent was made with other settings and nothing is making it anew. */
  outdated?: boolean;
}

/** What there is to compare: results of one task; those of another model that was chosen before are left out. */
export interface Comparable {
  task: ModelTask;
  full: Results;
  condensed: Results;
}

/** What stands in the lab's state, or null before anything has been trained. */
export function comparableOf({ full, condensed }: Record<Method, LearnRun>): Comparable | null {
  const tasks = [full.closedForm, condensed.closedForm, condensed.descent, full.descent];
  const shown =
    tasks.find(({ value, stale }) => value !== null && !stale) ?? tasks.find(({ value }) => value);
  if (shown?.value == null) return null;
  const { task } = shown.value.score;
  const ofTask = <T extends { score: ModelScore }>(value: T | null) =>
    value?.score.task === task ? value : null;
  return {
    task,
    full: {
      closedForm: ofTask(full.closedForm.value),
      descent: ofTask(full.descent.value),
      outdated: full.descent.stale && !full.playing,
    },
    condensed: { closedForm: ofTask(condensed.closedForm.value), descent: ofTask(condensed.descent.value) },
  };
}

export interface ComparisonRow {
  id: string;
  method: Method | 'contender' | 'floor';
  /** Registered name of what stands in for all records beside the condensed samples; else null. */
  contender: string | null;
  label: string;
  solver: Solver | null;
  /** What the floor always says, or of how many draws the median is; null for a single model. */
  guess: string | null;
  samples: number;
  score: ModelScore;
  /** On the test records: the model's metrics, or the floor's. */
  test: Metrics;
  /** Test MSE, of classes log loss, ÷ full training's at its optimum, once both are finished. */
  ratio: number | null;
  /** Of a classification, shares minus full training's at its optimum, once both are finished. */
  gain: { accuracy: number; balancedAccuracy: number } | null;
  /** Of an optimum the median of repeated runs, the making of the samples counted; of a descent its one run. */
  seconds: number | null;
  /** Sample reads: iterations × samples, one pass of the closed form, or one per step of Newton's methods. */
  touched: number | null;
  /** False while a gradient descent has not come to its stop, or a solver not to the optimum. */
  finished: boolean;
  outdated: boolean;
}

/** Whether a row is of an optimum, not of a descent towards it. */
export function isExact({ solver }: ComparisonRow): boolean {
  return solver !== null && solver !== 'gradient descent';
}

/** The contests at the present β, those that are up to date. */
export function contestsOf({ fitted: { draws, rivals } }: Pick<LabState, 'fitted'>): ContestReport[] {
  return [draws, rivals].flatMap(({ value, stale }) => (value === null || stale ? [] : [value]));
}

/** The optimum of both methods first, then the other contenders, then the descents, then the floor. */
export function comparisonRows(
  full: Results,
  condensed: Results,
  times: TimedTraining | null = null,
  contests: readonly ContestReport[] = [],
): ComparisonRow[] {
  const both = [
    ['full', full],
    ['condensed', condensed],
  ] as const;
  const optimum = full.closedForm?.converged === true ? full.closedForm : null;
  const rows: ComparisonRow[] = [];
  for (const [method, { closedForm }] of both) {
    if (closedForm !== null) rows.push(exactRow(method, closedForm, optimum, times));
  }
  if (optimum !== null) for (const contest of contests) rows.push(...contenderRows(optimum, contest));
  for (const [method, results] of both) {
    if (results.descent !== null) rows.push(descentRow(method, results.descent, results, optimum));
  }
  const any = full.closedForm ?? condensed.closedForm ?? full.descent ?? condensed.descent;
  if (any !== null) rows.push(floorRow(any.score, optimum));
  return rows;
}

/** How metrics stand to those of full training's optimum. */
function against(own: Metrics, optimum: ClosedFormResult | null): Pick<ComparisonRow, 'ratio' | 'gain'> {
  if (optimum === null) return { ratio: null, gain: null };
  const { test: full } = optimum.score;
  const { accuracy, balancedAccuracy } = own;
  const hasClasses = accuracy !== undefined && balancedAccuracy !== undefined;
  return {
    ratio: optimumRatio(own, optimum),
    gain:
      !hasClasses || full.accuracy === undefined || full.balancedAccuracy === undefined
        ? null
        : {
            accuracy: accuracy - full.accuracy,
            balancedAccuracy: balancedAccuracy - full.balancedAccuracy,
          },
  };
}

function exactRow(
  method: Method,
  result: ClosedFormResult,
  full: ClosedFormResult | null,
  times: TimedTraining | null,
): ComparisonRow {
  const solver = SOLVER_NAMES[result.solver];
  return {
    id: `${method} ${solver}`,
    method,
    contender: null,
    label: SHORT_NAMES[method],
    solver,
    guess: null,
    samples: result.samples,
    score: result.score,
    test: result.score.test,
    ...against(result.score.test, result.converged ? full : null),
    seconds: times?.[method].median ?? null,
    touched: result.samples * result.iterations,
    finished: result.converged,
    outdated: false,
  };
}

function descentRow(
  method: Method,
  state: DescentState,
  own: Results,
  optimum: ClosedFormResult | null,
): ComparisonRow {
  const isDone = own.outdated !== true && state.stop !== 'running';
  return {
    id: `${method} gradient descent`,
    method,
    contender: null,
    label: SHORT_NAMES[method],
    solver: 'gradient descent',
    guess: null,
    samples: state.samples,
    score: state.score,
    test: state.score.test,
    ...against(state.score.test, isDone ? optimum : null),
    seconds: state.seconds,
    touched: state.touched,
    finished: isDone,
    outdated: own.outdated === true,
  };
}

/** What else stands in for all records, as many as the condensed samples, at its optimum: the median of its draws. */
function contenderRows(full: ClosedFormResult, contest: ContestReport): ComparisonRow[] {
  const { score } = full;
  if ((contest.metric === 'mse') !== (score.task === 'regression')) return [];
  return contest.trials.flatMap(({ contender }) => {
    const drawn = drawnErrors(contest, contender);
    if (drawn === null) return [];
    const test: Metrics = contest.metric === 'mse' ? { mse: drawn.median } : { logLoss: drawn.median };
    return [
      {
        id: contender,
        method: 'contender',
        contender,
        label: CONTENDER_METAS.find(contender)?.label ?? contender,
        solver: null,
        guess: drawn.draws > 1 ? `median of ${drawn.draws} draws` : null,
        samples: drawn.samples,
        score,
        test,
        ratio: optimumRatio(test, full),
        gain: null,
        seconds: null,
        touched: null,
        finished: true,
        outdated: false,
      },
    ];
  });
}

function floorRow(score: ModelScore, full: ClosedFormResult | null): ComparisonRow {
  const guessed = guessedClass(score);
  return {
    id: 'floor',
    method: 'floor',
    contender: null,
    label: SHORT_NAMES.floor,
    solver: null,
    guess:
      score.task === 'regression'
        ? 'training mean'
        : guessed === null
          ? 'the largest class'
          : `always ${className(guessed)}`,
    samples: 0,
    score,
    test: score.floor,
    ...against(score.floor, full),
    seconds: null,
    touched: null,
    finished: true,
    outdated: false,
  };
}
