/** The curves of runs: test accuracy and training loss against epochs, steps or seconds of training. */
import type { TrainingRun } from '../../../contracts/training.ts';
import type { ChartPoint } from '../../../ui/charts/points.ts';

export type CurveAgainst = 'epochs' | 'steps' | 'seconds';
export type CurveMeasure = 'accuracy' | 'loss';

/**
 * Seconds are those of training and of waiting for pictures; warming up and looking at the test pictures are left out,
 * so that runs that are evaluated more often are not drawn longer.
 */
export function runCurve(run: TrainingRun, measure: CurveMeasure, against: CurveAgainst): ChartPoint[] {
  const points: ChartPoint[] = [];
  let steps = 0;
  let seconds = 0;
  for (const report of run.epochs) {
    steps += report.steps;
    seconds += report.seconds.wait + report.seconds.train;
    const x = against === 'epochs' ? report.epoch : against === 'steps' ? steps : seconds;
    const y = measure === 'loss' ? report.loss : report.test?.accuracy;
    if (y !== undefined) points.push({ x, y });
  }
  return points;
}

/** One line of the table behind the curves: an epoch, and what every run had reached by it. */
export interface CurveRow {
  epoch: number;
  /** By run, in their order; null where there is nothing. */
  cells: ({ accuracy: number | null; loss: number } | null)[];
}

/** Most lines of the table: of long runs every so many epochs, the last ones always. */
const MOST_ROWS = 200;

export function curveRows(runs: readonly TrainingRun[]): CurveRow[] {
  const most = runs.reduce((max, { epochs }) => Math.max(max, epochs.length), 0);
  const every = Math.max(1, Math.ceil(most / MOST_ROWS));
  const ends = new Set(runs.map(({ epochs }) => epochs.length));
  const rows: CurveRow[] = [];
  for (let epoch = 1; epoch <= most; epoch++) {
    if (epoch % every !== 0 && !ends.has(epoch)) continue;
    rows.push({
      epoch,
      cells: runs.map(({ epochs }) => {
        if (epoch > epochs.length) return null;
        const { test, loss } = epochs[epoch - 1];
        return { accuracy: test?.accuracy ?? null, loss };
      }),
    });
  }
  return rows;
}
