import { memo, useMemo } from 'react';
import { type TrainingRun, usesFraction } from '../../../contracts/training.ts';
import { DataTable, Disclosure, Panel, type TableColumn } from '../../../ui/controls/index.ts';
import { formatPercent, formatPlural, formatSeconds } from '../../../ui/format.ts';
import { tableOf, type ResultRow, type ResultTable, type TrainingGroup } from '../../training/results.ts';
import { fractionWords, methodLabel, networkWords } from '../../training/words.ts';
import { useLab } from '../../useLab.ts';
import { BACKEND_LABELS } from './trainingChoices.ts';
import { paperMark, paperWords, type PaperMark } from './paperMarks.ts';

/** The finished runs in the shape of the paper's Table 1: methods down, shares across. */
export const ResultsPanel = memo(function ResultsPanel() {
  const runs = useLab((lab) => lab.images.training.runs);
  const datasetId = useLab((lab) => lab.images.dataset.value?.id ?? '');
  const finished = useFinished(runs);
  const table = useMemo(() => tableOf(finished), [finished]);
  const columns = useMemo(() => columnsOf(table, datasetId), [table, datasetId]);
  if (table.rows.length === 0) return null;
  const paper = paperWords(datasetId, finished, table.rows);
  return (
    <Panel
      title="Results"
      caption="test accuracy after the last epoch, mean ± standard deviation over seeds; below, the time of an epoch as a share of full’s"
    >
      <DataTable
        caption="Test accuracy by method and share of the training pictures"
        columns={columns}
        rows={table.rows}
        rowKey={({ key }) => key}
      />
      {paper !== '' && <p className="learn-image-note">{paper}</p>}
      <Disclosure about="this table">
        <p>
          A cell is the mean over the runs that differ in nothing but their seed; n is how many there are. The
          standard deviation is that of a sample (n − 1) and needs two runs. Time is fetching and training,
          without evaluation and warming up; it is compared with full training of the same network on the same
          backend, and left out where there is none.
        </p>
      </Disclosure>
    </Panel>
  );
});

/** The finished runs, the same list while none of them changes: others may report many times a second. */
function useFinished(runs: readonly TrainingRun[]): readonly TrainingRun[] {
  const key = runs
    .filter(
      ({ status, settings, epochs }) =>
        status === 'done' || (!usesFraction(settings.method) && epochs.length > 0),
    )
    .map(({ id, status, epochs }) => `${id} ${status} ${status === 'done' ? '' : epochs.length > 0}`)
    .join('|');
  // eslint-disable-next-line react-hooks/exhaustive-deps -- the key stands for the runs that matter
  return useMemo(() => runs, [key]);
}

function columnsOf(table: ResultTable, datasetId: string): TableColumn<ResultRow>[] {
  const networks = new Set(table.rows.map(({ network, width }) => networkWords(network, width)));
  return [
    {
      id: 'method',
      header: 'Method',
      isRowHeader: true,
      cell: ({ method, network, width, variant }) => (
        <>
          {methodLabel(method)}
          {networks.size > 1 && <small className="results-about">{networkWords(network, width)}</small>}
          {variant !== '' && <small className="results-about">{variant}</small>}
        </>
      ),
    },
    ...table.columns.map((column, index): TableColumn<ResultRow> => ({
      id: String(column),
      header: column === 'all' ? 'Full' : fractionWords(column),
      isNumeric: true,
      cell: (row) => <ResultCell group={row.cells[index]} mark={paperMark(datasetId, row, column)} />,
    })),
  ];
}

function ResultCell({ group, mark }: { group: TrainingGroup | null; mark: PaperMark | null }) {
  return (
    <div className="results-cell">
      {group === null ? <span className="soft">–</span> : <Measured group={group} />}
      {mark !== null && (
        <small className="results-paper">
          paper {mark.accuracy}
          {mark.time !== null && `, time ${mark.time}`}
        </small>
      )}
    </div>
  );
}

function Measured({ group: { accuracy, timeShare, seconds, method, backends } }: { group: TrainingGroup }) {
  const { mean, std, count } = accuracy;
  const where = backends.map((name) => BACKEND_LABELS[name]).join(' and ');
  return (
    <>
      <span title={`${formatPlural(count, 'run')} on ${where}, ${formatSeconds(seconds.mean)} an epoch`}>
        <b>{formatPercent(mean, 2)}</b>
        {count > 1 && <span className="soft"> ± {(std * 100).toFixed(2)}</span>}
      </span>
      <small>
        n = {count}
        {timeShare !== null && usesFraction(method) && `, time ${formatPercent(timeShare.mean)}`}
        {backends.length > 1 && `, on ${where}`}
      </small>
    </>
  );
}
