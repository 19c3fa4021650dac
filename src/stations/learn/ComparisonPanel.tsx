import { DataTable, Disclosure, Notice, Panel, type TableColumn } from '../../ui/controls/index.ts';
import { formatCount, formatFactor, formatMeasured, formatPlural, formatValue } from '../../ui/format.ts';
import { useLabParts } from '../useLab.ts';
import { comparisonRows, formatR2, verdictOf, type ComparisonRow } from './compare.ts';

const NAMES = { full: 'Full', condensed: 'Condensed', floor: 'Floor' } as const;

const COLUMNS: TableColumn<ComparisonRow>[] = [
  {
    id: 'model',
    header: 'Training',
    isRowHeader: true,
    cell: (row) => (
      <span className="learn-model">
        <i className={`learn-key learn-key-${row.method}`} aria-hidden="true" />
        {NAMES[row.method]}
        <span className="learn-solver">{row.solver ?? 'training mean'}</span>
      </span>
    ),
  },
  { id: 'mse', header: 'Test MSE', isNumeric: true, cell: (row) => formatValue(row.testMse) },
  {
    id: 'ratio',
    header: '× full',
    isNumeric: true,
    cell: (row) =>
      row.ratio === null
        ? row.finished
          ? '–'
          : row.outdated
            ? 'out of date'
            : 'not finished'
        : formatFactor(row.ratio, 3),
  },
  {
    id: 'r2',
    header: 'R²',
    isNumeric: true,
    cell: (row) => (row.testR2 === null ? '–' : formatR2(row.testR2)),
  },
  {
    id: 'seconds',
    header: 'Time',
    isNumeric: true,
    cell: (row) => (row.seconds === null ? '–' : formatMeasured(row.seconds)),
  },
  {
    id: 'speed',
    header: 'Speed-up',
    isNumeric: true,
    cell: (row) => (row.speedUp === null ? '–' : formatFactor(row.speedUp, row.speedUp >= 10 ? 0 : 1)),
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

/** The headline of the station and every number behind it. */
export function ComparisonPanel() {
  const { full, condensed } = useLabParts((lab) => ({
    full: lab.learn.full,
    condensed: lab.learn.condensed,
  }));
  const rows = comparisonRows(
    {
      closedForm: full.closedForm.value,
      descent: full.descent.value,
      outdated: full.descent.stale && !full.playing,
    },
    { closedForm: condensed.closedForm.value, descent: condensed.descent.value },
  );
  const verdict = verdictOf(rows);
  const stale = full.closedForm.stale || condensed.closedForm.stale || condensed.descent.stale;
  return (
    <Panel title="What condensing costs" caption="test MSE, same test records for all" stale={stale}>
      {verdict !== null && (
        <div className="learn-verdict">
          <p className={`learn-headline learn-headline-${verdict.tone}`}>
            {formatFactor(verdict.ratio)}
            <small>test MSE of full, {verdict.solver}</small>
          </p>
          <p>{verdict.sentence}</p>
        </div>
      )}
      {verdict?.floor != null && (
        <Notice tone="warning">
          <p>{verdict.floor}</p>
        </Notice>
      )}
      <DataTable
        caption="Full and condensed training compared"
        columns={COLUMNS}
        rows={rows}
        rowKey={(row) => row.id}
        rowClassName={(row) => (row.finished ? undefined : 'learn-unfinished')}
        empty="No model has been trained yet."
      />
      <Disclosure about="these numbers">
        <p>
          <strong>× full</strong> divides the test MSE by that of full training with the same solver; 1 means
          that nothing was lost. <strong>Speed-up</strong> divides the seconds of full training by the
          method’s own, measured in this browser. The floor is what any model has to beat: always predicting
          the mean of the training target; its × full is against the closed form.
        </p>
      </Disclosure>
    </Panel>
  );
}
