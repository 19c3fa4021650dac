import { memo, useMemo, useState, type ReactNode } from 'react';
import type { SweepCell } from '../../../contracts/codec.ts';
import type { SweepPlan } from '../../../contracts/link.ts';
import { Button, DataTable, type TableColumn } from '../../../ui/controls/index.ts';
import { formatCount, formatMeasured, formatPercent, formatSeconds } from '../../../ui/format.ts';
import type { Statistic } from '../../statistic.ts';
import { axisNoun, isCategorical, valueWords } from './axes.ts';
import { measuresOf, measureWords, solverWords } from './measures.ts';
import type { Solver, SweepRow } from './summary.ts';

/** "1.084 ± 0.021", with the range as a tooltip; without deviation where there is a single split. */
function spread(statistic: Statistic | null | undefined, format: (n: number) => string): ReactNode {
  if (statistic === null || statistic === undefined) return '–';
  const { mean, std, min, max, count } = statistic;
  if (count < 2) return format(mean);
  return (
    <span title={`${format(min)} to ${format(max)} over ${count} splits`}>
      {format(mean)} <span className="sweep-deviation">± {format(std)}</span>
    </span>
  );
}

const whole = (n: number) => formatCount(Math.round(n));
const times = (n: number) => (n >= 10 ? formatCount(n) : n.toFixed(1));
const share = (n: number) => formatPercent(n, 2);

function numeric(
  id: string,
  header: string,
  value: (row: SweepRow) => Statistic | null | undefined,
  format: (n: number) => string,
): TableColumn<SweepRow> {
  return { id, header, isNumeric: true, cell: (row) => spread(value(row), format) };
}

/** One column per axis, then what the runs gave. */
function columnsOf({ axes }: SweepPlan, task: SweepCell['task'], hasRoc: boolean): TableColumn<SweepRow>[] {
  const by = solverWords(task);
  const solvers = (['exact', 'gd'] as const).map((solver): [Solver, string] => [solver, by[solver]]);
  const measures = measuresOf(task, hasRoc);
  return [
    ...axes.map(({ name }, k): TableColumn<SweepRow> => ({
      id: name,
      header: axisNoun(name),
      isNumeric: !isCategorical(name),
      isRowHeader: k === 0,
      cell: (row) => valueWords(name, row.point[k]),
    })),
    { id: 'splits', header: 'Splits', isNumeric: true, cell: (row) => formatCount(row.splits) },
    numeric('samples', 'Condensed samples', (row) => row.samples, whole),
    numeric('share', '% of training records', (row) => row.sampleShare, share),
    ...measures.flatMap((measure) =>
      solvers.map(([solver, name]) =>
        numeric(
          `${measure} ${solver}`,
          `${name}, ${measureWords(measure, task).axis}`,
          (row) => row.scores[solver][measure],
          measureWords(measure, task).exact,
        ),
      ),
    ),
    numeric('gdSeconds', `${by.gd}, time`, (row) => row.gdSeconds, formatSeconds),
    numeric('speed', `${by.gd}, times as fast as full`, (row) => row.gdSpeedUp, times),
    numeric('iterations', 'Iterations', (row) => row.gdIterations, whole),
    {
      id: 'limit',
      header: 'At the iteration limit',
      isNumeric: true,
      cell: (row) => (row.descended === 0 ? '–' : `${row.atLimit} of ${row.descended}`),
    },
    numeric('exactSeconds', `${by.exact}, time`, (row) => row.exactSeconds, formatMeasured),
    numeric('storage', 'Storage on demand, % of float64', (row) => row.storage, share),
    numeric('stored', 'Samples stored, % of float64', (row) => row.storageStored, share),
    numeric('encode', 'Encoding', (row) => row.encodeSeconds, formatSeconds),
  ];
}

/** Rows that are shown at once: more would make one long task of every update. */
const PAGE = 25;

interface SweepTableProps {
  plan: SweepPlan;
  rows: readonly SweepRow[];
  task: SweepCell['task'];
}

export const SweepTable = memo(function SweepTable({ plan, rows, task }: SweepTableProps) {
  const [wanted, setPage] = useState(0);
  const hasRoc = rows.some(
    ({ scores }) => scores.exact.rocArea !== undefined || scores.gd.rocArea !== undefined,
  );
  const columns = useMemo(() => columnsOf(plan, task, hasRoc), [plan, task, hasRoc]);
  const pages = Math.max(1, Math.ceil(rows.length / PAGE));
  const page = Math.min(wanted, pages - 1);
  const shown = rows.slice(page * PAGE, (page + 1) * PAGE);
  return (
    <div className="sweep-table">
      <DataTable
        caption="The sweep in numbers"
        columns={columns}
        rows={shown}
        rowKey={(row) => JSON.stringify(row.point)}
        maxHeight={520}
        isDense
        empty="Rows appear as the runs finish."
      />
      {pages > 1 && (
        <div className="sweep-pages">
          <Button isDisabled={page === 0} onPress={() => setPage(page - 1)}>
            Previous
          </Button>
          <span>
            {formatCount(page * PAGE + 1)} to {formatCount(page * PAGE + shown.length)} of{' '}
            {formatCount(rows.length)}
          </span>
          <Button isDisabled={page === pages - 1} onPress={() => setPage(page + 1)}>
            Next
          </Button>
        </div>
      )}
    </div>
  );
});
