import { memo, useMemo, useState } from 'react';
import { type TrainingRun, usesFraction } from '../../../contracts/training.ts';
import { Segments } from '../../../ui/charts/Segments.tsx';
import { DataTable, Disclosure, Panel, type TableColumn } from '../../../ui/controls/index.ts';
import { formatPercent, formatPlural, formatSeconds } from '../../../ui/format.ts';
import { MethodNotes } from '../../training/MethodNotes.tsx';
import {
  groupsOf,
  tableOfGroups,
  type ResultRow,
  type ResultTable,
  type TrainingGroup,
} from '../../training/results.ts';
import { fractionWords, methodLabel, networkWords } from '../../training/words.ts';
import { useLab } from '../../useLab.ts';
import { BACKEND_LABELS } from './trainingChoices.ts';
import { paperMark, paperWords, type PaperMark } from './paperMarks.ts';
import { TableOne } from './TableOne.tsx';

const VIEWS = [
  { value: 'measures', label: 'All measures' },
  { value: 'shares', label: 'Accuracy by share' },
] as const;
type View = (typeof VIEWS)[number]['value'];

/** The finished runs: in the columns of the paper's Table 1, or their accuracy with methods down and shares across. */
export const ResultsPanel = memo(function ResultsPanel() {
  const runs = useLab((lab) => lab.images.training.runs);
  const datasetId = useLab((lab) => lab.images.dataset.value?.id ?? '');
  const [view, setView] = useState<View>('measures');
  const finished = useFinished(runs);
  const groups = useMemo(() => groupsOf(finished), [finished]);
  if (groups.length === 0) return null;
  const paper = paperWords(datasetId, finished, groups);
  return (
    <Panel
      name="results"
      title="Results"
      caption={
        view === 'measures'
          ? 'of finished runs, mean ± standard deviation over seeds'
          : 'test accuracy after the last epoch, mean ± standard deviation over seeds; below, the time of an epoch as a share of full’s'
      }
      actions={<Segments label="Results as" value={view} options={VIEWS} onChange={setView} />}
    >
      {view === 'measures' ? (
        <TableOne groups={groups} datasetId={datasetId} />
      ) : (
        <ByShare groups={groups} datasetId={datasetId} />
      )}
      {paper !== '' && <p className="learn-image-note">{paper}</p>}
      <MethodNotes methods={groups.map(({ method }) => method)} />
      <Disclosure about="these columns">
        <p>
          Runs that differ in nothing but their seed are one line. <b>Time</b> is training, waiting for
          pictures and selecting, without tests and warming up, as a share of as many epochs of full training
          of the same network on the same backend; where there was none, it is in seconds. The paper counts so
          too, on its own machine.
        </p>
        <p>
          <b>Storage</b> is what has to be kept of the training pictures. <b>To select</b> is the share of
          them that has to be at hand for one choice of pictures, and what the choice holds in memory beside
          them. <b>To train</b> is what an epoch sees, and the training data that was held in memory at most.
        </p>
        <p>
          <b>Data access</b> is, as the paper counts, what has to stay at hand once training has begun: all of
          it where an epoch may draw any picture. Below stands what was measured: the different pictures that
          the run has trained on, and where it looked at more to choose them, those that it has read.
        </p>
      </Disclosure>
    </Panel>
  );
});

/** Test accuracy in the shape of the paper's Tables 4 to 6: methods down, shares across. */
function ByShare({ groups, datasetId }: { groups: readonly TrainingGroup[]; datasetId: string }) {
  const table = useMemo(() => tableOfGroups(groups), [groups]);
  const columns = useMemo(() => columnsOf(table, datasetId), [table, datasetId]);
  return (
    <DataTable
      caption="Test accuracy by method and share of the training pictures"
      columns={columns}
      rows={table.rows}
      rowKey={({ key }) => key}
    />
  );
}

/** The finished runs, the same list while none of them changes: others may report many times a second. */
function useFinished(runs: readonly TrainingRun[]): readonly TrainingRun[] {
  const key = runs
    .filter(
      ({ status, settings, epochs }) =>
        status === 'done' || (!usesFraction(settings.method) && epochs.length > 0),
    )
    .map(({ id, status, epochs }) => `${id} ${status} ${status === 'done' ? '' : epochs.length > 0}`)
    .join('|');
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- the key stands for the runs that matter
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
