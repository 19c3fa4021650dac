/** The columns of the comparison: errors and ratios of a regression, shares and differences of a classification. */
import type { ReactNode } from 'react';
import type { TableColumn } from '../../../ui/controls/index.ts';
import { formatCount, formatMeasured, formatPlural, formatRatio } from '../../../ui/format.ts';
import { isExact, type ComparisonRow, type ModelTask } from './compare.ts';
import { RowKey } from './RowKey.tsx';
import { formatMetric, formatPoints, formatRmse, type ShareMetric } from './scores.ts';
import { medianWords } from './timeWords.ts';

type Column = TableColumn<ComparisonRow>;

const MODEL: Column = {
  id: 'model',
  header: 'Training',
  isRowHeader: true,
  cell: (row) => (
    <span className="learn-model">
      <RowKey name={row.contender ?? row.method} />
      {row.label}
      <span className="learn-solver">{row.solver ?? row.guess}</span>
    </span>
  ),
};

/** Why a row is not compared with full training. */
function pending(row: ComparisonRow): string {
  if (row.finished) return '–';
  if (isExact(row)) return 'not converged';
  return row.outdated ? 'out of date' : 'not finished';
}

const RATIO: Column = {
  id: 'ratio',
  header: '× full',
  isNumeric: true,
  cell: (row) => (row.ratio === null ? pending(row) : formatRatio(row.ratio, 3)),
};

const REGRESSION: readonly Column[] = [
  { id: 'rmse', header: 'Test RMSE', isNumeric: true, cell: ({ test }) => formatRmse(test.mse) },
  RATIO,
  {
    id: 'r2',
    header: 'R²',
    isNumeric: true,
    cell: ({ method, test }) => (method === 'floor' ? '–' : formatMetric('r2', test.r2)),
  },
];

/** A share, and under it how many points it stands above or below full training's. */
function shareColumn(metric: ShareMetric, header: string): Column {
  return {
    id: metric,
    header,
    isNumeric: true,
    cell: (row) => (
      <>
        {formatMetric(metric, row.test[metric])}
        <span className="learn-gain">{gainWords(row, metric)}</span>
      </>
    ),
  };
}

function gainWords(row: ComparisonRow, metric: ShareMetric): ReactNode {
  const isReference = row.method === 'full' && isExact(row);
  return row.gain === null || isReference ? null : formatPoints(row.gain[metric]);
}

const CLASSIFICATION: readonly Column[] = [
  {
    id: 'logLoss',
    header: 'Log loss',
    isNumeric: true,
    cell: ({ test }) => formatMetric('logLoss', test.logLoss),
  },
  RATIO,
  shareColumn('accuracy', 'Accuracy'),
  shareColumn('balancedAccuracy', 'Balanced acc.'),
];

const ROC_AREA: Column = {
  id: 'rocArea',
  header: 'ROC area',
  isNumeric: true,
  cell: ({ test }) => formatMetric('rocArea', test.rocArea),
};

/** A median, or the time of one run, which says so. */
function Seconds({ row }: { row: ComparisonRow }) {
  if (row.seconds === null) return '–';
  if (isExact(row)) return medianWords(row.seconds);
  return (
    <>
      {formatMeasured(row.seconds)}
      <span className="learn-gain">one run</span>
    </>
  );
}

const COST: readonly Column[] = [
  {
    id: 'seconds',
    header: 'Time',
    isNumeric: true,
    cell: (row) => <Seconds row={row} />,
  },
  {
    id: 'rows',
    header: 'Trained on',
    isNumeric: true,
    cell: (row) =>
      row.samples === 0 ? '–' : formatPlural(row.samples, row.method === 'condensed' ? 'sample' : 'record'),
  },
  {
    id: 'touched',
    header: 'Samples touched',
    isNumeric: true,
    cell: (row) => (row.touched === null ? '–' : formatCount(row.touched)),
  },
];

/** The columns for these rows; the ROC area only where there are two classes. */
export function comparisonColumns(task: ModelTask, rows: readonly ComparisonRow[]): Column[] {
  if (task === 'regression') return [MODEL, ...REGRESSION, ...COST];
  const hasRoc = rows.some(({ method, test }) => method !== 'floor' && test.rocArea !== undefined);
  return [MODEL, ...CLASSIFICATION, ...(hasRoc ? [ROC_AREA] : []), ...COST];
}
