import { useMemo } from 'react';
import { LineSwatch } from '../../../ui/charts/LineSwatch.tsx';
import { DataTable, Panel, type TableColumn } from '../../../ui/controls/index.ts';
import { formatCount, formatValue } from '../../../ui/format.ts';
import { curveRows, type CurveRow } from './runCurves.ts';
import { runLook } from './runLook.ts';
import { accuracyWords } from './runWords.ts';
import type { DrawnRun } from './shownRun.ts';

interface CurvesTableProps {
  drawn: readonly DrawnRun[];
  titles: ReadonlyMap<string, string>;
}

/** The curves in numbers: an epoch a line, a run a column. */
export function CurvesTable({ drawn, titles }: CurvesTableProps) {
  const rows = useMemo(() => curveRows(drawn.map(({ run }) => run)), [drawn]);
  const columns = useMemo(
    (): TableColumn<CurveRow>[] => [
      { id: 'epoch', header: 'Epoch', isRowHeader: true, cell: ({ epoch }) => formatCount(epoch) },
      ...drawn.map(({ run, index }, place): TableColumn<CurveRow> => ({
        id: run.id,
        header: (
          <span className="curves-run">
            <LineSwatch look={runLook(index)} />
            {titles.get(run.id)}
          </span>
        ),
        isNumeric: true,
        cell: ({ cells }) => <CurveCell cell={cells[place]} />,
      })),
    ],
    [drawn, titles],
  );
  return (
    <Panel title="The curves in numbers" caption="test accuracy, and training loss below it">
      <DataTable
        caption="Test accuracy and training loss of every run by epoch"
        columns={columns}
        rows={rows}
        rowKey={({ epoch }) => epoch}
        maxHeight={420}
        isDense
        empty="Lines appear with the first epoch."
      />
    </Panel>
  );
}

function CurveCell({ cell }: { cell: CurveRow['cells'][number] }) {
  if (cell === null) return '–';
  return (
    <>
      {cell.accuracy === null ? '–' : accuracyWords(cell.accuracy)}
      <small className="curves-loss">{formatValue(cell.loss, 3)}</small>
    </>
  );
}
