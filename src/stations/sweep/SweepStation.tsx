import { useMemo, useState } from 'react';
import { errorRatio, type SweepCell } from '../../contracts/codec.ts';
import type { SweepPlan } from '../../contracts/link.ts';
import { download } from '../../platform/download.ts';
import { Segments } from '../../ui/charts/Segments.tsx';
import { FIGURE_EVERY, useThrottled } from '../../ui/charts/useThrottled.ts';
import {
  Button,
  DownloadIcon,
  ErrorNotice,
  Panel,
  ProgressLine,
  StationLayout,
} from '../../ui/controls/index.ts';
import { formatPlural } from '../../ui/format.ts';
import { Term } from '../../ui/glossary/Term.tsx';
import { AnswerCard } from '../answer/AnswerCard.tsx';
import { fileStem } from '../fileStem.ts';
import type { SweepState } from '../lab/sweep.ts';
import { TargetQuestion } from '../TargetQuestion.tsx';
import { useLab, useLabParts } from '../useLab.ts';
import { SweepStanding } from './SweepStanding.tsx';
import { PictureSweep } from './pictures/PictureSweep.tsx';
import { PlannedPoints } from './table/PlannedPoints.tsx';
import { SweepControls } from './table/SweepControls.tsx';
import { SweepFigures } from './table/SweepFigures.tsx';
import { SweepRun } from './table/SweepRun.tsx';
import { SweepTable } from './table/SweepTable.tsx';
import { sweepCsv, sweepJson, type SweepRecord } from './table/files.ts';
import { measureWords, solverNames } from './table/measures.ts';
import { changesFull, differences } from './table/plan.ts';
import { pointWords } from './table/axes.ts';
import { readingWords, readSweep } from './table/reading.ts';
import { summariseRivals, type Rival } from './table/rivals.ts';
import { summarise, summariseFull, type FullRow, type SweepRow } from './table/summary.ts';
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
  const cancelSweep = useLab((lab) => lab.cancelSweep);
  const hasTarget = useLab((lab) => lab.dataset.value !== null && lab.settings.target !== null);
  const { plan, ran, full, runs, contests } = useThrottled(sweep, FIGURE_EVERY);
  // The plan may have moved on; what is drawn is of the one that ran.
  const drawn = ran?.plan ?? plan;
  const results = useMemo(
    () => ({
      plan: drawn,
      rows: summarise(drawn, full, runs),
      full: summariseFull(drawn, full),
      rivals: summariseRivals(contests),
      task: (full.at(0) ?? runs.at(0))?.cell.task ?? 'regression',
    }),
    [drawn, full, runs, contests],
  );
  const [view, setView] = useState<'charts' | 'table'>('charts');
  const begun = full.length > 0 || runs.length > 0;
  return (
    <StationLayout
      title="Sweep"
      lead={
        <>
          How much data is enough? Train at many <Term name="beta">β</Term>, <Term name="codec">codecs</Term>{' '}
          or rates over several splits and see where the <Term name="condensedSample">condensed samples</Term>{' '}
          come as close to full training as you need.
        </>
      }
      controls={CONTROLS}
      last={RUN}
      foldOnPhone
    >
      <TargetQuestion />
      {sweep.error !== null && sweep.error.code !== 'CANCELLED' && <ErrorNotice error={sweep.error} />}
      {begun && <Standing sweep={sweep} />}
      {sweep.status === 'running' && (
        <ProgressLine progress={sweep.progress} label="Sweeping" onCancel={cancelSweep} />
      )}
      <header className="sweep-head">
        <Headline results={results} isRunning={sweep.status === 'running'} />
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
          <PlannedPoints />
        </Panel>
      ) : view === 'charts' ? (
        <SweepFigures key={drawn.axes.map(({ name }) => name).join()} results={results} stale={sweep.stale} />
      ) : (
        <Panel
          name="sweep-table"
          title="Every number of the sweep"
          caption="mean ± standard deviation over the splits; ÷ full: divided by that of full training on the same split"
          stale={sweep.stale}
        >
          <SweepTable plan={drawn} rows={results.rows} task={results.task} />
        </Panel>
      )}
      {hasTarget && <AnswerCard />}
    </StationLayout>
  );
}

function Standing({ sweep: { status, ran, stale } }: { sweep: SweepState }) {
  const settings = useLab((lab) => lab.settings);
  const changed = ran === null || !stale ? '' : differenceWords(differences(ran, settings));
  return <SweepStanding status={status} changed={changed} noun="runs" verb="Run" />;
}

interface Results {
  plan: SweepPlan;
  rows: readonly SweepRow[];
  full: readonly FullRow[];
  rivals: readonly Rival[];
  task: SweepCell['task'];
}

/** What the sweep says, then what it is measured against. */
function Headline({ results, isRunning }: { results: Results; isRunning: boolean }) {
  const { plan, rows, full } = results;
  if (rows.length === 0 && full.length === 0) {
    return (
      <p>
        {isRunning
          ? 'The first points are being solved.'
          : 'No runs yet. Choose what to sweep over and run it.'}
      </p>
    );
  }
  if (full.length === 0) return <p>Full training is still running; what is measured against it follows.</p>;
  const reading = readSweep(plan, rows);
  return (
    <p>
      {reading !== null && (
        <>
          <b className="sweep-reading">
            {isRunning && 'So far: '}
            {readingWords(reading)}.
          </b>{' '}
        </>
      )}
      {fullWords(results)}
    </p>
  );
}

/** "Full training over 3 splits: test RMSE 0.728 by closed form, 0.742 by gradient descent." */
function fullWords({ plan: { axes }, full, task }: Results): string {
  const measure = task === 'regression' ? 'rmse' : 'logLoss';
  const { axis, exact: format } = measureWords(measure, task);
  const names = solverNames(task);
  const [{ scores, splits, point, floor }] = full;
  const judged = task === 'regression' ? 'mse' : 'logLoss';
  const guess = floor[judged]?.mean ?? NaN;
  const isExact = errorRatio(guess, scores.exact[judged]?.mean ?? NaN, guess) === Infinity;
  const by = (['exact', 'gd'] as const).flatMap((solver) => {
    const error = scores[solver][measure];
    return error === undefined ? [] : [`${format(error.mean)} by ${names[solver]}`];
  });
  const places = axes.flatMap(({ name }, k) => (changesFull(name) ? [pointWords(name, point[k])] : []));
  const which = places.length > 0 ? ` at ${places.join(' and ')}` : '';
  const of = task === 'regression' ? 'mean squared error' : 'log loss';
  return (
    `Full training${which} over ${formatPlural(splits, 'split')}: ${axis} ${by.join(', ') || '–'}. ` +
    (isExact ? 'Full is exact: no ratio to it says anything.' : `Ratios are of the ${of}.`)
  );
}

function Exports() {
  const { dataset, sweep } = useLabParts((lab) => ({ dataset: lab.dataset.value, sweep: lab.sweep }));
  const { ran, full, runs, contests } = sweep;
  const nothing = dataset === null || ran === null || full.length + runs.length === 0;
  const save = (kind: 'csv' | 'json'): void => {
    if (dataset === null || ran === null) return;
    const { id, name, rows } = dataset;
    const record: SweepRecord = { dataset: { id, name, rows }, ...ran, full, runs, contests };
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
