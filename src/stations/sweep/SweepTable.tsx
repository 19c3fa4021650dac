import type { ReactNode } from 'react';
import { DataTable, type TableColumn } from '../../ui/controls/index.ts';
import { formatCount, formatMeasured, formatPercent, formatSeconds, formatValue } from '../../ui/format.ts';
import type { Statistic, SweepRow } from './summary.ts';

/** "1.084 ± 0.021", with the range as a tooltip; without deviation where there is a single split. */
function spread(statistic: Statistic | null, format: (n: number) => string): ReactNode {
  if (statistic === null) return '–';
  const { mean, std, min, max, count } = statistic;
  if (count < 2) return format(mean);
  return (
    <span title={`${format(min)} to ${format(max)} over ${count} splits`}>
      {format(mean)} <span className="sweep-deviation">± {format(std)}</span>
    </span>
  );
}

const three = (n: number) => (n < 0.0005 ? '0.000' : n.toFixed(3));
const whole = (n: number) => formatCount(Math.round(n));
const times = (n: number) => (n >= 10 ? formatCount(n) : n.toFixed(1));
const share = (n: number) => formatPercent(n, 2);
const mse = (n: number) => formatValue(n, 4);

const COLUMNS: TableColumn<SweepRow>[] = [
  { id: 'beta', header: 'β', isNumeric: true, isRowHeader: true, cell: (row) => formatCount(row.beta) },
  { id: 'splits', header: 'Splits', isNumeric: true, cell: (row) => formatCount(row.splits) },
  { id: 'samples', header: 'Condensed samples', isNumeric: true, cell: (row) => spread(row.samples, whole) },
  {
    id: 'share',
    header: '% of training records',
    isNumeric: true,
    cell: (row) => spread(row.sampleShare, share),
  },
  { id: 'gdRatio', header: 'GD, × full', isNumeric: true, cell: (row) => spread(row.gdRatio, three) },
  {
    id: 'cfRatio',
    header: 'Closed form, × full',
    isNumeric: true,
    cell: (row) => spread(row.closedFormRatio, three),
  },
  { id: 'gdMse', header: 'GD test MSE', isNumeric: true, cell: (row) => spread(row.gdMse, mse) },
  {
    id: 'cfMse',
    header: 'Closed form test MSE',
    isNumeric: true,
    cell: (row) => spread(row.closedFormMse, mse),
  },
  {
    id: 'gdSeconds',
    header: 'GD time',
    isNumeric: true,
    cell: (row) => spread(row.gdSeconds, formatSeconds),
  },
  { id: 'speed', header: 'GD, times as fast', isNumeric: true, cell: (row) => spread(row.gdSpeedUp, times) },
  {
    id: 'iterations',
    header: 'GD iterations',
    isNumeric: true,
    cell: (row) => spread(row.gdIterations, whole),
  },
  {
    id: 'limit',
    header: 'At the iteration limit',
    isNumeric: true,
    cell: (row) => `${row.atLimit} of ${row.splits}`,
  },
  {
    id: 'cfSeconds',
    header: 'Closed form time',
    isNumeric: true,
    cell: (row) => spread(row.closedFormSeconds, formatMeasured),
  },
  {
    id: 'storage',
    header: 'Storage on demand, % of float64',
    isNumeric: true,
    cell: (row) => spread(row.storage, share),
  },
  {
    id: 'stored',
    header: 'Samples stored, % of float64',
    isNumeric: true,
    cell: (row) => spread(row.storageStored, share),
  },
];

export function SweepTable({ rows }: { rows: readonly SweepRow[] }) {
  return (
    <div className="sweep-table">
      <DataTable
        caption="The sweep in numbers"
        columns={COLUMNS}
        rows={rows}
        rowKey={(row) => row.beta}
        maxHeight={520}
        isDense
        empty="Rows appear as the runs finish."
      />
    </div>
  );
}
