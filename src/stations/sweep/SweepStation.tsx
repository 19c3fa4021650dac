import { useMemo, useState } from 'react';
import type { SweepPlan } from '../../contracts/link.ts';
import { download } from '../../platform/download.ts';
import { Segments } from '../../ui/charts/Segments.tsx';
import { FIGURE_EVERY, useThrottled } from '../../ui/charts/useThrottled.ts';
import { Button, DownloadIcon, ErrorNotice, Panel, StationLayout } from '../../ui/controls/index.ts';
import { formatPlural, formatSeconds } from '../../ui/format.ts';
import { fileStem } from '../fileStem.ts';
import type { SweepState } from '../lab.ts';
import { TargetQuestion } from '../TargetQuestion.tsx';
import { useLab, useLabParts } from '../useLab.ts';
import { SweepStanding } from './SweepStanding.tsx';
import { PictureSweep } from './pictures/PictureSweep.tsx';
import { SweepControls } from './table/SweepControls.tsx';
import { SweepFigures } from './table/SweepFigures.tsx';
import { SweepRun } from './table/SweepRun.tsx';
import { SweepTable } from './table/SweepTable.tsx';
import { sweepCsv, sweepJson, type SweepRecord } from './table/files.ts';
import { MEASURES, solverWords } from './table/measures.ts';
import { changesFull, differences } from './table/plan.ts';
import { pointWords } from './table/axes.ts';
import { summarise, summariseFull, type FullRow } from './table/summary.ts';
import { differenceWords } from './table/words.ts';
import './sweep.css';

const VIEWS = [
  { value: 'charts', label: 'Charts' },
  { value: 'table', label: 'Table' },
] as const;

/** The same elements at every picture: what is inside follows the lab by itself. */
const CONTROLS = <SweepControls />;
const RUN = <SweepRun />;

export function SweepStation() {
  const kind = useLab((lab) => lab.kind);
  return kind === 'images' ? <PictureSweep /> : <TableSweep />;
}

function TableSweep() {
  const sweep = useLab((lab) => lab.sweep);
  const { plan, ran, full, runs } = useThrottled(sweep, FIGURE_EVERY);
  // The plan may have moved on; what is drawn is of the one that ran.
  const drawn = ran?.plan ?? plan;
  const results = useMemo(
    () => ({
      plan: drawn,
      rows: summarise(drawn, full, runs),
      full: summariseFull(drawn, full),
      task: (full.at(0) ?? runs.at(0))?.cell.task ?? 'regression',
    }),
    [drawn, full, runs],
  );
  const [view, setView] = useState<'charts' | 'table'>('charts');
  const begun = full.length > 0 || runs.length > 0;
  return (
    <StationLayout
      title="Sweep"
      lead={
        <>
          How much data is enough? Train at many β, codecs or rates over several splits and see where the{' '}
          <span className="role-analytics">condensed samples</span> come as close to full training as you
          need.
        </>
      }
      controls={CONTROLS}
      last={RUN}
      foldOnPhone
    >
      <TargetQuestion />
      {sweep.error !== null && sweep.error.code !== 'CANCELLED' && <ErrorNotice error={sweep.error} />}
      {begun && <Standing sweep={sweep} />}
      <header className="sweep-head">
        <p>{headline(drawn, results.task, results.full, results.rows.length)}</p>
        <div className="sweep-actions">
          <Segments label="View" value={view} options={VIEWS} onChange={setView} />
          <Exports />
        </div>
      </header>
      {!begun ? (
        <Panel title="Figures" caption="condensed against full training of the same split">
          <p className="sweep-nothing">
            {sweep.status === 'running'
              ? 'Points appear as the runs finish.'
              : 'Error, storage and time appear here, point by point, while the sweep runs.'}
          </p>
        </Panel>
      ) : view === 'charts' ? (
        <SweepFigures key={drawn.axes.map(({ name }) => name).join()} results={results} stale={sweep.stale} />
      ) : (
        <Panel
          title="Every number of the sweep"
          caption="mean ± standard deviation over the splits; ÷ full is the test MSE divided by that of full training"
          stale={sweep.stale}
        >
          <SweepTable plan={drawn} rows={results.rows} task={results.task} />
        </Panel>
      )}
    </StationLayout>
  );
}

function Standing({ sweep: { status, ran, stale } }: { sweep: SweepState }) {
  const settings = useLab((lab) => lab.settings);
  const changed = ran === null || !stale ? '' : differenceWords(differences(ran, settings));
  return <SweepStanding status={status} changed={changed} noun="runs" verb="Run" />;
}

function headline(
  { axes }: SweepPlan,
  task: 'regression' | 'classification',
  full: readonly FullRow[],
  points: number,
): string {
  if (full.length === 0) {
    return points === 0
      ? 'No runs yet. Choose what to sweep over and run it.'
      : 'Full training is still running; what is measured against it follows.';
  }
  const measure = task === 'regression' ? 'mse' : 'balancedAccuracy';
  const { axis, exact: format } = MEASURES[measure];
  const words = solverWords(task);
  const [{ scores, splits, gdSeconds, point }] = full;
  const exact =
    scores.exact[measure] === undefined
      ? ''
      : `, ${format(scores.exact[measure].mean)} by ${words.exact.toLowerCase()}`;
  const places = axes.flatMap(({ name }, k) => (changesFull(name) ? [pointWords(name, point[k])] : []));
  const which = places.length > 0 ? ` at ${places.join(' and ')}` : '';
  return (
    `Full training${which} over ${formatPlural(splits, 'split')}: ${axis} ` +
    `${scores.gd[measure] === undefined ? '–' : format(scores.gd[measure].mean)} by ${words.gd.toLowerCase()} in ` +
    `${formatSeconds(gdSeconds.mean)}${exact}.`
  );
}

function Exports() {
  const { dataset, sweep } = useLabParts((lab) => ({ dataset: lab.dataset.value, sweep: lab.sweep }));
  const { ran, full, runs } = sweep;
  const nothing = dataset === null || ran === null || full.length + runs.length === 0;
  const save = (kind: 'csv' | 'json'): void => {
    if (dataset === null || ran === null) return;
    const { id, name, rows } = dataset;
    const record: SweepRecord = { dataset: { id, name, rows }, ...ran, full, runs };
    const file = `${fileStem(name)}-sweep.${kind}`;
    if (kind === 'csv') download(file, sweepCsv(record), 'text/csv');
    else download(file, sweepJson(record, __APP_VERSION__), 'application/json');
  };
  return (
    <>
      <Button icon={<DownloadIcon />} isDisabled={nothing} onPress={() => save('csv')}>
        CSV
      </Button>
      <Button icon={<DownloadIcon />} isDisabled={nothing} onPress={() => save('json')}>
        JSON
      </Button>
    </>
  );
}
