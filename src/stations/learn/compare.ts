/** Full and condensed training side by side: the rows of the comparison and what they amount to in words. */
import type { ClosedFormResult, DescentState, Method } from '../../contracts/codec.ts';
import { formatCount, formatFactor, formatPercent, formatPlural } from '../../ui/format.ts';

/** Three decimals, so that a column of them can be compared at a glance. */
export function formatR2(value: number): string {
  return value.toFixed(3).replace('-', '−');
}

export interface Results {
  closedForm: ClosedFormResult | null;
  descent: DescentState | null;
  /** The descent was made with other settings and nothing is making it anew. */
  outdated?: boolean;
}

type Solver = 'closed form' | 'gradient descent';

export interface ComparisonRow {
  id: string;
  method: Method | 'floor';
  solver: Solver | null;
  samples: number;
  testMse: number;
  testR2: number | null;
  /** Test MSE ÷ full training's with the same solver, once both are finished. */
  ratio: number | null;
  seconds: number | null;
  /** Seconds of full training ÷ its own, with the same solver, once both are finished. */
  speedUp: number | null;
  /** Sample reads: iterations × samples, or one pass. */
  touched: number | null;
  /** False while a gradient descent has not come to its stop. */
  finished: boolean;
  outdated: boolean;
}

function isFinished(state: DescentState | null): state is DescentState {
  return state !== null && state.stop !== 'running';
}

export function comparisonRows(full: Results, condensed: Results): ComparisonRow[] {
  const rows: ComparisonRow[] = [];
  for (const [method, results] of [
    ['full', full],
    ['condensed', condensed],
  ] as const) {
    if (results.closedForm !== null) rows.push(closedFormRow(method, results.closedForm, full.closedForm));
    if (results.descent !== null) rows.push(descentRow(method, results.descent, results, full));
  }
  const any = full.closedForm ?? condensed.closedForm ?? full.descent ?? condensed.descent;
  if (any !== null) {
    const reference = full.closedForm?.testMse ?? null;
    rows.push({
      id: 'floor',
      method: 'floor',
      solver: null,
      samples: 0,
      testMse: any.floorMse,
      testR2: null,
      ratio: reference === null ? null : any.floorMse / reference,
      seconds: null,
      speedUp: null,
      touched: null,
      finished: true,
      outdated: false,
    });
  }
  return rows;
}

function closedFormRow(
  method: Method,
  result: ClosedFormResult,
  full: ClosedFormResult | null,
): ComparisonRow {
  return {
    id: `${method} closed form`,
    method,
    solver: 'closed form',
    samples: result.samples,
    testMse: result.testMse,
    testR2: result.testR2,
    ratio: full === null ? null : result.testMse / full.testMse,
    seconds: result.seconds,
    speedUp: full === null || result.seconds <= 0 ? null : full.seconds / result.seconds,
    touched: result.samples,
    finished: true,
    outdated: false,
  };
}

function descentRow(method: Method, state: DescentState, own: Results, all: Results): ComparisonRow {
  const full = all.outdated === true ? null : all.descent;
  const comparable = own.outdated !== true && isFinished(state) && isFinished(full);
  return {
    id: `${method} gradient descent`,
    method,
    solver: 'gradient descent',
    samples: state.samples,
    testMse: state.testMse,
    testR2: state.testR2,
    ratio: comparable ? state.testMse / full.testMse : null,
    seconds: state.seconds,
    speedUp: comparable && state.seconds > 0 ? full.seconds / state.seconds : null,
    touched: state.touched,
    finished: own.outdated !== true && isFinished(state),
    outdated: own.outdated === true,
  };
}

export interface Verdict {
  solver: Solver;
  ratio: number;
  speedUp: number | null;
  /** better: the error is lower; equal: within half a percent; worse: it is higher. */
  tone: 'better' | 'equal' | 'worse';
  sentence: string;
  /** Set where the condensed model is no better than always predicting the training mean. */
  floor: string | null;
}

/** What condensing costs, by gradient descent if both runs are finished, else by the closed form. */
export function verdictOf(rows: readonly ComparisonRow[]): Verdict | null {
  const of = (solver: Solver) =>
    rows.find((row) => row.method === 'condensed' && row.solver === solver && row.ratio !== null);
  const condensed = of('gradient descent') ?? of('closed form');
  const full = rows.find((row) => row.method === 'full' && row.solver === condensed?.solver);
  if (condensed?.ratio == null || condensed.solver === null || full === undefined) return null;
  const { ratio, solver, speedUp } = condensed;
  const tone = ratio > 1.005 ? 'worse' : ratio < 0.995 ? 'better' : 'equal';
  const share = formatPercent(condensed.samples / Math.max(1, full.samples), 2);
  const who = `${formatPlural(condensed.samples, 'condensed sample')} (${share} of ${formatCount(full.samples)} training records)`;
  const error =
    tone === 'equal'
      ? 'the same test error as all records, within half a percent'
      : ratio >= 2
        ? `${formatFactor(ratio)} the test error of all records, so condensed is worse here`
        : `a test error ${formatPercent(Math.abs(ratio - 1))} ${
            tone === 'worse'
              ? 'higher than all records, so condensed is worse here'
              : 'lower than all records'
          }`;
  const time = speedUp === null ? '' : `; training was ${speedWords(speedUp)}`;
  const floor = rows.find((row) => row.method === 'floor');
  return {
    solver,
    ratio,
    speedUp,
    tone,
    sentence: `${who} give ${error}${time}.`,
    floor:
      floor !== undefined && condensed.testMse >= floor.testMse
        ? 'The condensed model is no better than always predicting the training mean. Use more analytics bits.'
        : null,
  };
}

function speedWords(speedUp: number): string {
  if (speedUp >= 1.05) return `${speedUp >= 10 ? formatCount(speedUp) : speedUp.toFixed(1)} times as fast`;
  if (speedUp <= 0.95) return `${(1 / speedUp).toFixed(1)} times as slow`;
  return 'as fast';
}
