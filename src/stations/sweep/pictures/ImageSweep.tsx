import { useMemo, useState, type ReactNode } from 'react';
import { download } from '../../../platform/download.ts';
import { Segments } from '../../../ui/charts/Segments.tsx';
import { FIGURE_EVERY, useThrottled } from '../../../ui/charts/useThrottled.ts';
import { Button, DownloadIcon, ErrorNotice, Panel, StationLayout } from '../../../ui/controls/index.ts';
import { formatPlural } from '../../../ui/format.ts';
import { FigurePanel } from '../../FigurePanel.tsx';
import { fileStem } from '../../fileStem.ts';
import type { ImageSweepState } from '../../lab/sweep.ts';
import { useLab, useLabParts } from '../../useLab.ts';
import { SweepStanding } from '../SweepStanding.tsx';
import '../sweep.css';
import { storageFigure, variesInTau, type Across } from './figure.ts';
import { imageSweepCsv, imageSweepJson, type ImageSweepRecord } from './files.ts';
import { ImageSweepControls } from './ImageSweepControls.tsx';
import { ImageSweepRun } from './ImageSweepRun.tsx';
import { ImageSweepTable } from './ImageSweepTable.tsx';
import { changedWords, headline } from './words.ts';

const CONTROLS = <ImageSweepControls />;
const RUN = <ImageSweepRun />;

const ACROSS: readonly { value: Across; label: string }[] = [
  { value: 'tau', label: 'τ' },
  { value: 'encode', label: 'Encoding time' },
  { value: 'decode', label: 'Decoding time' },
];

/**
 * Transforms, representations, τ and tables against each other: what each stores, loses and takes.
 *
 * @param props.choice between this sweep and the other one
 */
export function ImageSweep({ choice }: { choice?: ReactNode }) {
  const sweep = useLab((lab) => lab.images.sweep);
  const { cells, status } = useThrottled(sweep, FIGURE_EVERY);
  return (
    <StationLayout
      title="Sweep"
      lead={
        <>
          Which way of encoding suits these pictures? Compare transforms, ways of writing signed values,
          thresholds and tables by what they store, what they lose and what they take.
        </>
      }
      first={choice}
      controls={CONTROLS}
      last={RUN}
      foldOnPhone
    >
      {sweep.error !== null && sweep.error.code !== 'CANCELLED' && <ErrorNotice error={sweep.error} />}
      <Standing sweep={sweep} />
      <header className="sweep-head">
        <p>{headline(cells)}</p>
        <div className="sweep-actions">
          <Exports />
        </div>
      </header>
      {cells.length === 0 ? (
        <Panel title="Storage" caption="of every combination, as a share of the raw pixels">
          <p className="sweep-nothing">
            {status === 'running'
              ? 'Points appear as they are measured.'
              : 'Storage, loss and time appear here, point by point, while the sweep runs.'}
          </p>
        </Panel>
      ) : (
        <Results cells={cells} stale={sweep.stale} />
      )}
    </StationLayout>
  );
}

function Results({ cells, stale }: { cells: ImageSweepState['cells']; stale: boolean }) {
  const [wanted, setAcross] = useState<Across | null>(null);
  const across = wanted ?? (variesInTau(cells) ? 'tau' : 'encode');
  const figure = useMemo(() => storageFigure(cells, across), [cells, across]);
  const actions = useMemo(
    () => <Segments label="Storage against" value={across} options={ACROSS} onChange={setAcross} />,
    [across],
  );
  const records = cells[0].records;
  return (
    <>
      <FigurePanel
        name="sweep-storage"
        title="Storage"
        caption={`true size, % of the raw pixels of ${formatPlural(records, 'training picture')}`}
        actions={actions}
        stale={stale}
        figure={figure}
      />
      <Panel
        name="sweep-table"
        title="Every point"
        caption="storage with every header, label and index; MB are 10⁶ bytes of pixels"
        stale={stale}
      >
        <ImageSweepTable cells={cells} />
      </Panel>
    </>
  );
}

function Standing({ sweep: { status, ran, stale } }: { sweep: ImageSweepState }) {
  const settings = useLab((lab) => lab.images.settings);
  const changed = ran === null || !stale ? '' : changedWords(ran.settings, settings);
  return <SweepStanding status={status} changed={changed} noun="points" verb="Measure" />;
}

function Exports() {
  const { dataset, sweep } = useLabParts((lab) => ({
    dataset: lab.images.dataset.value,
    sweep: lab.images.sweep,
  }));
  const { ran, cells } = sweep;
  const save = (kind: 'csv' | 'json'): void => {
    if (dataset === null || ran === null) return;
    const record: ImageSweepRecord = { dataset, ...ran, cells };
    const file = `${fileStem(dataset.name)}-sweep.${kind}`;
    if (kind === 'csv') download(file, imageSweepCsv(record), 'text/csv');
    else download(file, imageSweepJson(record, __APP_VERSION__), 'application/json');
  };
  const isEmpty = dataset === null || ran === null || cells.length === 0;
  return (
    <>
      <Button icon={<DownloadIcon />} isDisabled={isEmpty} onPress={() => save('csv')}>
        CSV
      </Button>
      <Button icon={<DownloadIcon />} isDisabled={isEmpty} onPress={() => save('json')}>
        JSON
      </Button>
    </>
  );
}
