import { useMemo, useState } from 'react';
import { download } from '../../platform/download.ts';
import { Segments } from '../../ui/charts/Segments.tsx';
import { useThrottled } from '../../ui/charts/useThrottled.ts';
import { Button, DownloadIcon, ErrorNotice, Notice, Panel, StationLayout } from '../../ui/controls/index.ts';
import { formatPlural, formatSeconds, formatValue } from '../../ui/format.ts';
import { useLab, useLabParts } from '../useLab.ts';
import { SweepControls, SweepRun } from './SweepControls.tsx';
import { SweepFigures } from './SweepFigures.tsx';
import { SweepTable } from './SweepTable.tsx';
import { summarise, summariseFull, sweepCsv, sweepJson, type SweepRecord } from './summary.ts';
import './sweep.css';

const VIEWS = [
  { value: 'charts', label: 'Charts' },
  { value: 'table', label: 'Table' },
] as const;

/** Four pictures a second while runs come in. */
const PICTURE_EVERY = 250;

export function SweepStation() {
  const sweep = useLab((lab) => lab.sweep);
  const { full, points } = useThrottled(sweep, PICTURE_EVERY);
  const rows = useMemo(() => summarise(full, points), [full, points]);
  const reference = useMemo(() => summariseFull(full), [full]);
  const [view, setView] = useState<'charts' | 'table'>('charts');
  const begun = full.length > 0 || rows.length > 0;
  return (
    <StationLayout
      title="Sweep"
      lead={
        <>
          How much data is enough? Train at many β over several splits and see where the{' '}
          <span className="role-analytics">condensed samples</span> come as close to full training as you
          need.
        </>
      }
      controls={<SweepControls />}
      last={<SweepRun />}
      foldOnPhone
    >
      {sweep.error !== null && sweep.error.code !== 'CANCELLED' && <ErrorNotice error={sweep.error} />}
      {sweep.stale && begun && (
        <Notice tone="warning">
          <p>Out of date: the settings have changed since this sweep ran. Run it again to follow them.</p>
        </Notice>
      )}
      {sweep.status === 'cancelled' && begun && (
        <Notice>
          <p>Cancelled: the runs that had finished are kept below.</p>
        </Notice>
      )}
      <header className="sweep-head">
        <p>{headline(full.length, rows.length, reference)}</p>
        <div className="sweep-actions">
          <Segments label="View" value={view} options={VIEWS} onChange={setView} />
          <Exports />
        </div>
      </header>
      {!begun ? (
        <Panel title="Error" caption="test MSE ÷ full training of the same split">
          <p className="sweep-nothing">
            {sweep.status === 'running'
              ? 'Points appear as the runs finish.'
              : 'Error, storage and time against β appear here, point by point, while the sweep runs.'}
          </p>
        </Panel>
      ) : view === 'charts' ? (
        <SweepFigures
          rows={rows}
          fullSeconds={reference.gdSeconds}
          splits={Math.max(full.length, 1)}
          stale={sweep.stale}
        />
      ) : (
        <Panel
          title="Every number of the sweep"
          caption="mean ± standard deviation over the splits; GD is gradient descent, × full is the test MSE divided by that of full training"
          stale={sweep.stale}
        >
          <SweepTable rows={rows} />
        </Panel>
      )}
    </StationLayout>
  );
}

function headline(
  splits: number,
  betas: number,
  { gdMse, closedFormMse, gdSeconds }: ReturnType<typeof summariseFull>,
): string {
  if (gdMse === null || closedFormMse === null || gdSeconds === null) {
    return betas === 0
      ? 'No runs yet. Choose values of β and run the sweep.'
      : 'Full training of the splits is still running; the ratios follow it.';
  }
  return (
    `Full training over ${formatPlural(splits, 'split')}: test MSE ${formatValue(gdMse.mean)} by gradient descent in ` +
    `${formatSeconds(gdSeconds.mean)}, ${formatValue(closedFormMse.mean)} in closed form.`
  );
}

function Exports() {
  const { dataset, settings, full, points } = useLabParts((lab) => ({
    dataset: lab.dataset.value,
    settings: lab.sweep.settings ?? lab.settings,
    full: lab.sweep.full,
    points: lab.sweep.points,
  }));
  const nothing = dataset === null || full.length + points.length === 0;
  const save = (kind: 'csv' | 'json'): void => {
    if (dataset === null) return;
    const { id, name, rows } = dataset;
    const record: SweepRecord = { dataset: { id, name, rows }, settings, full, points };
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

/** A file name that every system takes. */
function fileStem(name: string): string {
  const stem = name
    .replace(/\.[a-z0-9]{1,5}$/i, '')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
  return stem === '' ? 'dataset' : stem.toLowerCase();
}
